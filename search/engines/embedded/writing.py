"""How operations reach the two indexes of a generation; callers hold the engine's write lock."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence

import tantivy

from search.engines.base import Operation, Outcome, Verdict
from search.engines.documents import RecordMaker, record_key
from search.engines.embedded.documents import quoted, ranked
from search.engines.embedded.generations import Generation
from search.engines.embedded.schema import RECORDS

#: Unit: bytes. Enough for a batch of a rebuild in one segment; tantivy asks for at least 15 MB a thread.
_MEMORY = 120_000_000


def write_operations(generation: Generation, operations: Sequence[Operation]) -> list[Outcome]:
    """Apply operations and commit them: sections first, so that no record can be found without its text."""
    maker = RecordMaker(generation.analyzer)
    # Both indexes are opened anew each time: a writer that works on a stale view of the files orphans segments.
    records, sections = generation.open_records(), generation.open_sections()
    versions = _versions(records, operations)
    outcomes = [_judge(operation, versions) for operation in operations]
    fresh = [outcome.operation for outcome in outcomes if outcome.verdict is Verdict.DONE]
    keys = [record_key(operation.kind, operation.id) for operation in fresh]
    made = [maker.make(operation) for operation in fresh if operation.record is not None]
    with _writer(sections) as writer:
        _replace(writer, keys, (document for record in made for document in quoted(record)))
    with _writer(records) as writer:
        _replace(writer, keys, map(ranked, made))
    return outcomes


@contextlib.contextmanager
def _writer(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    writer = index.writer(_MEMORY, 1)
    # What a killed writer left behind belongs to no commit and would stay for ever.
    writer.garbage_collect_files()
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()


def _replace(writer: tantivy.IndexWriter, keys: Sequence[str], documents: Iterable[tantivy.Document]) -> None:
    for key in keys:
        writer.delete_documents_by_term("key", key)
    for document in documents:
        writer.add_document(document)


def _versions(records: tantivy.Index, operations: Sequence[Operation]) -> dict[str, int]:
    records.reload()
    searcher = records.searcher()
    if not searcher.num_docs:
        return {}
    keys = [record_key(operation.kind, operation.id) for operation in operations]
    found = searcher.search(tantivy.Query.term_set_query(RECORDS, "key", keys), max(len(keys), 1), count=False)
    stored = (json.loads(bytes(searcher.doc(address).get_first("stored"))) for _, address in found.hits)
    return {record_key(record["kind"], record["id"]): record["version"] for record in stored}


def _judge(operation: Operation, versions: dict[str, int]) -> Outcome:
    """An equal version is written again: the state was read after its version, so it can only be newer."""
    held = versions.get(record_key(operation.kind, operation.id), -1)
    return Outcome(operation, Verdict.SUPERSEDED if held > operation.version else Verdict.DONE)
