"""One page of results for one reader: asked of the engine, checked against the database, ready for a template."""

import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from portal.shared.visibility import labels_for
from search.asking import ask
from search.editors import editor_question_url
from search.engines.base import EngineHit, EngineRequest, EngineUnavailable, FoundSection, Snapshot
from search.language.highlights import Segment, Wanted, find_matches, segments
from search.language.passages import best_passage
from search.queries import LAST_PAGE, Order, SearchRequest
from search.ranking import Sought, wanted
from search.refinements import FacetChoice, FacetView, Link, chosen_values, facet_views, orders, questions
from search.registry import registry
from search.semantics.answering import Meant, search_with_meaning
from search.thesaurus import current_thesaurus
from search.understanding import Understanding, understand

logger = logging.getLogger(__name__)
PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a hit, with its address."""

    heading: str
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit as the page shows it."""

    kind: str
    kind_label: str
    id: str
    url: str
    title: tuple[Segment, ...]
    date: datetime.date | None
    #: Where it comes from: organisation and municipality, as far as known.
    origin: tuple[str, ...]
    edition: str
    passage: tuple[Segment, ...]
    place: Place | None
    further_places: tuple[Place, ...]
    #: How many sections answer the query besides the one that is quoted.
    further_count: int


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the results page says."""

    request: SearchRequest
    total: int = 0
    hits: tuple[HitView, ...] = ()
    #: Found by meaning alone; part of no count.
    related: tuple[HitView, ...] = ()
    #: Meaning had a say in the order of the hits.
    is_by_meaning: bool = False
    facets: tuple[FacetView, ...] = ()
    chosen: tuple[FacetChoice, ...] = ()
    orders: tuple[Link, ...] = ()
    #: The query spelt better, where the one that was asked found something as well.
    offered: tuple[Link, ...] = ()
    #: What an ambiguous query may mean, each as a question of its own.
    meanings: tuple[Link, ...] = ()
    #: Broader and related words to try when nothing was found.
    neighbours: tuple[Link, ...] = ()
    understanding: Understanding | None = None
    last_page: int = 1
    question_url: str | None = None
    #: The engine could not answer; that is no answer of "nothing found".
    is_outage: bool = False
    #: The standby answered, because the server could not.
    is_from_standby: bool = False

    @property
    def is_without_meaning(self) -> bool:
        """Tell whether the reader left out the meaning, where it would count."""
        return settings.SEARCH_SEMANTICS and not self.request.with_meaning

    @property
    def searched_query(self) -> str:
        """Return the query as it was searched, misspelt words replaced."""
        return (self.understanding and self.understanding.repaired_query) or self.request.query


def results_page(request: SearchRequest, user) -> ResultsPage:
    """Answer a request for a reader; when the engine is out of order, say so instead of failing."""
    question_url = editor_question_url(request.query)
    try:
        found = ask(lambda snapshot: _answered(request, user, snapshot))
        return replace(found.value, question_url=question_url, is_from_standby=found.is_from_standby)
    except EngineUnavailable:
        logger.exception("The search engine cannot answer.")
        return ResultsPage(request, question_url=question_url, is_outage=True)


def _answered(request: SearchRequest, user, snapshot: Snapshot) -> ResultsPage:
    labels = labels_for(user)
    understanding = understand(request, snapshot, current_thesaurus(snapshot.analyzer), labels)
    if request.query and understanding.sought == Sought():
        # Signs without a letter or digit ask for nothing, which is not the same as asking for everything.
        return ResultsPage(request, understanding=understanding)
    meant = _searched(request, understanding, labels, snapshot)
    answer = meant.answer
    last_page = min(max(-(-answer.total // PAGE_SIZE), 1), LAST_PAGE)
    if request.page > last_page:
        request = request.on_page(last_page)
        meant = _searched(request, understanding, labels, snapshot)
        answer = meant.answer
    facets = facet_views(answer.facets, request)
    return ResultsPage(
        request=request,
        total=answer.total,
        hits=_hit_views(answer.hits, user, understanding, snapshot),
        related=_hit_views(meant.related, user, understanding, snapshot) if meant.related else (),
        is_by_meaning=meant.is_by_meaning,
        facets=facets,
        chosen=chosen_values(facets, request),
        orders=orders(request),
        offered=questions(filter(None, (understanding.offered_query,)), request),
        meanings=questions((term.preferred for term in understanding.meanings), request.unfiltered),
        neighbours=questions(understanding.neighbours, request.unfiltered),
        understanding=understanding,
        last_page=last_page,
    )


def engine_request(request: SearchRequest, understanding: Understanding, labels: frozenset[str]) -> EngineRequest:
    """Return what the engine is asked for a page of results.

    A kind that no room announces (any more) finds nothing: as if it were not there, a saved search for it would
    suddenly find everything.
    """
    return EngineRequest(
        labels=labels,
        sought=understanding.sought,
        filters=request.filters,
        newest_first=request.order is Order.DATE or not request.query,
        offset=(request.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )


def _searched(
    request: SearchRequest, understanding: Understanding, labels: frozenset[str], snapshot: Snapshot
) -> Meant:
    question = (understanding.repaired_query or request.query) if request.with_meaning else ""
    return search_with_meaning(snapshot, engine_request(request, understanding, labels), question)


def _hit_views(
    hits: Sequence[EngineHit], user, understanding: Understanding, snapshot: Snapshot
) -> tuple[HitView, ...]:
    sought = wanted(understanding.sought, snapshot.analyzer)
    stems = sought.words | sought.synonyms | sought.parts | {stem for phrase in sought.phrases for stem in phrase}
    rarity = snapshot.rarity(stems)
    return tuple(_hit_view(hit, sought, rarity, snapshot) for hit in still_visible(hits, user))


def still_visible(hits: Sequence[EngineHit], user) -> list[EngineHit]:
    """Ask the database once more for each hit: what was withdrawn a moment ago must not be shown."""
    ids_by_kind: dict[str, list[str]] = {}
    for hit in hits:
        ids_by_kind.setdefault(hit.kind, []).append(hit.id)
    visible = {(kind, pk) for kind, ids in ids_by_kind.items() for pk in _visible_ids(kind, ids, user)}
    return [hit for hit in hits if (hit.kind, hit.id) in visible]


def _visible_ids(kind: str, ids: Iterable[str], user) -> set[str]:
    registration = registry.get(kind)
    return registration.visible_to(user, ids) if registration else set()


def _hit_view(hit: EngineHit, sought: Wanted, rarity: dict[str, float], snapshot: Snapshot) -> HitView:
    section, passage = _best_section(hit, sought, rarity, snapshot)
    others = [found for found in hit.sections if found is not section]
    return HitView(
        kind=hit.kind,
        kind_label=str(registry.get(hit.kind).label),
        id=hit.id,
        url=hit.url,
        title=tuple(segments(hit.title, find_matches(hit.title, snapshot.analyzer, sought))),
        date=hit.date,
        origin=tuple(dict.fromkeys(filter(None, (hit.organisation, hit.municipality)))),
        edition=hit.edition,
        passage=passage,
        place=_place(hit, section) if section and section.heading else None,
        further_places=tuple(_place(hit, found) for found in others if found.heading),
        further_count=max(hit.section_count - 1, 0),
    )


def _best_section(
    hit: EngineHit, sought: Wanted, rarity: dict[str, float], snapshot: Snapshot
) -> tuple[FoundSection | None, tuple[Segment, ...]]:
    """Quote the section with the most telling sentences; a hit by its title alone is introduced by its summary."""
    sections = [found for found in hit.sections if not found.is_aside] or hit.sections
    quotes = [(best_passage(found.text, snapshot.analyzer, sought, rarity), found) for found in sections]
    if not quotes:
        return None, tuple(best_passage(hit.summary, snapshot.analyzer, sought, rarity)[0])
    (passage, _), section = max(quotes, key=lambda quote: quote[0][1])
    return section, tuple(passage)


def _place(hit: EngineHit, section: FoundSection) -> Place:
    return Place(section.heading, section.number, f"{hit.url}#{section.anchor}" if section.anchor else hit.url)
