"""What the directory holds about persons: being named as a contact, an entry as an expert, questions to experts."""

from django.utils.translation import gettext_lazy as _

from knowledge.directory.languages import language_name
from knowledge.directory.models import Contact, Expert, ExpertRequest
from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, register_kinds
from portal.accounts.own_data.sight import own_addresses
from portal.shared.visibility import audience_name


def _contacts(person: User):
    """Being named at an address that the person has proved to be theirs."""
    rows = Contact.objects.filter(email__in=own_addresses(person)).select_related("organisation")
    for contact in rows.prefetch_related("consents").order_by("pk"):
        consents = list(contact.consents.all())
        yield {
            "organisation": contact.organisation.name,
            "name": contact.name,
            "function": contact.function,
            "email": contact.email,
            "phone": contact.phone,
            "named_on": contact.created_at,
            "asked_on": contact.asked_at,
            "agreed_on": [consent.given_at for consent in consents],
            "until": next((consent.expires_at for consent in consents if consent.withdrawn_at is None), None),
        }


def _entries(person: User):
    experts = Expert.objects.filter(person=person).select_related("municipality")
    for expert in experts.prefetch_related("consents", "fields_of_action"):
        consents = list(expert.consents.all())
        yield {
            "headline": expert.headline,
            "competences": expert.competences,
            "fields_of_action": [field.name for field in expert.fields_of_action.all()],
            "languages": [language_name(tag) for tag in expert.languages],
            "municipality": str(expert.municipality or ""),
            "conditions": expert.conditions,
            "audience": audience_name(expert.audience),
            "hidden": expert.is_hidden,
            "agreed_on": [consent.given_at for consent in consents],
            "withdrawn_on": [consent.withdrawn_at for consent in consents if consent.withdrawn_at],
            "until": next((consent.expires_at for consent in consents if consent.withdrawn_at is None), None),
        }


def _asked(person: User):
    """One's own questions; the answers are others' words."""
    for request in ExpertRequest.objects.asked_by(person).order_by("pk"):
        yield {
            "occasion": request.occasion,
            "text": request.text,
            "consideration": request.consideration,
            "asked_on": request.asked_at,
            "answered_on": request.answered_at,
            "accepted": request.is_accepted,
        }


def _answered(person: User):
    """One's own answers; the questions are others' words."""
    for request in ExpertRequest.objects.received_by(person).exclude(answered_at=None).order_by("pk"):
        yield {
            "answer": request.answer,
            "accepted": request.is_accepted,
            "told": request.revealed,
            "answered_on": request.answered_at,
        }


_UNTIL_DELETED = _("Until you delete the entry or the account is deleted.")


def register() -> None:
    """Let people take along and have forgotten what the directory holds about them."""
    register_kinds(
        DataKind(
            code="directory_contacts",
            title=_("Organisations that name you as a contact person"),
            purpose=_("So that others can reach the organisation; shown is only what you agreed to."),
            retention=_("Until you take the consent back by the link in our mails, or it has run out."),
            columns={
                "organisation": _("Organisation"), "name": _("Name"), "function": _("Function"),
                "email": _("E-mail address"), "phone": _("Telephone"), "named_on": _("Named on"),
                "asked_on": _("Mail sent on"), "agreed_on": _("Agreed on"), "until": _("Until"),
            },
            records=_contacts,
            fields=frozenset({"directory.contact.email"}),
        ),
        DataKind(
            code="expert_entry",
            title=_("Your entry as an expert"),
            purpose=_("So that others can ask you by way of the portal."),
            retention=_UNTIL_DELETED,
            columns={
                "headline": _("What for"), "competences": _("What you can do"),
                "fields_of_action": _("Fields of action"), "languages": _("Languages"),
                "municipality": _("Municipality"), "conditions": _("Conditions"),
                "audience": _("Who may find you"), "hidden": _("Not findable for now"),
                "agreed_on": _("Agreed on"), "withdrawn_on": _("Withdrawn on"), "until": _("Until"),
            },
            records=_entries,
            forget=lambda person: Expert.objects.filter(person=person).delete(),
            fields=frozenset({"directory.expert.person"}),
        ),
        DataKind(
            code="expert_questions",
            title=_("Your questions to experts"),
            purpose=_("So that the expert can answer you by way of the portal."),
            retention=_("Until the expert deletes the entry or your account is deleted."),
            columns={
                "occasion": _("Occasion"), "text": _("Your question"), "consideration": _("Consideration"),
                "asked_on": _("Sent on"), "answered_on": _("Answered on"), "accepted": _("Accepted"),
            },
            records=_asked,
            forget=lambda person: ExpertRequest.objects.asked_by(person).delete(),
            fields=frozenset({"directory.expertrequest.asked_by"}),
        ),
        DataKind(
            code="expert_answers",
            title=_("Your answers as an expert"),
            purpose=_("So that the one who asked can read the answer."),
            retention=_UNTIL_DELETED,
            columns={
                "answer": _("Answer"), "accepted": _("Accepted"), "told": _("Told about you"),
                "answered_on": _("Answered on"),
            },
            records=_answered,
        ),
    )  # fmt: skip
