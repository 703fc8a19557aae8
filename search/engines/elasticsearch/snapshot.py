"""What the server answers about one generation."""

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Protocol

from elasticsearch.dsl import A, Q, Search

from search.engines.answers import (
    MOST_SECTIONS,
    MOST_VALUES,
    Scored,
    facet_counts,
    key_of,
    page_of,
    to_hit,
    window,
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
        """Count and filter records, then look up the best sections of the few that may be shown."""
        # Asking first which stems are merely mentioned would cost a request and save nothing.
        tree = ranking_tree(request.sought, self.analyzer, is_mentioned=lambda stem: True)
        answer = self._asker.ask(self._records(tree, request))
        found = answer["hits"]
        candidates: list[Scored] = [(hit["_score"] or 0.0, hit["_source"]["shown"]) for hit in found["hits"]]
        sections = self._sections_of([shown for _, shown in candidates], request)
        best = {key: score for key, (score, _, _) in sections.items()}
        hits = tuple(_hit(shown, sections) for shown in page_of(candidates, best, request, self.analyzer))
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
        """Ask for the records and the facets at once; the choices narrow the hits after the facets were counted."""
        offset, limit = window(request)
        search = Search().query(narrowed(translate(tree), request.labels, self._withheld)).source(["shown"])
        search = search.extra(from_=offset, size=limit, track_total_hits=True)
        if request.newest_first:
            search = search.sort({"day": "desc"}, {"key": "asc"})
        choices = chosen(request.filters)
        if choices:
            search = search.post_filter(Q("bool", filter=choices))
        free = [facet for facet in FACETS if not request.filters.get(facet)]
        together = search.aggs.bucket(_ALL_CHOICES, "filter", Q("bool", filter=choices))
        for facet in free:
            together.bucket(facet, _terms(facet))
        # A chosen facet is counted under all choices but its own, so that a second choice can be added to the first.
        for facet in FACETS:
            if facet not in free:
                others = Q("bool", filter=chosen(request.filters, but=facet))
                search.aggs.bucket(facet, "filter", others).bucket(facet, _terms(facet))
        return search

    def _sections_of(self, shown: Sequence[Mapping], request: EngineRequest) -> dict[str, tuple[float, list, int]]:
        """Return for each record the score of its best section, its best sections and how many match; asides last."""
        tree = ranking_tree(request.sought, self.analyzer, QUOTED_FORM_WEIGHT, is_mentioned=lambda stem: False)
        if tree is None or not shown:
            return {}
        # In sections only stems decide what matches, as for the records.
        wanted = {
            "size": MOST_SECTIONS,
            "sort": [{f"{_WITHIN}aside": "asc"}, "_score"],
            "_source": [f"{_WITHIN}shown"],
        }
        nested = Q("nested", path=SECTIONS, query=_required(tree), score_mode="none", inner_hits=wanted)
        these = Q("terms", key=[key_of(record) for record in shown])
        # The audience is asked again: a record may have been withdrawn a moment ago.
        query = narrowed(Q("constant_score", filter=nested), request.labels, self._withheld, these)
        search = Search().query(query).source(["_"]).extra(size=len(shown), track_total_hits=False)
        search = search.extra(docvalue_fields=["key"])
        found = self._asker.ask(search)["hits"]["hits"]
        return {hit["fields"]["key"][0]: _places(hit["inner_hits"][SECTIONS]["hits"]) for hit in found}


def _required(tree: Node) -> Q:
    return translate(tree, _WITHIN)


def _places(inner: Mapping) -> tuple[float, list[FoundSection], int]:
    hits = inner["hits"]
    sections = [FoundSection(**hit["_source"]["shown"]) for hit in hits]
    return (hits[0]["sort"][1] if hits else 0.0), sections, inner["total"]["value"]


def _hit(shown: Mapping, sections: Mapping[str, tuple[float, list, int]]) -> EngineHit:
    _, places, count = sections.get(key_of(shown), (0.0, [], 0))
    return to_hit(shown, tuple(places), count)


def _terms(facet: str) -> A:
    return A("terms", field=counted_field(facet), size=MOST_VALUES)


def _facets(counted: Mapping, filters: Mapping[str, Iterable[str]]) -> dict[str, tuple[FacetCount, ...]]:
    def buckets(facet: str) -> list:
        group = counted[facet] if filters.get(facet) else counted[_ALL_CHOICES]
        return group[facet]["buckets"]

    return {facet: facet_counts(buckets(facet)) for facet in FACETS}
