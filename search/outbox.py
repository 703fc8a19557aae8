"""How a change is noted for the index: in the change's own transaction, coalesced, sent after the commit."""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils import timezone

from search import drain
from search.models import OutboxEntry

_BATCH = 500


def mark(kind: str, object_ids: Iterable, *, deleted: bool = False, using: str | None = None) -> None:
    """Note that objects changed; a rolled back transaction takes the note back with the change."""
    ids = [str(pk) for pk in object_ids]
    if not ids:
        return
    alias = using or DEFAULT_DB_ALIAS
    with transaction.atomic(using=alias):
        for start in range(0, len(ids), _BATCH):
            _mark_batch(alias, kind, ids[start : start + _BATCH], deleted)
    # Robust, because the change is committed by then: whatever fails from here on must not reach the writer.
    transaction.on_commit(_drain_after_commit, using=alias, robust=True)


def changes_of(kind: str) -> int:
    """Count all changes of a kind so far; it grows with every commit, also where two of them overlap."""
    return OutboxEntry.objects.filter(kind=kind).aggregate(changes=models.Sum("version"))["changes"] or 0


def _mark_batch(alias: str, kind: str, ids: list[str], deleted: bool) -> None:
    """Insert first and count up afterwards: whoever loses the race for the insert still counts up its version."""
    now = timezone.now()
    rows = OutboxEntry.objects.using(alias)
    rows.bulk_create([OutboxEntry(kind=kind, object_id=pk, since=now) for pk in ids], ignore_conflicts=True)
    marked = rows.filter(kind=kind, object_id__in=ids)
    marked.filter(version__lte=models.F("done_version")).update(since=now)
    marked.update(version=models.F("version") + 1, deleted=deleted, attempts=0, next_attempt=None, last_error="")


def _drain_after_commit() -> None:
    drain.drain_quietly()
