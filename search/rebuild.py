"""How a whole new generation is built beside the one in use, without losing a change made meanwhile."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.utils import timezone

from search.drain import drain, operations_for
from search.engines import get_engine
from search.engines.base import Engine
from search.language.lexicon import build_lexicon
from search.models import OutboxEntry
from search.registry import Registration, registry

BATCH = 2_000
#: As many records teach the lexicon; more change nothing in how words are split.
LEXICON_RECORDS = 20_000
#: Unit: seconds. A batch of a rebuild may have to wait for a drain.
_BATCH_WAIT = 60.0

Progress = Callable[[str, int, int], None]


def rebuild(*, engine: Engine | None = None, progress: Progress = lambda kind, done, total: None) -> int:
    """Build, fill and activate a new generation; returns how many objects it was filled from."""
    engine = engine or get_engine()
    generation = engine.begin_generation(build_lexicon(_texts()))
    try:
        count = sum(_fill(engine, generation, registration, progress) for registration in registry)
        with engine.exclusive(_BATCH_WAIT):
            engine.activate(generation)
    except BaseException:
        # Even an interrupted rebuild must not leave a half-filled generation that is written to for ever.
        engine.discard(generation)
        raise
    drain(engine=engine)
    return count


def _fill(engine: Engine, generation: str, registration: Registration, progress: Progress) -> int:
    keys = registration.queryset().order_by("pk").values_list("pk", flat=True)
    total, done = keys.count(), 0
    iterator = keys.iterator(chunk_size=BATCH)
    while batch := list(islice(iterator, BATCH)):
        # While the lock is held no drain can remove an object between our reading and our writing it.
        with engine.exclusive(_BATCH_WAIT):
            engine.write(_current(registration, [str(pk) for pk in batch]), generation=generation)
        done += len(batch)
        progress(registration.kind, done, total)
    return done


def _current(registration: Registration, ids: list[str]) -> list:
    """Read the outbox's versions first and the objects afterwards; what was never marked counts as version 0."""
    known = {entry.object_id: entry for entry in OutboxEntry.objects.filter(kind=registration.kind, object_id__in=ids)}
    now = timezone.now()
    unknown = [OutboxEntry(kind=registration.kind, object_id=pk, since=now) for pk in ids if pk not in known]
    operations, _ = operations_for([*known.values(), *unknown])
    return operations


def _texts() -> Iterator[str]:
    for registration in registry:
        for found in islice(registration.queryset().iterator(chunk_size=BATCH), LEXICON_RECORDS):
            record = registration.project(found)
            if record is not None:
                parts = [record.title, record.summary, *record.keywords]
                parts += [text for section in record.sections for text in (section.heading, section.text)]
                yield "\n".join(map(str, parts))
