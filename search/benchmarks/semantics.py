"""Vectors for measuring: of the help collection, kept between runs, and invented ones; and what a question costs."""

import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from search.benchmarks.help_corpus import HelpPage
from search.records import SearchRecord, Section
from search.semantics import answering
from search.semantics.embedder import Embedder
from search.semantics.fusion import fused, weight_of_meaning
from search.semantics.model import DIMENSIONS
from search.semantics.pieces import Piece, pieces
from search.semantics.shelf import KEPT, RECKONED, Shelf, Shelved, kept, reckoned

PUBLIC = frozenset({"public"})
KIND = "help"
_AT_ONCE = 16
#: Unit: seconds.
PATIENCE = 300.0
_DIGEST = 32
_ENTRY = _DIGEST + DIMENSIONS * KEPT.itemsize
Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took; unit: milliseconds."""

    median: float
    p95: float


class Cache:
    """Vectors in a file outside the project, so that an interrupted run goes on where it was."""

    def __init__(self, path: Path) -> None:
        self._path = path
        content = path.read_bytes() if path.exists() else b""
        whole = len(content) // _ENTRY * _ENTRY
        entries = (content[start : start + _ENTRY] for start in range(0, whole, _ENTRY))
        self.vectors = {entry[:_DIGEST].decode(): entry[_DIGEST:] for entry in entries}

    def add(self, digest: str, vector: bytes) -> None:
        """Keep a vector."""
        self.vectors[digest] = vector
        with self._path.open("ab") as file:
            file.write(digest.encode() + vector)


def pieces_of(pages: Sequence[HelpPage], most: int) -> list[list[Piece]]:
    """Cut pages as records are cut; of each the first so many."""
    return [pieces(record_of(page))[:most] for page in pages]


def embedded(
    cut: Sequence[Sequence[Piece]], embedder: Embedder, model: str, cache: Cache, progress: Progress
) -> float | None:
    """Fill the cache, all first pieces before all second ones; returns pieces a second of this run."""
    by_depth = sorted((depth, place) for place, found in enumerate(cut) for depth in range(len(found)))
    wanted = [cut[place][depth] for depth, place in by_depth]
    missing = [piece for piece in wanted if piece.digest(model) not in cache.vectors]
    started = time.monotonic()
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        made = embedder.embed([piece.read for piece in some], is_query=False, patience=PATIENCE)
        for piece, vector in zip(some, made, strict=True):
            cache.add(piece.digest(model), kept(vector))
        progress(start + len(some), len(missing), (start + len(some)) / (time.monotonic() - started))
    return len(missing) / (time.monotonic() - started) if missing else None


def shelf_of(
    pages: Sequence[HelpPage], cut: Sequence[Sequence[Piece]], model: str, vectors: Mapping[str, bytes]
) -> Shelf:
    """Put the pages' vectors on a shelf as the portal does with its records."""
    return Shelf(
        tuple(
            Shelved(
                pk=place,
                kind=KIND,
                id=page.address,
                version=0,
                audience="public",
                facets={},
                pieces=tuple(range(len(found))),
                vectors=reckoned([vectors[piece.digest(model)] for piece in found]),
            )
            for place, (page, found) in enumerate(zip(pages, cut, strict=True))
        )
    )


def question_vectors(questions: Sequence[str], embedder: Embedder, model: str, cache: Cache) -> dict[str, bytes]:
    """Return the vectors of the questions, kept in the cache like those of the pages."""
    digests = {question: Piece("?", question).digest(f"question {model}") for question in questions}
    missing = [question for question in questions if digests[question] not in cache.vectors]
    for start in range(0, len(missing), _AT_ONCE):
        some = missing[start : start + _AT_ONCE]
        made = embedder.embed(some, is_query=True, patience=PATIENCE)
        for question, vector in zip(some, made, strict=True):
            cache.add(digests[question], kept(vector))
    return {question: reckoned([cache.vectors[digest]])[0].tobytes() for question, digest in digests.items()}


def record_of(page: HelpPage) -> SearchRecord:
    """Return a page as the portal would hand it in."""
    return SearchRecord(KIND, page.address, f"/{page.address}", page.title, sections=(Section("", "", page.body),))


def invented_shelf(count: int, seed: int = 5) -> Shelf:
    """Make a shelf of so many pieces in records of four, a tenth of them closed; what they mean is chance."""
    chance = np.random.default_rng(seed)
    matrix = chance.standard_normal((count, DIMENSIONS), dtype=RECKONED)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    closed = random.Random(seed)  # noqa: S311 -- invented data, no secret.
    return Shelf(
        tuple(
            Shelved(
                pk=start,
                kind=KIND,
                id=str(start),
                version=0,
                audience="editor" if closed.random() < 0.1 else "public",
                facets={},
                pieces=tuple(range(start, min(start + 4, count))),
                vectors=matrix[start : start + 4],
            )
            for start in range(0, count, 4)
        )
    )


def timed(act: Callable[[str], object], questions: Iterable[str]) -> Times:
    """Measure how long an act takes for each question."""
    taken = []
    for question in questions:
        started = time.perf_counter()
        act(question)
        taken.append((time.perf_counter() - started) * 1_000)
    return Times(statistics.median(taken), statistics.quantiles(taken, n=20)[-1])


def surcharge(questions: Sequence[str], embedder: Embedder, count: int) -> dict[str, Times]:
    """Measure what a question costs more at so many vectors; the engine's own work and the database are left out."""
    shelf = invented_shelf(count)
    vector = embedder.embed([questions[0]], is_query=True, patience=PATIENCE)[0]
    words = [str(number) for number in range(answering.REORDERED)]

    def nearest(question: bytes) -> list[str]:
        return [found.id for found in islice(shelf.near(question, PUBLIC), answering.DEPTH)]

    def whole(question: str) -> list[str]:
        (asked,) = embedder.embed([question], is_query=True, patience=PATIENCE)
        return fused(words, nearest(asked), weight_of_meaning(question))

    return {
        "embedding a question": timed(lambda q: embedder.embed([q], is_query=True, patience=PATIENCE), questions),
        f"{count} vectors": timed(lambda q: nearest(vector), questions),
        "surcharge in all": timed(whole, questions),
    }
