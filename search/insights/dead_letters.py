"""Changes that the index refused for good: why, what they are about, and how they get another chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record
from search import outbox
from search.insights.naming import RecordName, names_of
from search.insights.rules import may_read_insights
from search.models import OutboxEntry


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A change that was given up, as the page shows it."""

    entry: OutboxEntry
    name: RecordName


def dead_letters(entries: Sequence[OutboxEntry], person: User) -> list[DeadLetter]:
    """Name what the changes are about; one question per kind."""
    names = names_of(((entry.kind, entry.object_id) for entry in entries), person)
    return [DeadLetter(entry, names[entry.kind, entry.object_id]) for entry in entries]


@transaction.atomic
def retry(*, by: User, entry: OutboxEntry | None = None) -> int:
    """Give one change, or all that were given up, another chance after the commit; return how many."""
    ask_anew(by)
    if not may_read_insights(by):
        raise PermissionDenied
    rows = OutboxEntry.objects.given_up().order_by("kind", "pk")
    found = list(rows.filter(pk=entry.pk) if entry else rows)
    for kind, deleted in dict.fromkeys((row.kind, row.deleted) for row in found):
        ids = [row.object_id for row in found if (row.kind, row.deleted) == (kind, deleted)]
        # Marked like any other change: a new version starts its attempts anew, in every engine.
        outbox.mark(kind, ids, deleted=deleted)
    if found:
        about = found[0] if entry else None
        record(action="index.retried", by=by, about=about, after={"retried": len(found)})
    return len(found)
