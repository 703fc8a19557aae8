"""What happens to the log: an entry is added, and old entries go after their time."""

import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.audit.chain import Link, plain, plain_text
from portal.audit.models import NAME_LENGTH, AuditEntry, ChainHead
from portal.audit.registry import action_kind

PRUNED = "audit.pruned"


def record(
    *,
    action: str,
    by: Model | None,
    about: Model | None,
    before: dict | None = None,
    after: dict | None = None,
    reason: str = "",
) -> AuditEntry:
    """Log what `by` (nobody: the portal itself, or somebody unknown) did to `about`, with what it was before and after.

    The entry belongs to the caller's transaction: both stay or neither does. Writers queue at the chain's end until
    that transaction is over, so whoever logs does it last and does nothing slow afterwards.
    """
    kind = action_kind(action)
    # Without a savepoint: an act whose entry fails must not be saved by catching the error.
    with transaction.atomic(savepoint=False):
        head = ChainHead.locked()
        entry = AuditEntry(
            number=head.number + 1,
            at=timezone.now(),
            actor_id=by.pk if by is not None else None,
            actor_name=_name(by),
            action=kind.code,
            object_kind=about._meta.label_lower if about is not None else "",
            object_id=str(about.pk) if about is not None else "",
            object_name=_name(about),
            before=plain(before),
            after=plain(after),
            reason=plain_text(reason),
            previous=head.digest,
        )
        entry.seal()
        entry.save()
        head.move_to(entry)
    return entry


def _name(thing: Model | None) -> str:
    return plain_text(thing)[:NAME_LENGTH] if thing is not None and thing.pk is not None else ""


def prune(*, keep_days: int, at: datetime.datetime) -> int:
    """Remove entries older than `keep_days`; an entry about it keeps the digest to which the rest is joined."""
    with transaction.atomic():
        ChainHead.locked()
        through = _last_to_go(at - datetime.timedelta(days=keep_days))
        if through is None:
            return 0
        removed = AuditEntry.objects.let_go_through(through.number)
        after = {
            "removed": removed,
            "through_number": through.number,
            "through_digest": through.digest,
            "kept_days": keep_days,
        }
        record(action=PRUNED, by=None, about=None, after=after)
    return removed


def _last_to_go(cutoff: datetime.datetime) -> AuditEntry | None:
    """Return the last entry before the first that must stay; a clock that once went back keeps entries longer."""
    first_kept = AuditEntry.objects.since(cutoff).order_by("number").first()
    old = AuditEntry.objects.before(cutoff)
    if first_kept is not None:
        old = old.filter(number__lt=first_kept.number)
    return old.order_by("-number").first()


def anchor() -> Link:
    """Return the link to which the oldest kept entry is joined, as the newest entry about a removal says."""
    pruned = AuditEntry.objects.filter(action=PRUNED).order_by("-number").first()
    return Link(pruned.after["through_number"], pruned.after["through_digest"]) if pruned else Link()
