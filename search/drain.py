"""How waiting changes reach the index: versions first, then the current state, one drain at a time."""

import datetime
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, models
from django.utils import timezone

from search.engines import get_engine, get_standby
from search.engines.base import Engine, EngineUnavailable, Operation, Outcome, Verdict, Withheld
from search.models import OutboxEntry
from search.querysets import DONE, MOST_ATTEMPTS, STANDBY
from search.registry import Registration, registry

logger = logging.getLogger(__name__)
BATCH = 500
#: How many objects are read and projected at once, and unit: characters, from how much text on they are written.
#: A commit costs the same for few as for many, but hundreds of long documents at once would fill the memory.
_READ_AT_ONCE = 50
_TEXT_AT_ONCE = 20_000_000
#: Beyond that whole kinds are withheld, because a query that names more records is slower than a reader waits.
MOST_WITHHELD = 2_000
#: Unit: seconds. Another drain needs no longer for its batch; whoever waits in vain leaves the rows to it.
LOCK_WAIT = 5.0
#: Unit: seconds. Who saves a page or searches is not kept waiting for somebody else's rebuild.
SHORT_WAIT = 0.2
#: Unit: seconds. The pause after the first failure; it doubles with each further one, up to an hour.
_FIRST_PAUSE = 10
_LONGEST_PAUSE = 3_600
#: Unit: seconds. An engine that takes nothing for now is asked again at least this often.
_LONGEST_DELAY = 60
#: What a room's projection may raise on one odd record; such a fault must not hold up all other records.
_PROJECTION_FAULTS = (
    ArithmeticError,
    AttributeError,
    DatabaseError,
    LookupError,
    ObjectDoesNotExist,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Target:
    """An index that changes are brought to, and the outbox's column that remembers how far it has come."""

    engine: Engine
    column: str = DONE

    @property
    def is_standby(self) -> bool:
        """Tell whether it answers only while the other one cannot."""
        return self.column == STANDBY


@dataclass(slots=True)
class DrainReport:
    """What a drain did."""

    indexed: int = 0
    removed: int = 0
    failed: int = 0


def targets() -> list[Target]:
    """Return the index that answers and the one that stands by, where there is one."""
    standby = get_standby()
    return [Target(get_engine()), *([Target(standby, STANDBY)] if standby else [])]


def drain_quietly() -> None:
    """Drain while somebody waits, where that is quick; the change stands whatever happens, and what fails stays due.

    A server is never waited for: its worker (`manage.py search drain --watch`) brings it what is due.
    """
    engine = get_engine()
    if not getattr(engine, "is_inline", True):
        return
    try:
        drain(lock_wait=SHORT_WAIT)
    except (EngineUnavailable, DatabaseError) as reason:
        logger.warning("Changes wait for the index: %s", reason)


def withheld(target: Target | None = None) -> Withheld:
    """Return the records whose latest change an index does not know; they are shown to nobody until it does.

    Asked after `drain_quietly`, it is empty unless another process keeps the index or a record cannot be made.
    """
    rows = OutboxEntry.objects.waiting(target.column if target else DONE)
    waiting = list(rows.values_list("kind", "object_id")[: MOST_WITHHELD + 1])
    if len(waiting) <= MOST_WITHHELD:
        return Withheld(records=frozenset(waiting))
    return Withheld(kinds=frozenset(rows.order_by().values_list("kind", flat=True).distinct()))


def drain(
    *,
    engine: Engine | None = None,
    target: Target | None = None,
    at: datetime.datetime | None = None,
    lock_wait: float = LOCK_WAIT,
) -> DrainReport:
    """Bring every due change into an index; raises EngineUnavailable when it cannot be written."""
    target = target or Target(engine or get_engine())
    report = DrainReport()
    while _due(target, at).exists():
        with target.engine.exclusive(lock_wait):
            for portion in _portions(list(_due(target, at)[:BATCH])):
                _drain_portion(target, portion, report)
    return report


def _due(target: Target, at: datetime.datetime | None) -> models.QuerySet:
    return OutboxEntry.objects.due(at or timezone.now(), target.column)


def operations_for(entries: Sequence[OutboxEntry]) -> tuple[list[Operation], list[Outcome]]:
    """Read the current state behind outbox rows; a record that cannot be projected is an outcome already."""
    operations: list[Operation] = []
    refused: list[Outcome] = []
    for kind, group in _by_kind(entries).items():
        registration = registry.get(kind)
        objects = _objects(registration, group) if registration else {}
        for entry in group:
            operation, reason = _operation(entry, registration, objects.get(entry.object_id))
            if reason:
                refused.append(Outcome(operation, Verdict.UNMADE, reason))
            else:
                operations.append(operation)
    return operations, refused


@dataclass(slots=True)
class _Portion:
    """What is written at once."""

    entries: list[OutboxEntry] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)


def _portions(entries: Sequence[OutboxEntry]) -> Iterator[_Portion]:
    """Read the state behind a batch until it is enough text to be written; each portion is read when its turn comes."""
    portion, size = _Portion(), 0
    for start in range(0, len(entries), _READ_AT_ONCE):
        part = entries[start : start + _READ_AT_ONCE]
        operations, refused = operations_for(part)
        portion.entries += part
        portion.operations += operations
        portion.refused += refused
        size += sum(operation.size for operation in operations)
        if size >= _TEXT_AT_ONCE:
            yield portion
            portion, size = _Portion(), 0
    if portion.entries:
        yield portion


def _drain_portion(target: Target, portion: _Portion, report: DrainReport) -> None:
    try:
        outcomes = [*target.engine.write(portion.operations), *portion.refused]
    except EngineUnavailable as error:
        _note_outage(portion.entries, str(error))
        raise
    settle(target, portion.entries, outcomes)
    for outcome in outcomes:
        if outcome.verdict not in (Verdict.DONE, Verdict.SUPERSEDED):
            report.failed += 1
        elif outcome.operation.record is None:
            report.removed += 1
        else:
            report.indexed += 1


def _by_kind(entries: Iterable[OutboxEntry]) -> dict[str, list[OutboxEntry]]:
    groups: dict[str, list[OutboxEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.kind, []).append(entry)
    return groups


def _objects(registration: Registration, entries: Sequence[OutboxEntry]) -> dict[str, models.Model]:
    ids = [entry.object_id for entry in entries]
    return {str(found.pk): found for found in registration.queryset().filter(pk__in=ids)}


def _operation(
    entry: OutboxEntry, registration: Registration | None, found: models.Model | None
) -> tuple[Operation, str]:
    if registration is None or found is None:
        return Operation(entry.kind, entry.object_id, entry.version, None), ""
    try:
        return Operation(entry.kind, entry.object_id, entry.version, registration.project(found)), ""
    except _PROJECTION_FAULTS as fault:
        logger.exception("The record of %s cannot be made.", entry)
        return Operation(entry.kind, entry.object_id, entry.version, None), f"{type(fault).__name__}: {fault}"


def settle(target: Target, entries: Sequence[OutboxEntry], outcomes: Iterable[Outcome]) -> None:
    """Write down what was done at the version that was read; a change made meanwhile stays due."""
    by_key = {(entry.kind, entry.object_id): entry for entry in entries}
    done_at: dict[int, list[int]] = {}
    for outcome in outcomes:
        entry = by_key[outcome.operation.kind, outcome.operation.id]
        if outcome.verdict in (Verdict.DONE, Verdict.SUPERSEDED):
            done_at.setdefault(entry.version, []).append(entry.pk)
        else:
            _note_failure(entry, outcome)
    for version, keys in done_at.items():
        behind = {"pk__in": keys, f"{target.column}__lt": version}
        # What the standby has taken says nothing about the server's refusal.
        rested = {} if target.is_standby else {"attempts": 0, "next_attempt": None, "last_error": ""}
        OutboxEntry.objects.filter(**behind).update(**{target.column: version}, **rested)


def _note_failure(entry: OutboxEntry, outcome: Outcome) -> None:
    """Let a row rest; what would fail again waits for somebody to look at it, see `given_up`."""
    pause = min(_FIRST_PAUSE * 2**entry.attempts, _LONGEST_PAUSE)
    attempts = entry.attempts + 1
    if outcome.verdict is Verdict.REJECTED:
        attempts = MOST_ATTEMPTS
    elif outcome.verdict is Verdict.DELAYED:
        # A full disk may last for days; no change is given up for that.
        attempts, pause = min(attempts, MOST_ATTEMPTS - 1), min(pause, _LONGEST_DELAY)
    # Only for the version that failed: a change made meanwhile has its own chance.
    OutboxEntry.objects.filter(pk=entry.pk, version=entry.version).update(
        attempts=attempts,
        next_attempt=timezone.now() + datetime.timedelta(seconds=pause),
        last_error=outcome.reason,
    )


def _note_outage(entries: Sequence[OutboxEntry], reason: str) -> None:
    """An engine out of order is no fault of the objects, so it costs them neither an attempt nor time."""
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).exclude(last_error=reason).update(
        last_error=reason
    )
