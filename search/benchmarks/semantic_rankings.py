"""What meaning adds to the ranking by words on the help collection, as the page shows it and as it might."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from search.benchmarks.help_corpus import HelpPage
from search.benchmarks.scoring import DEPTH, Score, score
from search.benchmarks.semantics import KIND, PUBLIC, record_of
from search.engines.base import EngineRequest, Operation, Snapshot
from search.engines.embedded import EmbeddedEngine
from search.language.lexicon import build_lexicon
from search.queries import SearchRequest
from search.semantics import answering
from search.semantics.fusion import fused, weight_of_meaning
from search.semantics.shelf import Shelf
from search.thesaurus import Thesaurus
from search.understanding import understand

SHOWN = "words and meaning, as shown"


@dataclass(frozen=True, slots=True)
class Found:
    """What one question found: by words alone, as the page shows it, by full fusion, and by meaning alone."""

    words: list[str]
    shown: list[str]
    fused: list[str]
    #: Address and nearness of what only meaning found, where the page would show a block of them.
    alone: list[tuple[str, float]]


def rankings(
    pages: Sequence[HelpPage], shelf: Shelf, questions: Mapping[str, bytes], directory: Path
) -> dict[str, Found]:
    """Search every question as the results page does, without repair of spelling."""
    snapshot = snapshot_of(pages, directory)
    no_terms = Thesaurus((), snapshot.analyzer)

    def ranked(question: str, vector: bytes) -> Found:
        sought = understand(SearchRequest(query=question, with_repair=False), snapshot, no_terms, PUBLIC).sought
        asked = EngineRequest(PUBLIC, sought, limit=DEPTH)
        near = list(islice(shelf.near(vector, PUBLIC), answering.DEPTH))
        wide = snapshot.search(replace(asked, limit=answering.REORDERED))
        words = [hit.id for hit in wide.hits]
        weight = weight_of_meaning(question)
        meant = answering.combined(snapshot, asked, near, weight, read=lambda found: [])
        known = set(words)
        alone = [(found.id, found.nearness) for found in near if found.id not in known]
        return Found(
            words=words[:DEPTH],
            shown=[hit.id for hit in meant.answer.hits],
            fused=fused(words, [found.id for found in near], weight)[:DEPTH],
            alone=alone if wide.total <= answering.REORDERED else [],
        )

    return {question: ranked(question, vector) for question, vector in questions.items()}


def snapshot_of(pages: Sequence[HelpPage], directory: Path) -> Snapshot:
    """Index the pages as the portal would."""
    engine = EmbeddedEngine(directory)
    engine.activate(engine.begin_generation(build_lexicon(f"{page.title}\n{page.body}" for page in pages)))
    engine.write([Operation(KIND, page.address, 1, record_of(page)) for page in pages])
    return engine.snapshot()


def scores(ranked: Mapping[str, Found], answers: Mapping[str, set[str]]) -> dict[str, Score]:
    """Compare the orders on all questions."""
    return {
        "words alone": score(lambda asked: [ranked[question].words for question in asked], answers),
        SHOWN: score(lambda asked: [ranked[question].shown for question in asked], answers),
        "words and meaning, fused freely": score(lambda asked: [ranked[question].fused for question in asked], answers),
    }


def related(ranked: Mapping[str, Found], answers: Mapping[str, set[str]]) -> dict[float, tuple[int, int, int]]:
    """Count for several thresholds the blocks that would be shown, right entries in them, and entries."""
    found = {}
    for nearness in (0.80, 0.82, 0.84, 0.86, 0.88, 0.90):
        blocks = right = shown = 0
        for question, one in ranked.items():
            block = [address for address, near in one.alone if near >= nearness][: answering.MOST_RELATED]
            blocks += bool(block)
            shown += len(block)
            right += len(answers[question].intersection(block))
        found[nearness] = (blocks, right, shown)
    return found
