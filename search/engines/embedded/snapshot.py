"""What one moment of the embedded index answers."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy

import tantivy

from search.engines.answers import MOST_SECTIONS, MOST_VALUES, Scored, facet_counts, key_of, page_of, to_hit, window
from search.engines.base import FACETS, EngineAnswer, EngineHit, EngineRequest, FacetCount, FoundSection, Held, Withheld
from search.engines.documents import SEPARATOR
from search.engines.embedded import translation
from search.engines.embedded.damage import unavailable_on_damage
from search.engines.embedded.documents import owner_number
from search.engines.embedded.schema import RECORDS, SECTIONS
from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.spelling import Known, Vocabulary
from search.language.tokens import tokenize
from search.ranking import MENTIONS, PARTS, QUOTED_FORM_WEIGHT, TEXT, Node, matching_tree, ranking_tree

#: How many sections of all shown hits together are looked at.
MOST_FOUND_SECTIONS = 2_000
_Query = tantivy.Query
#: A section of a record with what it adds to the record's score; asides add nothing.
_Place = tuple[float, tantivy.DocAddress]


class EmbeddedSnapshot:
    """Answers everything about one page from the same state of the index."""

    def __init__(self, analyzer: Analyzer, records: tantivy.Searcher, sections: tantivy.Searcher) -> None:
        self.analyzer = analyzer
        self._records = records
        self._sections = sections
        self._vocabulary: Vocabulary | None = None
        self._withheld = translation.NOTHING_WITHHELD
        #: The snapshot as it was opened, which reads the vocabulary for all its variants.
        self._opened = self

    def without(self, withheld: Withheld) -> "EmbeddedSnapshot":
        """Return the same moment as if some records were not there."""
        variant = copy(self)
        variant._withheld = withheld
        return variant

    def _narrowed(
        self,
        query: tantivy.Query,
        schema: tantivy.Schema,
        labels: Iterable[str],
        filters: Mapping[str, Iterable[str]] | None = None,
    ) -> tantivy.Query:
        # Sections follow their records, which were withheld already.
        withheld = self._withheld if schema is RECORDS else translation.NOTHING_WITHHELD
        return translation.narrowed(query, schema, labels, filters, withheld)

    @unavailable_on_damage()
    def search(self, request: EngineRequest) -> EngineAnswer:
        """Count and filter records, then look up the best sections of the few that may be shown."""
        tree = ranking_tree(request.sought, self.analyzer, is_mentioned=self._is_mentioned)
        query = self._narrowed(translation.translate(tree, RECORDS), RECORDS, request.labels, request.filters)
        # Facets are counted beside the search: tantivy lets go of the interpreter's lock meanwhile.
        with ThreadPoolExecutor(1) as beside:
            facets = beside.submit(self._facets, tree, request)
            candidates, count = self._candidates(query, request)
            sections = self._sections_of([candidate for _, candidate in candidates], request)
        best = {key_of(stored): places[0][0] for _, stored in candidates if (places := sections.get(_owner(stored)))}
        shown = page_of(candidates, best, request, self.analyzer)
        hits = tuple(self._hit(stored, sections.get(_owner(stored), [])) for stored in shown)
        return EngineAnswer(count, hits, facets.result())

    def _is_mentioned(self, stem: str) -> bool:
        return bool(self._records.doc_freq(MENTIONS, stem))

    def _candidates(self, query: tantivy.Query, request: EngineRequest) -> tuple[list[Scored], int]:
        """Return the scored records among which the page asked for is, and how many match at all."""
        order = "day" if request.newest_first else None
        offset, limit = window(request)
        found = self._records.search(query, limit, offset=offset, order_by_field=order)
        return [(score, self._stored(self._records, address)) for score, address in found.hits], found.count

    def _hit(self, stored: Mapping, places: list[_Place]) -> EngineHit:
        quotes = [FoundSection(**self._stored(self._sections, address)) for _, address in places[:MOST_SECTIONS]]
        return to_hit(stored, tuple(quotes), len(places))

    @unavailable_on_damage()
    def known(self, stems: Iterable[str], labels: frozenset[str]) -> frozenset[str]:
        """Return the stems visible to these audiences, as a word, inside a compound or merely mentioned."""
        return frozenset(stem for stem in stems if self._knows(stem, labels))

    def _knows(self, stem: str, labels: frozenset[str]) -> bool:
        fields = [field for field in (TEXT, PARTS, MENTIONS) if self._records.doc_freq(field, stem)]
        if not fields:
            return False
        terms = [(tantivy.Occur.Should, _Query.term_query(RECORDS, field, stem, "basic")) for field in fields]
        anywhere = _Query.const_score_query(_Query.boolean_query(terms), 0.0)
        return bool(self._records.search(self._narrowed(anywhere, RECORDS, labels), 1, count=False).hits)

    @unavailable_on_damage()
    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Weigh stems as BM25 does (inverse document frequency over the sections)."""
        total = self._sections.num_docs
        return {stem: math.log(1 + total / (1 + self._sections.doc_freq(TEXT, stem))) for stem in stems}

    @unavailable_on_damage()
    def vocabulary(self, beginning: str) -> Vocabulary:
        """Read all words from the index's dictionary; once per commit, and only when a word was misspelt."""
        if self._opened._vocabulary is None:
            terms = self._records.terms_with_prefix("words", "")
            words = (Known(term.partition(SEPARATOR)[2], count) for term, count in terms)
            self._opened._vocabulary = Vocabulary(words)
        return self._opened._vocabulary

    @unavailable_on_damage()
    def uses(self, written: Iterable[str], labels: frozenset[str]) -> dict[str, int]:
        """Count for each word the records of these audiences that write it just so."""
        return {word: self._uses(word, labels) for word in written}

    def _uses(self, written: str, labels: frozenset[str]) -> int:
        term = f"{fold(written)}{SEPARATOR}{written}"
        query = self._narrowed(_Query.term_query(RECORDS, "words", term, "basic"), RECORDS, labels)
        return self._records.search(query, 1).count

    @unavailable_on_damage()
    def suggest_titles(self, begun: str, labels: frozenset[str], limit: int) -> list[EngineHit]:
        """Find the begun words in titles; only the last one may still be incomplete."""
        words = [fold(token.word) for token in tokenize(begun)]
        if not words:
            return []
        *whole, last = words
        parts = [_Query.term_query(RECORDS, "title", word, "basic") for word in whole]
        parts.append(_Query.regex_query(RECORDS, "title", f"{last}.*"))
        both = _Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        found = self._records.search(self._narrowed(both, RECORDS, labels), limit, count=False)
        return [to_hit(self._stored(self._records, address)) for _, address in found.hits]

    def held(self) -> Iterator[Held]:
        """List every record with the version and content it was written with."""
        count = self._records.num_docs
        if not count:
            return
        for _, address in self._records.search(_Query.all_query(), count, count=False).hits:
            stored = self._stored(self._records, address)
            yield Held(stored["kind"], stored["id"], stored["version"], stored["digest"])

    def _sections_of(self, candidates: Sequence[Mapping], request: EngineRequest) -> dict[int, list[_Place]]:
        """Look up the matching sections of all candidates at once: of each record the best ones first, asides last."""
        tree = ranking_tree(request.sought, self.analyzer, QUOTED_FORM_WEIGHT, is_mentioned=lambda stem: False)
        if tree is None or not candidates:
            return {}
        keys = [key_of(stored) for stored in candidates]
        # The audience is asked again: a section may have been committed a moment before its record.
        query = self._narrowed(translation.translate(tree, SECTIONS), SECTIONS, request.labels)
        found = self._sections.search(translation.of_records(query, SECTIONS, keys), MOST_FOUND_SECTIONS, count=False)
        addresses = [address for _, address in found.hits]
        owners, asides = (self._sections.fast_field_values(name, addresses) for name in ("owner", "aside"))
        by_owner: dict[int, list[_Place]] = {}
        places = zip(asides, owners, found.hits, strict=True)
        for aside, owner, (score, address) in sorted(places, key=lambda found: found[0]):
            by_owner.setdefault(owner, []).append((0.0 if aside else score, address))
        return by_owner

    def _facets(self, tree: Node | None, request: EngineRequest) -> dict[str, tuple[FacetCount, ...]]:
        """Count each facet under all choices but its own, so that a second choice can be added to the first."""
        matching = translation.translate(matching_tree(tree) if tree is not None else None, RECORDS)
        counted: dict[str, tuple[FacetCount, ...]] = {}
        chosen = {facet for facet, keys in request.filters.items() if keys}
        free = [facet for facet in FACETS if facet not in chosen]
        for facets, left_out in [(free, None), *(([facet], facet) for facet in FACETS if facet in chosen)]:
            filters = {facet: keys for facet, keys in request.filters.items() if facet != left_out}
            query = self._narrowed(matching, RECORDS, request.labels, filters)
            counted |= self._count(query, facets)
        return {facet: counted[facet] for facet in FACETS}

    def _count(self, query: tantivy.Query, facets: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
        if not facets:
            return {}
        wanted = {f: {"terms": {"field": translation.counted_field(f), "size": MOST_VALUES}} for f in facets}
        answer = self._records.aggregate(query, wanted)
        return {facet: facet_counts(answer[facet]["buckets"]) for facet in facets}

    @staticmethod
    def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict:
        return json.loads(bytes(searcher.doc(address).get_first("stored")))


def _owner(stored: Mapping) -> int:
    return owner_number(key_of(stored))
