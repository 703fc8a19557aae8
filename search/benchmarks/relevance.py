"""Rankings that need no server's own means: our chain on any engine, and plain BM25 beside it."""

from collections.abc import Iterator, Sequence

import tantivy

from search.benchmarks.help_corpus import HelpPage
from search.benchmarks.scoring import DEPTH, Ranking
from search.engines.base import Engine, EngineRequest, EngineUnavailable, Operation, Snapshot
from search.language.lexicon import build_lexicon
from search.queries import SearchRequest
from search.records import SearchRecord, Section
from search.thesaurus import Thesaurus
from search.understanding import understand

_PUBLIC = frozenset({"public"})
#: A busy machine may take longer than a reader is kept waiting; the ranking is the same when it is asked again.
_ATTEMPTS = 20


def our_chain(pages: Sequence[HelpPage], engine: Engine) -> Ranking:
    """Index the pages as the portal would and search as the results page does, without repair of spelling."""
    generation = engine.begin_generation(build_lexicon(f"{page.title}\n{page.body}" for page in pages))
    engine.write([Operation("help", page.address, 1, _record(page)) for page in pages], generation=generation)
    engine.activate(generation)
    snapshot = engine.snapshot()
    no_terms = Thesaurus((), snapshot.analyzer)

    def rank(questions: Sequence[str]) -> Iterator[list[str]]:
        for question in questions:
            request = SearchRequest(query=question, with_repair=False)
            sought = understand(request, snapshot, no_terms, _PUBLIC).sought
            yield _patiently(snapshot, EngineRequest(_PUBLIC, sought, limit=DEPTH))

    return rank


def plain_bm25(pages: Sequence[HelpPage]) -> Ranking:
    """Index title and body in one field with tantivy's default tokenizer: BM25 and nothing else."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("address", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    with index.writer(50_000_000, 1) as writer:
        for page in pages:
            writer.add_document(tantivy.Document(address=page.address, text=f"{page.title}\n{page.body}"))
    index.reload()
    searcher = index.searcher()

    def rank(questions: Sequence[str]) -> Iterator[list[str]]:
        for question in questions:
            query, _ = index.parse_query_lenient(question, ["text"])
            yield [searcher.doc(address)["address"][0] for _, address in searcher.search(query, DEPTH).hits]

    return rank


def _patiently(snapshot: Snapshot, request: EngineRequest) -> list[str]:
    for attempt in range(_ATTEMPTS):
        try:
            return [hit.id for hit in snapshot.search(request).hits]
        except EngineUnavailable:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _record(page: HelpPage) -> SearchRecord:
    return SearchRecord("help", page.address, f"/{page.address}", page.title, sections=(Section("", "", page.body),))
