"""The code lists of the directory: kinds of organisations, mandates, qualifications and offers, and their states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What kind of partner an organisation is."""

    MIGRANT_ORGANISATION = "mso", _("migrant organisation")
    UMBRELLA = "mso-umbrella", _("umbrella organisation of migrant organisations")
    MIGRATION_ADVICE = "mbe", _("migration advice for adults (MBE)")
    YOUTH_MIGRATION = "jmd", _("youth migration service (JMD)")
    REFUGEE_SOCIAL_WORK = "refugee-social-work", _("social work with refugees")
    STATE_PROGRAMME = "state-programme", _("advice under a programme of a Land")
    COURSE_PROVIDER = "course-provider", _("provider of integration courses")
    INTEGRATION_CENTRE = "integration-centre", _("municipal integration centre, RAA")
    FOREIGNERS_AUTHORITY = "foreigners-authority", _("foreigners authority")
    JOB_CENTRE = "job-centre", _("job centre, employment agency, youth employment agency")
    CHAMBER = "chamber", _("chamber, advice on recognition (IQ)")
    SCHOOL = "school", _("school, school authority")
    UNIVERSITY = "university", _("university, research institute")
    FOUNDATION = "foundation", _("foundation")
    WELFARE = "welfare", _("welfare association")
    COUNCIL = "council", _("integration council")
    ANTI_DISCRIMINATION = "anti-discrimination", _("anti-discrimination office")
    COMPANY = "company", _("company")
    OTHER = "other", _("other partner")


#: Organisations of migrants themselves; they alone speak of themselves as a community.
MIGRANT_KINDS = frozenset({OrganisationKind.MIGRANT_ORGANISATION, OrganisationKind.UMBRELLA})
#: Services and authorities, which name a responsibility, its legal basis and its programme instead.
SERVICE_KINDS = frozenset(
    {
        OrganisationKind.MIGRATION_ADVICE,
        OrganisationKind.YOUTH_MIGRATION,
        OrganisationKind.REFUGEE_SOCIAL_WORK,
        OrganisationKind.STATE_PROGRAMME,
        OrganisationKind.COURSE_PROVIDER,
        OrganisationKind.INTEGRATION_CENTRE,
        OrganisationKind.FOREIGNERS_AUTHORITY,
        OrganisationKind.JOB_CENTRE,
        OrganisationKind.CHAMBER,
        OrganisationKind.SCHOOL,
        OrganisationKind.ANTI_DISCRIMINATION,
    }
)


class LegalForm(models.TextChoices):
    """The legal form of an organisation."""

    REGISTERED_ASSOCIATION = "ev", _("registered association (e. V.)")
    ASSOCIATION = "association", _("association without registration")
    NON_PROFIT_COMPANY = "ggmbh", _("non-profit company (gGmbH)")
    INITIATIVE = "initiative", _("initiative without legal form")
    FOUNDATION = "foundation", _("foundation")
    COOPERATIVE = "cooperative", _("cooperative")
    PUBLIC_BODY = "public", _("public body")
    COMPANY = "company", _("company")
    OTHER = "other", _("other legal form")


class EntryState(models.TextChoices):
    """Where an entry stands; dormant ones are shown with a notice, drafts and archived ones are not shown."""

    DRAFT = "draft", _("in preparation")
    LIVE = "live", _("published")
    DORMANT = "dormant", _("dormant")
    ARCHIVED = "archived", _("archived")


#: Entries that readers find.
SHOWN_STATES = frozenset({EntryState.LIVE, EntryState.DORMANT})


class Approach(models.TextChoices):
    """The approaches that the position paper asks for."""

    PREVENTIVE = "preventive", _("preventive")
    POTENTIAL = "potential", _("furthering potential")
    COMPETENCE = "competence", _("oriented towards competences")
    PARTICIPATION = "participation", _("oriented towards participation")


class StaffClass(models.TextChoices):
    """Paid staff in full-time equivalents."""

    NONE = "0", _("none, all work is voluntary")
    BELOW_ONE = "<1", _("less than one full-time post")
    UP_TO_THREE = "1-3", _("one to three full-time posts")
    ABOVE_THREE = ">3", _("more than three full-time posts")


class PeopleClass(models.TextChoices):
    """How many people, in classes: volunteers, members, people reached in a year."""

    UP_TO_TEN = "1-10", _("up to 10")
    UP_TO_FIFTY = "11-50", _("11 to 50")
    UP_TO_HUNDRED = "51-100", _("51 to 100")
    UP_TO_FIVE_HUNDRED = "101-500", _("101 to 500")
    ABOVE = ">500", _("more than 500")


class RegisterKind(models.TextChoices):
    """Registers and recognitions that an organisation can stand in; the Transparenzregister is not among them."""

    ASSOCIATIONS = "vereinsregister", _("register of associations (VR)")
    COMMERCIAL = "handelsregister", _("commercial register (HR)")
    CHARITABLE = "gemeinnuetzigkeit", _("charitable status (§ 60a AO)")
    GRANTS = "zuwendungsempfaenger", _("register of recipients of donations")
    YOUTH_WELFARE = "jugendhilfe", _("recognised body of youth welfare (§ 75 SGB VIII)")
    AZAV = "azav", _("accreditation of employment promotion (AZAV)")
    BAMF = "bamf", _("admission by the Federal Office (BAMF)")


class TransparencyItem(models.TextChoices):
    """The ten points of the Initiative Transparente Zivilgesellschaft (Source: transparente-zivilgesellschaft.de)."""

    NAME = "1", _("name, seat, address and year of foundation")
    STATUTES = "2", _("statutes and aims")
    TAX = "3", _("tax privilege")
    DECISION_MAKERS = "4", _("names and functions of the decision makers")
    ACTIVITY = "5", _("report on activities")
    STAFF = "6", _("structure of staff")
    SOURCES = "7", _("where the money comes from")
    USES = "8", _("what the money is used for")
    TIES = "9", _("ties with third parties")
    DONORS = "10", _("donors of more than ten per cent of the yearly budget")


class MandateKind(models.TextChoices):
    """On what ground an organisation acts."""

    STATUTES = "statutes", _("purpose in its own statutes")
    MEMBERS_VOTE = "members-vote", _("vote of its members, representation")
    MUNICIPAL = "municipal", _("order of a municipality")
    GRANT = "grant", _("grant")
    SERVICE_CONTRACT = "service-contract", _("service contract")
    COOPERATION = "cooperation", _("cooperation agreement")
    ADMISSION = "admission", _("admission as a provider")
    OWN_INITIATIVE = "own-initiative", _("own initiative, without a mandate")


class Assurance(models.TextChoices):
    """What stands behind a statement; it says what was checked, never that somebody is trustworthy."""

    DECLARED = "declared", _("declared by the organisation")
    EVIDENCED = "evidenced", _("document seen")
    CONFIRMED = "confirmed", _("confirmed by the principal")
    DISPUTED = "disputed", _("disputed")


class MandateState(models.TextChoices):
    """Where a mandate stands today: its assurance, or that its time is over."""

    DECLARED = "declared", _("declared by the organisation")
    EVIDENCED = "evidenced", _("document seen")
    CONFIRMED = "confirmed", _("confirmed by the principal")
    DISPUTED = "disputed", _("disputed")
    EXPIRED = "expired", _("run out")


class ServiceKind(models.TextChoices):
    """Kinds of services, of offers and of qualifications alike."""

    INTERPRETING = "interpreting", _("interpreting, language mediation")
    ADVICE = "advice", _("advice")
    EDUCATION = "education", _("guidance through education")
    PARENTS = "parents", _("work with parents")
    ANTI_DISCRIMINATION = "anti-discrimination", _("work against discrimination")
    RESEARCH = "research", _("research, evaluation")
    LANGUAGE = "language", _("language courses")
    RECOGNITION = "recognition", _("recognition of foreign qualifications")
    WORK = "work", _("way into training and work")
    MEETING = "meeting", _("meeting, culture, sport")
    REPRESENTATION = "representation", _("representation of interests")
    TRAINING = "training", _("training for staff")
    OTHER = "other", _("other")


class CostKind(models.TextChoices):
    """What an offer costs those who use it."""

    FREE = "free", _("free of charge")
    PAID = "paid", _("costs money")
    PARTLY = "partly", _("free for some")


class AccessKind(models.TextChoices):
    """Whether an offer is open to people with a residence status."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("not open")
    ON_CONDITION = "on-condition", _("open on a condition")


class Accessibility(models.TextChoices):
    """What makes a place or an offer usable for people with impairments."""

    STEP_FREE = "step-free", _("step-free access")
    TOILET = "toilet", _("accessible toilet")
    SIGN_LANGUAGE = "sign-language", _("German sign language")
    EASY_LANGUAGE = "easy-language", _("easy language")
    HEARING_LOOP = "hearing-loop", _("hearing loop")
    COMPANION = "companion", _("companions welcome")


class Weekday(models.IntegerChoices):
    """Days of the week (ISO 8601)."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class ChangeSubject(models.TextChoices):
    """Sensitive parts of a profile, which change only after an editor has agreed."""

    LEGAL = "legal", _("legal form and registers")
    MANDATE = "mandate", _("mandate")
    QUALIFICATION = "qualification", _("qualification")
    CONTACT = "contact", _("contact person")


class ChangeAct(models.TextChoices):
    """What a proposal does."""

    ADD = "add", _("adds")
    CHANGE = "change", _("changes")
    REMOVE = "remove", _("removes")


class ChangeState(models.TextChoices):
    """Where a proposed change stands."""

    OPEN = "open", _("being examined")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConsentPurpose(models.TextChoices):
    """What a person's details may be used for."""

    CONTACT = "contact", _("named as a contact of an organisation")
    EXPERT = "expert", _("findable as an expert")


class ConfirmationAnswer(models.TextChoices):
    """What an organisation answered when it was asked whether its entry is still true."""

    STILL_TRUE = "still-true", _("still true")
    CHANGED = "changed", _("something has changed")
    #: By the link in the mail, without signing in.
    LEFT = "left", _("take us out")
