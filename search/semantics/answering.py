"""What meaning adds to an answer by words: another order of its first hits, and a few related ones beside them.

Totals and facets stay those of the words. Whatever fails here leaves the answer by words as it is.
"""

import datetime
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, models

from search.engines.answers import REORDERED
from search.engines.base import EngineAnswer, EngineHit, EngineRequest, FoundSection, Snapshot
from search.language.tokens import words_of
from search.models import OutboxEntry
from search.semantics.embedder import ChildEmbedder, Embedder, EmbedderUnavailable
from search.semantics.fusion import fused, weight_of_meaning
from search.semantics.models import PassageVector, RecordMeaning

if TYPE_CHECKING:
    from search.semantics.shelf import Near

logger = logging.getLogger(__name__)
#: Unit: seconds. Nobody waits longer for what is only an addition.
PATIENCE = 0.25
#: How many of the nearest records are ranked.
DEPTH = 100
MOST_RELATED = 5
#: Chosen on the demo content: below it stand pages that are near everything; see docs/benchmarks.md.
LEAST_NEARNESS = 0.86
_FAULTS = (EmbedderUnavailable, DatabaseError, ImportError, MemoryError, ValueError)
#: How the hits are read; replaced in tests.
Reader = Callable[[Sequence["Near"]], list[EngineHit]]


@dataclass(frozen=True, slots=True)
class Meant:
    """An answer, what is related to the question by meaning alone, and whether meaning had a say at all."""

    answer: EngineAnswer
    related: tuple[EngineHit, ...] = ()
    is_by_meaning: bool = False


def search_with_meaning(snapshot: Snapshot, asked: EngineRequest, question: str) -> Meant:
    """Answer a request; without a question, or while this is switched off, just as the engine does."""
    if not (settings.SEARCH_SEMANTICS and question and _can_help(asked)):
        return Meant(snapshot.search(asked))
    try:
        near = nearest(question, asked)
    except _FAULTS as reason:
        logger.warning("The search goes by words alone: %s", reason)
        return Meant(snapshot.search(asked))
    return combined(snapshot, asked, near, weight_of_meaning(question))


def _can_help(asked: EngineRequest) -> bool:
    """Quoted words are meant as they are, an order by date is no ranking, and later pages keep the words' order."""
    is_ranked = bool(asked.sought.concepts) and not asked.sought.phrases and not asked.newest_first
    return is_ranked and asked.offset + asked.limit <= REORDERED


def nearest(question: str, asked: EngineRequest) -> list["Near"]:
    """Return the nearest records that this reader may see, as they are now; raises EmbedderUnavailable."""
    from search.semantics.shelves import shelves  # numpy: loaded only where meaning is asked for.

    embedder = question_embedder()
    shelf = shelves.current(embedder.begin(0.0))
    if shelf is None:
        raise EmbedderUnavailable("The vectors are being read.")
    (vector,) = embedder.embed([question], is_query=True, patience=PATIENCE)
    ranked = shelf.near(vector, asked.labels, asked.filters)
    found: list[Near] = []
    # What changed since it was read is as if it were not there; others move up.
    while len(found) < DEPTH and (some := list(islice(ranked, DEPTH))):
        found += _unchanged(some)
    return found[:DEPTH]


def _unchanged(some: Sequence["Near"]) -> list["Near"]:
    by_kind: dict[str, list[str]] = {}
    for near in some:
        by_kind.setdefault(near.kind, []).append(near.id)
    these = models.Q()
    for kind, ids in by_kind.items():
        these |= models.Q(kind=kind, object_id__in=ids)
    rows = OutboxEntry.objects.filter(these).values_list("kind", "object_id", "version")
    versions = {(kind, object_id): version for kind, object_id, version in rows}
    return [near for near in some if versions.get(near.key, 0) == near.version]


def combined(
    snapshot: Snapshot, asked: EngineRequest, near: Sequence["Near"], weight: float, read: Reader | None = None
) -> Meant:
    """Order the first hits of the words by both, and add what only meaning finds where the words found few."""
    wide = snapshot.search(replace(asked, offset=0, limit=REORDERED))
    by_key = {(hit.kind, hit.id): hit for hit in wide.hits}
    named = [key for key, hit in by_key.items() if _is_named(hit, asked, snapshot)]
    order = fused(list(by_key), [found.key for found in near], weight)
    # What bears exactly the name that was asked for stays first; what the words did not find is no hit of theirs.
    hits = [by_key[key] for key in dict.fromkeys([*named, *order]) if key in by_key]
    answer = replace(wide, hits=tuple(hits[asked.offset : asked.offset + asked.limit]))
    related: list[EngineHit] = []
    # Further hits of the words would be unknown here, so nothing could be said to be found by meaning alone.
    if asked.offset == 0 and wide.total <= REORDERED:
        alone = [found for found in near if found.key not in by_key and found.nearness >= LEAST_NEARNESS]
        related = (read or hits_of)(alone[:MOST_RELATED])
    return Meant(answer, tuple(related), is_by_meaning=True)


def _is_named(hit: EngineHit, asked: EngineRequest, snapshot: Snapshot) -> bool:
    title, name = words_of(hit.title), asked.sought.sequence
    return len(title) == len(name) and _forms(title, snapshot) == _forms(name, snapshot)


def _forms(words: Sequence[str], snapshot: Snapshot) -> list[str]:
    return [snapshot.analyzer.word(word).form for word in words]


def hits_of(found: Sequence["Near"]) -> list[EngineHit]:
    """Read what is shown of records; who may see them is asked once more where all hits are."""
    if not found:
        return []
    try:
        rows = RecordMeaning.objects.in_bulk([near.pk for near in found])
        passages = PassageVector.objects.defer("vector").in_bulk([near.piece for near in found])
    except DatabaseError as reason:
        logger.warning("Nothing is shown by meaning alone: %s", reason)
        return []
    # Written anew since it was ranked: it may be meant for others by now.
    same = [near for near in found if near.pk in rows and rows[near.pk].version == near.version]
    return [_hit(rows[near.pk], passages.get(near.piece)) for near in same]


def _hit(row: RecordMeaning, passage: PassageVector | None) -> EngineHit:
    shown = dict(row.shown)
    date = shown.pop("date")
    sections: tuple[FoundSection, ...] = ()
    if passage is not None and passage.text:
        sections = (FoundSection(passage.heading, passage.anchor, passage.number, passage.text),)
    day = datetime.date.fromisoformat(date) if date else None
    return EngineHit(kind=row.kind, id=row.object_id, **shown, date=day, sections=sections, section_count=1)


@lru_cache(maxsize=1)
def question_embedder() -> Embedder:
    """Return what turns this process' questions into vectors."""
    return ChildEmbedder()
