"""How often the right page stands on top: our chain beside plain BM25 on the same pages and questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.benchmarks.help_corpus import HelpPage
from search.engines.base import EngineRequest, Operation
from search.engines.embedded import EmbeddedEngine
from search.language.lexicon import build_lexicon
from search.queries import SearchRequest
from search.records import SearchRecord, Section
from search.thesaurus import Thesaurus
from search.understanding import understand

DEPTH = 10
_PUBLIC = frozenset({"public"})
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Mean reciprocal rank and recall within the first ten hits."""

    mrr: float
    recall: float


def score(search: Search, answers: Mapping[str, set[str]]) -> Score:
    """Ask every question and see where its pages stand."""
    mrr = recall = 0.0
    for question, right in answers.items():
        found = list(search(question))[:DEPTH]
        mrr += next((1 / (place + 1) for place, address in enumerate(found) if address in right), 0.0)
        recall += len(right.intersection(found)) / len(right)
    return Score(mrr / len(answers), recall / len(answers))


def our_chain(pages: Sequence[HelpPage], directory: Path) -> Search:
    """Index the pages as the portal would and search as the results page does, without repair of spelling."""
    engine = EmbeddedEngine(directory)
    engine.activate(engine.begin_generation(build_lexicon(f"{page.title}\n{page.body}" for page in pages)))
    engine.write([Operation("help", page.address, 1, _record(page)) for page in pages])
    snapshot = engine.snapshot()
    no_terms = Thesaurus((), snapshot.analyzer)

    def search(question: str) -> list[str]:
        request = SearchRequest(query=question, with_repair=False)
        sought = understand(request, snapshot, no_terms, _PUBLIC).sought
        return [hit.id for hit in snapshot.search(EngineRequest(_PUBLIC, sought, limit=DEPTH)).hits]

    return search


def plain_bm25(pages: Sequence[HelpPage]) -> Search:
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

    def search(question: str) -> list[str]:
        query, _ = index.parse_query_lenient(question, ["text"])
        return [searcher.doc(address)["address"][0] for _, address in searcher.search(query, DEPTH).hits]

    return search


def _record(page: HelpPage) -> SearchRecord:
    return SearchRecord("help", page.address, f"/{page.address}", page.title, sections=(Section("", "", page.body),))
