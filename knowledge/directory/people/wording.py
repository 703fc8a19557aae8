"""The exact words that people agree to, kept with every consent; they name no person."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knowledge.directory.models import Contact, Expert
from knowledge.directory.models.people import CONSENT_MONTHS, CONTACT_FIELDS

#: What an expert agrees to have shown; what they left empty is not.
EXPERT_FIELDS = ("headline", "competences", "fields_of_action", "languages", "municipality", "conditions")
FIELD_LABELS = {
    "name": gettext_lazy("Name"),
    "function": gettext_lazy("Function"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"),
}


def wording_for(person: Contact | Expert) -> str:
    """Return what the person is asked to agree to, in the words that are shown and kept."""
    own = _contact_words(person) if isinstance(person, Contact) else _expert_words()
    months = ngettext(
        "The consent holds for %(months)d month.", "The consent holds for %(months)d months.", CONSENT_MONTHS
    ) % {"months": CONSENT_MONTHS}
    freedom = _(
        "It is voluntary. I can take it back at any time, without giving a reason and without any disadvantage, by the "
        "link in every mail of the portal. What was lawful until then stays lawful."
    )
    return "\n\n".join((*own, f"{months} {freedom}"))


def offered_fields(contact: Contact) -> list[tuple[str, str, str]]:
    """Return the details that a contact person can agree to, as field, label and value; empty ones are left out."""
    values = ((name, getattr(contact, name)) for name in CONTACT_FIELDS)
    return [(name, str(FIELD_LABELS[name]), value) for name, value in values if value]


def field_names(fields: Iterable[str]) -> list[str]:
    """Return how agreed fields of a contact person are called."""
    return [str(FIELD_LABELS[name]) for name in CONTACT_FIELDS if name in fields]


def seen_mark(person: Contact | Expert) -> str:
    """Return a mark of words and details as shown, so that nobody agrees to what changed after they read it."""
    details = offered_fields(person) if isinstance(person, Contact) else []
    return salted_hmac("directory.people.seen", repr((wording_for(person), details))).hexdigest()[:16]


def _contact_words(contact: Contact) -> tuple[str, ...]:
    values = {"portal": settings.PORTAL_NAME, "organisation": contact.organisation.name}
    return (
        _(
            "I agree that the %(portal)s publishes the details that I choose in the directory entry of "
            "“%(organisation)s”, "
            "so that people can reach me there as a contact person. Everybody on the internet can read them there and "
            "take them over from the portal's interfaces and business cards (vCard)."
        )
        % values,
    )


def _expert_words() -> tuple[str, ...]:
    return (
        _(
            "I agree that the %(portal)s shows what I have written in my entry – what for, what I can do, fields of "
            "action, languages, municipality and conditions – to the signed-in people whom I have chosen, in the "
            "register of experts and in the search, so that they can ask me by way of the portal."
        )
        % {"portal": settings.PORTAL_NAME},
        _("My name and my address are not shown. Only I decide, request by request, whether somebody learns them."),
    )
