"""How operations reach the server: in bulk, with the outbox's versions, one outcome for each."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from elasticsearch import Elasticsearch

from search.engines.base import Operation, Outcome, Verdict
from search.engines.documents import RecordMaker, record_key
from search.engines.elasticsearch.documents import to_document
from search.language.analysis import Analyzer

#: Unit: bytes. Source: the maker's advice of 5 to 15 MB for one bulk request.
LARGEST_REQUEST = 8_000_000
_DELAYED = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_REASON = 500


def write_operations(
    client: Elasticsearch, index: str, analyzer: Analyzer, operations: Sequence[Operation], *, refresh: bool
) -> list[Outcome]:
    """Apply operations to one index; with `refresh` they can be found as soon as this returns."""
    maker = RecordMaker(analyzer)
    outcomes: list[Outcome] = []
    for request in _requests(_lines(index, maker, operation) for operation in operations):
        answer = client.bulk(operations=request, refresh=refresh)
        sent = operations[len(outcomes) : len(outcomes) + len(answer["items"])]
        outcomes += [_outcome(*pair) for pair in zip(sent, answer["items"], strict=True)]
    return outcomes


def _lines(index: str, maker: RecordMaker, operation: Operation) -> list[bytes]:
    """Say one operation. Equal versions overwrite: the state was read after its version, so it can only be newer."""
    place = {
        "_index": index,
        "_id": record_key(operation.kind, operation.id),
        "version": operation.version,
        "version_type": "external_gte",
    }
    if operation.record is None:
        return [_json({"delete": place})]
    return [_json({"index": place}), _json(to_document(maker.make(operation)))]


def _requests(lines: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
    request: list[bytes] = []
    size = 0
    for own in lines:
        length = sum(map(len, own))
        if request and size + length > LARGEST_REQUEST:
            yield request
            request, size = [], 0
        request += own
        size += length
    if request:
        yield request


def _json(value: Mapping) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _outcome(operation: Operation, item: Mapping) -> Outcome:
    (result,) = item.values()
    status = result["status"]
    # What is to be removed and is not there is as good as removed.
    if status < 300 or (status == 404 and operation.record is None):
        return Outcome(operation, Verdict.DONE)
    if status == 409:
        return Outcome(operation, Verdict.SUPERSEDED)
    error = result.get("error", {})
    reason = f"{error.get('type', '')}: {error.get('reason', '')}"[:_LONGEST_REASON]
    return Outcome(operation, Verdict.DELAYED if status in _DELAYED else Verdict.REJECTED, reason)
