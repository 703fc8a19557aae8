"""What may be shown of the contact persons of organisations: the one way by which their details leave the portal."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.directory.models import Consent, Contact, Organisation
from knowledge.directory.models.people import CONTACT_FIELDS


@dataclass(frozen=True, slots=True)
class ShownContact:
    """A contact person as readers may see them; empty is what they did not agree to, the name included."""

    name: str
    function: str
    email: str
    phone: str
    expires_at: datetime.datetime


def shown_contacts(organisations: Iterable[Organisation], user) -> dict[int, list[ShownContact]]:
    """Return the contacts of each organisation that `user` may see, with the fields they agreed to; one query."""
    shown: dict[int, list[ShownContact]] = {organisation.pk: [] for organisation in organisations}
    allowed = Contact.objects.visible_to(user).filter(organisation__in=shown)
    consents = Consent.objects.live().filter(contact__in=allowed.values("pk")).select_related("contact")
    for consent in consents.order_by("contact_id"):
        if contact := _shown(consent):
            shown[consent.contact.organisation_id].append(contact)
    return shown


def _shown(consent: Consent) -> ShownContact | None:
    """Reduce a contact to the agreed fields; nothing is left of one whose agreed fields are all empty."""
    values = {name: getattr(consent.contact, name) if name in consent.fields else "" for name in CONTACT_FIELDS}
    if not any(values.values()):
        return None
    return ShownContact(**values, expires_at=consent.expires_at)
