"""What goes when somebody is not to be named: their details, and what proposals for the entry still say of them."""

import datetime

from knowledge.directory.enums import ChangeState, ChangeSubject
from knowledge.directory.models import Contact, ProfileChange
from knowledge.directory.models.people import CONTACT_FIELDS
from knowledge.directory.people.links import address_mark


def forget_details(contact: Contact, *, at: datetime.datetime, is_refused: bool) -> None:
    """Remove every detail of a contact person; of one who said no a mark of the address stays, so as not to ask again.

    The row itself stays with what was agreed and taken back, as the proof that Art. 7 (1) GDPR asks for.
    """
    forget_in_changes(contact)
    if is_refused:
        contact.refused_at = at
        contact.address_mark = contact.address_mark or address_mark(contact.email)
    for name in CONTACT_FIELDS:
        setattr(contact, name, "")
    contact.save(update_fields=[*CONTACT_FIELDS, "address_mark", "refused_at"])


def forget_in_changes(contact: Contact) -> None:
    """Empty the proposals that were about the person; an open one is withdrawn, since there is nobody to decide on."""
    details = {value.casefold() for name in CONTACT_FIELDS if (value := getattr(contact, name)) and name != "function"}
    for change in ProfileChange.objects.filter(organisation=contact.organisation, subject=ChangeSubject.CONTACT):
        if not _is_about(change, contact, details):
            continue
        change.before, change.after, change.note = {}, {}, ""
        if any(detail in change.decision_note.casefold() for detail in details):
            change.decision_note = ""
        if change.state == ChangeState.OPEN:
            change.state = ChangeState.WITHDRAWN
        change.save(update_fields=["before", "after", "note", "decision_note", "state"])


def _is_about(change: ProfileChange, contact: Contact, details: set[str]) -> bool:
    if change.target_id is not None and change.target_id == contact.pk:
        return True
    said = {str(value).casefold() for values in (change.before, change.after) for value in values.values()}
    return bool(said & details)
