"""How records are analysed in several processes at once, because analysing is most of the work of a rebuild."""

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace

from search.engines.base import Operation
from search.engines.documents import IndexedRecord, Prepared, RecordMaker
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.records import Facet, SearchRecord, Section

#: Batches that are under way for each process; more would only fill the memory.
_AHEAD = 2
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
    with ProcessPoolExecutor(processes, context, _begin, (serialized,)) as pool:
        yield lambda batches: _prepared(pool, lexicon.fingerprint, processes * _AHEAD, batches)


def _prepared(
    pool: ProcessPoolExecutor, lexicon: str, ahead: int, batches: Iterable[list[Operation]]
) -> Iterator[list[Operation]]:
    under_way: deque[tuple[list[Operation], Future]] = deque()
    for batch in batches:
        plain = [_plain(operation) for operation in batch]
        under_way.append((plain, pool.submit(_analyse, plain)))
        if len(under_way) >= ahead:
            yield _done(*under_way.popleft(), lexicon)
    while under_way:
        yield _done(*under_way.popleft(), lexicon)


def _done(operations: list[Operation], analysed: Future, lexicon: str) -> list[Operation]:
    pairs = zip(operations, analysed.result(), strict=True)
    return [replace(one, prepared=Prepared(lexicon, record)) if record else one for one, record in pairs]


def _begin(serialized: bytes) -> None:
    _maker.append(RecordMaker(Analyzer(Lexicon.from_bytes(serialized))))


def _analyse(operations: Sequence[Operation]) -> list[IndexedRecord | None]:
    (maker,) = _maker
    return [maker.make(operation) if operation.record else None for operation in operations]


def _plain(operation: Operation) -> Operation:
    """Turn translated texts into plain ones, because the other processes know no language."""
    record = operation.record
    if record is None:
        return operation
    return replace(operation, record=_plain_record(record))


def _plain_record(record: SearchRecord) -> SearchRecord:
    return replace(
        record,
        title=str(record.title),
        summary=str(record.summary),
        organisation=str(record.organisation),
        audience=str(record.audience),
        caption=str(record.caption),
        sections=tuple(Section(str(s.heading), s.anchor, str(s.text), s.number, s.is_aside) for s in record.sections),
        topics=_facets(record.topics),
        fields_of_action=_facets(record.fields_of_action),
        municipality=_facets([record.municipality])[0] if record.municipality else None,
        keywords=tuple(map(str, record.keywords)),
        mentions=tuple(map(str, record.mentions)),
    )


def _facets(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    return tuple(Facet(facet.key, str(facet.label)) for facet in facets)
