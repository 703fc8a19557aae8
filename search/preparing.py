"""How records are analysed in several processes at once, because analysing is most of the work of a rebuild."""

import contextlib
import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import fields, replace
from typing import Any

from search.engines.base import Operation
from search.engines.documents import IndexedRecord, Prepared, RecordMaker
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.records import Facet, SearchRecord, Section

#: Batches that are under way: enough for the processes to go on while a large write keeps this one busy.
_MOST_AHEAD = 12
#: Unit: characters. Long texts fill the memory sooner.
_MOST_TEXT_AHEAD = 40_000_000
#: Records are many small objects without circles; looking for circles each time would take a quarter of the time.
_COLLECTED_AFTER = (100_000, 20, 100)
_FIELDS = tuple(field.name for field in fields(SearchRecord))
_TEXTS = ("title", "summary", "organisation", "audience", "caption")

Preparation = Callable[[Iterable[list[Operation]]], Iterator[list[Operation]]]
_maker: list[RecordMaker] = []


@contextlib.contextmanager
def preparation(lexicon: Lexicon, processes: int) -> Iterator[Preparation]:
    """Give what analyses batches of operations, in their order; with one process the engine does it while writing."""
    if processes < 2:
        yield iter
        return
    # Fresh processes, because a forked one would share this one's database connections and locks.
    context = multiprocessing.get_context("spawn")
    serialized = lexicon.to_bytes()
    with _collecting_rarely(), ProcessPoolExecutor(processes, context, _begin, (serialized,)) as pool:
        yield lambda batches: _prepared(pool, lexicon.fingerprint, batches)


@contextlib.contextmanager
def _collecting_rarely() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _prepared(pool: ProcessPoolExecutor, lexicon: str, batches: Iterable[list[Operation]]) -> Iterator[list[Operation]]:
    under_way: deque[tuple[list[Operation], int, Future]] = deque()
    text = 0
    for batch in batches:
        size = sum(operation.size for operation in batch)
        under_way.append((batch, size, pool.submit(_analyse, [_packed(operation) for operation in batch])))
        text += size
        while under_way and (len(under_way) >= _MOST_AHEAD or text > _MOST_TEXT_AHEAD):
            done, size, analysed = under_way.popleft()
            text -= size
            yield _done(done, analysed, lexicon)
    while under_way:
        done, _, analysed = under_way.popleft()
        yield _done(done, analysed, lexicon)


def _done(operations: list[Operation], analysed: Future, lexicon: str) -> list[Operation]:
    pairs = zip(operations, analysed.result(), strict=True)
    return [replace(one, prepared=Prepared(lexicon, record)) if record else one for one, record in pairs]


def _begin(serialized: bytes) -> None:
    # These processes end with the rebuild.
    gc.disable()
    _maker.append(RecordMaker(Analyzer(Lexicon.from_bytes(serialized))))


def _analyse(packed: Sequence[tuple[int, Mapping[str, Any]] | None]) -> list[IndexedRecord | None]:
    (maker,) = _maker
    return [maker.make(_unpacked(*one)) if one else None for one in packed]


def _packed(operation: Operation) -> tuple[int, dict[str, Any]] | None:
    """Take a record apart, which travels faster, and make translated texts plain: other processes know no language."""
    record = operation.record
    if record is None:
        return None
    values = {name: getattr(record, name) for name in _FIELDS}
    values |= {name: str(values[name]) for name in _TEXTS}
    values["sections"] = [(str(s.heading), s.anchor, str(s.text), s.number, s.is_aside) for s in record.sections]
    values["topics"] = _packed_facets(record.topics)
    values["fields_of_action"] = _packed_facets(record.fields_of_action)
    values["spoken"] = _packed_facets(record.spoken)
    values["services"] = _packed_facets(record.services)
    values["areas"] = _packed_facets(record.areas)
    values["municipality"] = _packed_facets([record.municipality])[0] if record.municipality else None
    values["keywords"] = tuple(map(str, record.keywords))
    values["mentions"] = tuple(map(str, record.mentions))
    return operation.version, values


def _packed_facets(facets: Iterable[Facet]) -> list[tuple[str, str]]:
    return [(facet.key, str(facet.label)) for facet in facets]


def _unpacked(version: int, values: Mapping[str, Any]) -> Operation:
    parts = {
        "sections": tuple(Section(*section) for section in values["sections"]),
        "topics": tuple(Facet(*facet) for facet in values["topics"]),
        "fields_of_action": tuple(Facet(*facet) for facet in values["fields_of_action"]),
        "spoken": tuple(Facet(*facet) for facet in values["spoken"]),
        "services": tuple(Facet(*facet) for facet in values["services"]),
        "areas": tuple(Facet(*facet) for facet in values["areas"]),
        "municipality": Facet(*values["municipality"]) if values["municipality"] else None,
    }
    record = SearchRecord(**{**values, **parts})
    return Operation(record.kind, record.id, version, record)
