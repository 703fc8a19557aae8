"""What members do with their own entry in the register of experts: write it, hide it, delete it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.models import Consent, Expert
from knowledge.directory.rules import may_ask_partners
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record

#: What is a relation, and so is written apart.
_FIELDS_OF_ACTION = "fields_of_action"


def entry_of(person) -> Expert | None:
    """Return the person's own entry, shown or not."""
    return Expert.objects.filter(person=person).first() if person.is_authenticated else None


def live_consent(expert: Expert | None) -> Consent | None:
    """Return the consent under which the entry can be shown; nothing without one."""
    return expert.consents.live().first() if expert is not None else None


@transaction.atomic
def save_entry(*, by: User, values: Mapping[str, Any]) -> Expert:
    """Write a part of one's own entry, begun with the first; nobody sees it before one has agreed."""
    _check(by)
    # Whoever sends the first step twice waits here, so that it stays one entry.
    User.objects.select_for_update().get(pk=by.pk)
    expert = entry_of(by) or Expert(person=by)
    for name, value in values.items():
        if name != _FIELDS_OF_ACTION:
            setattr(expert, name, value)
    if expert.pk is None:
        expert.save()
    if _FIELDS_OF_ACTION in values:
        expert.fields_of_action.set(values[_FIELDS_OF_ACTION])
    # Saved last, so that the search reads it with everything that belongs to it.
    expert.updated_at = timezone.now()
    expert.save()
    return expert


@transaction.atomic
def hide_entry(*, by: User, is_hidden: bool) -> None:
    """Make one's own entry impossible to find for now, or show it again; the consent stays as it is."""
    expert = _own(by)
    expert.is_hidden = is_hidden
    expert.save(update_fields=["is_hidden"])


@transaction.atomic
def delete_entry(*, by: User) -> None:
    """Delete one's own entry with its consents and everything that was asked by way of it."""
    _own(by).delete()
    record(action="expert.removed", by=by, about=None)


def _own(by: User) -> Expert:
    _check(by)
    return Expert.objects.select_for_update().get(person=by)


def _check(by: User) -> None:
    ask_anew(by)
    if not may_ask_partners(by):
        raise PermissionDenied
