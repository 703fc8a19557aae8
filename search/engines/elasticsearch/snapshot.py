"""What the server answers about one generation."""

import math
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Protocol

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.engines.answers import (
    MOST_SECTIONS,
    MOST_VALUES,
    REORDERED,
    SECTION_WEIGHT,
    facet_counts,
    is_reordered,
    name_sought,
    to_hit,
)
from search.engines.base import FACETS, EngineAnswer, EngineHit, EngineRequest, FacetCount, FoundSection, Withheld
from search.engines.documents import SEPARATOR
from search.engines.elasticsearch.schema import SECTIONS
from search.engines.elasticsearch.translation import chosen, counted_field, narrowed, translate
from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.spelling import Vocabulary
from search.language.tokens import tokenize
from search.ranking import MENTIONS, PARTS, QUOTED_FORM_WEIGHT, TEXT, Node, ranking_tree

_ALL_CHOICES = "all choices"
_WITHIN = f"{SECTIONS}."
#: No text earns as much, so that what bears exactly the name that was asked for comes first.
_ABOVE_ALL = 1_000.0


class Asker(Protocol):
    """Sends a search to the generation of a snapshot."""

    def ask(self, search: Search) -> Mapping:
        """Return the server's answer; raises EngineUnavailable."""

    def vocabulary(self, beginning: str) -> Vocabulary:
        """Return the words with this first letter."""


class ElasticsearchSnapshot:
    """Answers everything about one page with one generation's analysis."""

    def __init__(self, analyzer: Analyzer, asker: Asker) -> None:
        self.analyzer = analyzer
        self._asker = asker
        self._withheld = Withheld()

    def without(self, withheld: Withheld) -> "ElasticsearchSnapshot":
        """Return the same moment as if some records were not there."""
        variant = copy(self)
        variant._withheld = withheld
        return variant

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Count, filter and order records and quote the best sections of those that are shown, all in one request."""
        # Asking first which stems are merely mentioned would cost a request and save nothing.
        tree = ranking_tree(request.sought, self.analyzer, is_mentioned=lambda stem: True)
        answer = self._asker.ask(self._records(tree, request))
        found = answer["hits"]
        hits = tuple(_hit(hit) for hit in found["hits"])
        return EngineAnswer(found["total"]["value"], hits, _facets(answer["aggregations"], request.filters))

    def known(self, stems: Iterable[str], labels: frozenset[str]) -> frozenset[str]:
        """Return the stems visible to these audiences, as a word, inside a compound or merely mentioned."""
        terms = {
            stem: Q("bool", should=[Q("term", **{field: stem}) for field in (TEXT, PARTS, MENTIONS)]) for stem in stems
        }
        return frozenset(stem for stem, count in self._count_each(terms, labels).items() if count)

    def uses(self, written: Iterable[str], labels: frozenset[str]) -> dict[str, int]:
        """Count for each word the records of these audiences that write it just so."""
        terms = {word: Q("term", words=f"{fold(word)}{SEPARATOR}{word}") for word in written}
        return self._count_each(terms, labels)

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Weigh stems by how rare they were when the lexicon was frozen, which no request has to be sent for."""
        frequencies = self.analyzer.lexicon.stem_frequencies
        total = self.analyzer.lexicon.largest_frequency
        return {stem: math.log(1 + total / (1 + frequencies.get(stem, 0))) for stem in stems}

    def vocabulary(self, beginning: str) -> Vocabulary:
        """Return the words with this first letter."""
        return self._asker.vocabulary(beginning)

    def suggest_titles(self, begun: str, labels: frozenset[str], limit: int) -> list[EngineHit]:
        """Find the begun words in titles; only the last one may still be incomplete."""
        words = [fold(token.word) for token in tokenize(begun)]
        if not words:
            return []
        *whole, last = words
        parts = [*(Q("term", title=word) for word in whole), Q("prefix", title=last)]
        query = narrowed(Q("bool", must=parts), labels, self._withheld)
        answer = self._asker.ask(Search().query(query).source(["shown"]).extra(size=limit, track_total_hits=False))
        return [to_hit(hit["_source"]["shown"]) for hit in answer["hits"]["hits"]]

    def _count_each(self, terms: Mapping[str, Q], labels: frozenset[str]) -> dict[str, int]:
        if not terms:
            return {}
        wanted = list(terms)
        any_of_them = Q("bool", should=list(terms.values()), minimum_should_match=1)
        search = Search().query(narrowed(Q("constant_score", filter=any_of_them), labels, self._withheld))
        search.aggs.bucket("each", A("filters", filters={str(place): terms[w] for place, w in enumerate(wanted)}))
        buckets = self._asker.ask(search.extra(size=0, track_total_hits=False))["aggregations"]["each"]["buckets"]
        return {word: buckets[str(place)]["doc_count"] for place, word in enumerate(wanted)}

    def _records(self, tree: Node | None, request: EngineRequest) -> Search:
        """Ask for the hits and the facets at once; the choices narrow the hits after the facets were counted."""
        within = ranking_tree(request.sought, self.analyzer, QUOTED_FORM_WEIGHT, is_mentioned=lambda stem: False)
        # In sections only stems decide what matches, as for the records.
        sections = translate(within, _WITHIN) if within is not None else None
        search = Search().query(narrowed(translate(tree), request.labels, self._withheld)).source(["shown"])
        search = search.extra(from_=request.offset, size=request.limit, track_total_hits=True)
        if request.newest_first:
            search = search.sort({"day": "desc"}, {"key": "asc"})
        elif sections is not None and is_reordered(request):
            search = search.extra(rescore=self._reordering(sections, request))
        choices = chosen(request.filters)
        search = search.post_filter(Q("bool", filter=choices or [Q("match_all")], should=_quoted(sections)))
        _count_facets(search, request, choices)
        return search

    def _reordering(self, sections: Query, request: EngineRequest) -> list[dict]:
        """Say how the first few pages are ordered, as `search.engines.answers.page_of` does it."""
        not_aside = Q("bool", must=[sections], filter=[Q("term", **{f"{_WITHIN}aside": False})])
        best = Q("nested", path=SECTIONS, query=not_aside, score_mode="max")
        named = Q("term", name=" ".join(name_sought(request, self.analyzer)))
        return [
            _rescored(best, SECTION_WEIGHT),
            _rescored(Q("constant_score", filter=named), _ABOVE_ALL),
        ]


def _rescored(query: Query, weight: float) -> dict:
    asked = {"rescore_query": query.to_dict(), "rescore_query_weight": weight}
    return {"window_size": REORDERED, "query": asked}


def _quoted(sections: Query | None) -> list[Query]:
    """Fetch the best matching sections of what is shown, asides last.

    Beside a filter, an alternative decides nothing, so the server looks for sections in the shown records alone.
    """
    if sections is None:
        return []
    wanted = {
        "size": MOST_SECTIONS,
        "sort": [{f"{_WITHIN}aside": "asc"}, "_score"],
        "_source": [f"{_WITHIN}shown"],
    }
    return [Q("nested", path=SECTIONS, query=sections, score_mode="none", inner_hits=wanted)]


def _count_facets(search: Search, request: EngineRequest, choices: list[Query]) -> None:
    free = [facet for facet in FACETS if not request.filters.get(facet)]
    together = search.aggs.bucket(_ALL_CHOICES, "filter", Q("bool", filter=choices))
    for facet in free:
        together.bucket(facet, _terms(facet))
    # A chosen facet is counted under all choices but its own, so that a second choice can be added to the first.
    for facet in FACETS:
        if facet not in free:
            others = Q("bool", filter=chosen(request.filters, but=facet))
            search.aggs.bucket(facet, "filter", others).bucket(facet, _terms(facet))


def _hit(hit: Mapping) -> EngineHit:
    inner = hit.get("inner_hits", {}).get(SECTIONS, {"hits": {"hits": [], "total": {"value": 0}}})["hits"]
    places = tuple(FoundSection(**place["_source"]["shown"]) for place in inner["hits"])
    return to_hit(hit["_source"]["shown"], places, inner["total"]["value"])


def _terms(facet: str) -> A:
    return A("terms", field=counted_field(facet), size=MOST_VALUES)


def _facets(counted: Mapping, filters: Mapping[str, Iterable[str]]) -> dict[str, tuple[FacetCount, ...]]:
    def buckets(facet: str) -> list:
        group = counted[facet] if filters.get(facet) else counted[_ALL_CHOICES]
        return group[facet]["buckets"]

    return {facet: facet_counts(buckets(facet)) for facet in FACETS}
