"""An index full of invented documents, as a rebuild would fill it but without a database behind it."""

import os
from collections.abc import Iterator
from itertools import islice

from search.benchmarks.large_corpus import LargeCorpus
from search.engines.base import Engine, EngineUnavailable, Operation, Role
from search.language.lexicon import Lexicon, build_lexicon
from search.preparing import preparation
from search.records import SearchRecord

KIND = "bench"
_BATCH = 1_000
#: A commit costs the same for few documents as for many.
_WRITTEN_AT_ONCE = 20_000
_LEXICON_TEXTS = 20_000


def lexicon_of(documents: int) -> Lexicon:
    """Learn the words of the invented documents as a rebuild does."""
    return build_lexicon(map(_text, LargeCorpus().records(min(documents, _LEXICON_TEXTS))))


def fill(engine: Engine, documents: int, processes: int = os.cpu_count() or 1) -> None:
    """Build a generation of so many documents; none of them is kept in memory longer than its batch."""
    lexicon = lexicon_of(documents)
    generation = engine.begin_generation(lexicon)
    try:
        with preparation(lexicon, processes) as prepare:
            gathered: list[Operation] = []
            for batch in prepare(operations(documents)):
                gathered += batch
                if len(gathered) >= _WRITTEN_AT_ONCE:
                    engine.write(gathered, generation=generation)
                    gathered = []
            if gathered:
                engine.write(gathered, generation=generation)
        engine.activate(generation)
    except BaseException:
        engine.discard(generation)
        raise


def holds(engine: Engine, documents: int) -> bool:
    """Tell whether an earlier measurement left an index of this size that this version of the code can read."""
    try:
        states = engine.generations()
    except EngineUnavailable:
        return False
    return any(state.role is Role.CURRENT and state.is_usable and state.records == documents for state in states)


def operations(documents: int) -> Iterator[list[Operation]]:
    """Invent operations in batches."""
    records = LargeCorpus().records(documents)
    while batch := [Operation(KIND, record.id, 1, record) for record in islice(records, _BATCH)]:
        yield batch


def _text(record: SearchRecord) -> str:
    return " ".join((record.title, record.summary, *(section.text for section in record.sections)))
