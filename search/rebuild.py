"""How a whole new generation is built beside the one in use, without losing a change made meanwhile."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from search.drain import Target, drain, operations_for
from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable, Operation, Outcome, Verdict
from search.language.lexicon import build_lexicon
from search.models import OutboxEntry
from search.preparing import Preparation, preparation
from search.registry import Registration, registry

#: How many objects are read and projected at once.
BATCH = 1_000
#: A commit costs the same for few documents as for many; what they hold bounds the memory.
_WRITTEN_AT_ONCE = 20_000
#: Unit: characters.
_TEXT_AT_ONCE = 60_000_000
#: Below, other processes take longer to begin than the analysis takes.
FEWEST_FOR_PROCESSES = 2_000
#: As many records teach the lexicon; more change nothing in how words are split.
LEXICON_RECORDS = 20_000
#: Unit: seconds. A batch of a rebuild may have to wait for a drain.
_BATCH_WAIT = 60.0
#: How often a server that takes nothing for now is asked again, each time after a longer pause.
_ATTEMPTS = 6

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Report:
    """What a rebuild did."""

    generation: str = ""
    #: Objects that were read, indexed or not.
    count: int = 0
    #: What could not be indexed, as (kind, id, reason).
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    #: What the generation must hold, with the version that was read.
    expected: dict[tuple[str, str], int] = field(default_factory=dict)


def rebuild(
    *,
    engine: Engine | None = None,
    target: Target | None = None,
    processes: int = 1,
    progress: Progress = lambda kind, done, total: None,
) -> Report:
    """Build, fill, check and activate a new generation; the one before stays for going back."""
    target = target or Target(engine or get_engine())
    lexicon = build_lexicon(_texts())
    report = Report(generation=target.engine.begin_generation(lexicon))
    try:
        with preparation(lexicon, processes if _objects() >= FEWEST_FOR_PROCESSES else 1) as prepare:
            for registration in registry:
                _fill(target.engine, registration, prepare, report, progress)
        with target.engine.exclusive(_BATCH_WAIT):
            _check(target.engine, report)
            target.engine.activate(report.generation)
    except BaseException:
        # Even an interrupted rebuild must not leave a half-filled generation that is written to for ever.
        target.engine.discard(report.generation)
        raise
    drain(target=target)
    target.engine.retire_others()
    return report


def rollback(*, engine: Engine | None = None, target: Target | None = None) -> Report:
    """Bring the previous generation up to date and let searches use it again."""
    target = target or Target(engine or get_engine())
    engine = target.engine
    report = Report(generation=engine.resume_previous())
    try:
        held = {(found.kind, found.id): found.version for found in engine.held(generation=report.generation)}
        for entries in _batches(_behind(held)):
            with engine.exclusive(_BATCH_WAIT):
                operations, _ = operations_for(entries)
                _note(report, engine.write(operations, generation=report.generation))
        with engine.exclusive(_BATCH_WAIT):
            engine.activate(report.generation)
    except BaseException:
        engine.discard(report.generation)
        raise
    drain(target=target)
    engine.retire_others()
    return report


def _objects() -> int:
    return sum(registration.queryset().count() for registration in registry)


def _fill(engine: Engine, registration: Registration, prepare: Preparation, report: Report, progress: Progress) -> None:
    """Read and analyse without any lock, write under it, and only what has not changed meanwhile."""
    keys = registration.queryset().order_by("pk").values_list("pk", flat=True)
    total, done = keys.count(), 0
    batches = (_current(registration, [str(pk) for pk in pks]) for pks in _batches(keys.iterator(chunk_size=BATCH)))
    for operations in _large(prepare(batches)):
        with engine.exclusive(_BATCH_WAIT):
            fresh = _unchanged(registration, operations)
            _write(engine, report, fresh)
        report.expected.update({(one.kind, one.id): one.version for one in fresh if one.record is not None})
        done += len(operations)
        report.count += len(operations)
        # What is written must not wait in memory until as much again has been analysed.
        operations.clear()
        progress(registration.kind, done, total)


def _write(engine: Engine, report: Report, operations: Sequence[Operation]) -> None:
    """Write and write again what a busy server puts off."""
    for attempt in range(_ATTEMPTS):
        outcomes = engine.write(operations, generation=report.generation)
        delayed = [outcome for outcome in outcomes if outcome.verdict is Verdict.DELAYED]
        _note(report, (outcome for outcome in outcomes if outcome.verdict is Verdict.REJECTED))
        if not delayed:
            return
        operations = [outcome.operation for outcome in delayed]
        time.sleep(min(0.5 * 2**attempt, 8.0))
    raise EngineUnavailable(delayed[0].reason)


def _unchanged(registration: Registration, operations: Sequence[Operation]) -> list[Operation]:
    """Read again what changed since it was read: its drain may have come and gone, and a deletion leaves no trace."""
    fresh: list[Operation] = []
    changed: list[str] = []
    for start in range(0, len(operations), BATCH):
        part = operations[start : start + BATCH]
        rows = OutboxEntry.objects.filter(kind=registration.kind, object_id__in=[one.id for one in part])
        versions = dict(rows.values_list("object_id", "version"))
        for operation in part:
            if versions.get(operation.id, 0) == operation.version:
                fresh.append(operation)
            else:
                changed.append(operation.id)
    for ids in _batches(changed):
        fresh += _current(registration, list(ids))
    return fresh


def _current(registration: Registration, ids: Sequence[str]) -> list[Operation]:
    """Read the outbox's versions first and the objects afterwards; what was never marked counts as version 0."""
    known = {entry.object_id: entry for entry in OutboxEntry.objects.filter(kind=registration.kind, object_id__in=ids)}
    now = timezone.now()
    unknown = [OutboxEntry(kind=registration.kind, object_id=pk, since=now) for pk in ids if pk not in known]
    operations, _ = operations_for([*known.values(), *unknown])
    return operations


def _check(engine: Engine, report: Report) -> None:
    """Refuse a generation that lost something on its way; what was refused by name is told and may be missing."""
    for kind, key, _ in report.refused:
        report.expected.pop((kind, key), None)
    held = {(found.kind, found.id): found.version for found in engine.held(generation=report.generation)}
    lost = [key for key, version in report.expected.items() if held.get(key, -1) < version]
    # What was deleted meanwhile is rightly gone.
    rows = OutboxEntry.objects.filter(deleted=True).values_list("kind", "object_id") if lost else ()
    if lost := set(lost) - set(rows):
        raise EngineUnavailable(
            f"The new index lacks {len(lost)} objects, among them {min(lost)}. Nothing was changed."
        )
    if len(report.refused) > report.count / 100 + 10:
        kind, key, reason = report.refused[0]
        raise EngineUnavailable(f"{len(report.refused)} of {report.count} were refused, first {kind}:{key}: {reason}")


def _behind(held: dict[tuple[str, str], int]) -> Iterator[OutboxEntry]:
    for entry in OutboxEntry.objects.order_by("pk").iterator(chunk_size=BATCH):
        if held.get((entry.kind, entry.object_id), -1) < entry.version:
            yield entry


def _note(report: Report, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.verdict not in (Verdict.DONE, Verdict.SUPERSEDED):
            report.refused.append((outcome.operation.kind, outcome.operation.id, outcome.reason))


def _batches(found: Iterable) -> Iterator[list]:
    iterator = iter(found)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _large(batches: Iterable[list[Operation]]) -> Iterator[list[Operation]]:
    """Put batches together until writing them is worth a commit."""
    gathered: list[Operation] = []
    size = 0
    for batch in batches:
        gathered += batch
        size += sum(operation.size for operation in batch)
        if len(gathered) >= _WRITTEN_AT_ONCE or size >= _TEXT_AT_ONCE:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered


def _texts() -> Iterator[str]:
    for registration in registry:
        for found in islice(registration.queryset().iterator(chunk_size=BATCH), LEXICON_RECORDS):
            record = registration.project(found)
            if record is not None:
                parts = [record.title, record.summary, *record.keywords]
                parts += [text for section in record.sections for text in (section.heading, section.text)]
                yield "\n".join(map(str, parts))
