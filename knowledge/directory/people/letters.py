"""What the mails to people who are or shall be named say; each carries the one link with which they take it back."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.directory.models import Consent, Contact, ExpertRequest
from knowledge.directory.people.links import Person, link_of
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter

#: What an expert may tell of themselves with an answer.
REVEALABLE = ("name", "email")


def asking_letter(contact: Contact) -> Letter:
    """Return the letter that asks somebody whether they want to be named; it names nobody itself."""
    names = {"organisation": contact.organisation.name, "portal": settings.PORTAL_NAME}
    return Letter(
        to=contact.email,
        subject=_("May %(organisation)s name you as a contact person?") % names,
        paragraphs=(
            _("You get this mail because %(organisation)s wants to name you on the %(portal)s as a contact person.")
            % names,
            _("Nothing is shown before you agree. You choose which details are shown, or say no; both take a minute."),
        ),
        link_label=_("Look at it and decide"),
        link=link_of(contact),
        closing=(
            _("You do not answer? Then nothing is shown, and your details are deleted after a while."),
            _("Keep this mail: with the same link you can take your consent back at any time."),
        ),
    )


def agreed_letter(consent: Consent) -> Letter:
    """Return the letter that confirms a consent, with the link by which it is taken back."""
    person = consent.contact or consent.expert
    values = {"portal": settings.PORTAL_NAME, "day": _day(consent.expires_at)}
    return Letter(
        to=address_of(person),
        subject=_("Your consent on the %(portal)s") % values,
        paragraphs=(
            _("You get this mail because you agreed to be named on the %(portal)s, in these words:") % values
            if consent.contact_id
            else _("You get this mail because you agreed to be found as an expert on the %(portal)s, in these words:")
            % values,
        ),
        quotation=consent.wording,
        link_label=_("See, change or take back the consent"),
        link=link_of(person),
        closing=(_("The consent holds until %(day)s. We remind you before it runs out.") % values,),
    )


def reminder_letter(consent: Consent) -> Letter:
    """Return the letter that a consent runs out, with the link by which it is renewed or taken back."""
    person = consent.contact or consent.expert
    values = {"portal": settings.PORTAL_NAME, "day": _day(consent.expires_at)}
    if consent.contact_id:
        values["organisation"] = consent.contact.organisation.name
        why = _("You get this mail because you are named on the %(portal)s as a contact person of %(organisation)s.")
    else:
        why = _("You get this mail because you can be found on the %(portal)s as an expert.")
    return Letter(
        to=address_of(person),
        subject=_("Your consent runs out on %(day)s") % values,
        paragraphs=(
            why % values,
            _("Your consent holds until %(day)s. If you want to stay visible, renew it by this link.") % values,
        ),
        link_label=_("Renew or take back the consent"),
        link=link_of(person),
        closing=(_("You do nothing? Then your details are no longer shown from that day on."),),
    )


def question_letter(request: ExpertRequest) -> Letter:
    """Return the letter that brings a question to an expert; the address of who asks stays in the portal."""
    values = {"person": str(request.asked_by), "occasion": request.occasion, "given": request.consideration}
    place = request.asked_by.municipality
    return Letter(
        to=request.expert.person.email,
        subject=_("Question to you as an expert: %(occasion)s") % values,
        paragraphs=(
            _(
                "You get this mail because you can be found as an expert. Who asks learns neither your name nor "
                "your address."
            ),
            _("Asked by: %(person)s") % values + (f" ({place})" if place else ""),
            _("Occasion: %(occasion)s") % values,
            _("Consideration: %(given)s") % values,
        ),
        quotation=request.text,
        link_label=_("Answer or decline"),
        link=own_address(reverse("own_expert:request", args=[request.pk])),
        closing=(
            _("You may decline without giving a reason."),
            _("You no longer want to be found? Take your consent back here: %(link)s")
            % {"link": link_of(request.expert)},
        ),
    )


def answer_letter(request: ExpertRequest) -> Letter:
    """Return the letter that brings the answer back; it tells of the expert what they chose to tell, and no more."""
    values = {"occasion": request.occasion}
    if request.is_accepted:
        said = _("The expert accepts your request.")
    else:
        said = _("The expert declines. Nobody has to give a reason for that.")
    return Letter(
        to=request.asked_by.email,
        subject=_("Answer to your question: %(occasion)s") % values,
        paragraphs=(
            _("You get this mail because you asked an expert by way of the portal: %(occasion)s") % values,
            said,
            *(f"{label}: {value}" for label, value in revealed(request)),
        ),
        quotation=request.answer,
        link_label=_("To your question"),
        link=own_address(reverse("experts:request", args=[request.pk])),
    )


def revealed(request: ExpertRequest) -> list[tuple[str, str]]:
    """Return what the expert chose to tell the one who asked, as label and value."""
    person = request.expert.person
    values = {"name": (_("Name"), str(person)), "email": (_("E-mail address"), person.email)}
    return [values[field] for field in REVEALABLE if field in request.revealed]


def address_of(person: Person) -> str:
    """Return where mails to a contact person or an expert go."""
    return person.email if isinstance(person, Contact) else person.person.email


def _day(moment) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
