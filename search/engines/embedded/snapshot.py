"""What one moment of the embedded index answers."""

import datetime
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import tantivy

from search.engines.base import FACETS, EngineAnswer, EngineHit, EngineRequest, FacetCount, FoundSection, Held
from search.engines.embedded import translation
from search.engines.embedded.documents import owner_number, record_key
from search.engines.embedded.schema import RECORDS, SECTIONS, SEPARATOR
from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.spelling import Known, Vocabulary
from search.language.tokens import tokenize
from search.ranking import PARTS, QUOTED_FORM_WEIGHT, TEXT, Node, matching_tree, ranking_tree

#: How many values of one facet are counted; more than a reader can take in.
MOST_VALUES = 100
#: How many sections of one hit are named: the best one and a few further places.
MOST_SECTIONS = 4
#: How many sections of all shown hits together are looked at.
MOST_FOUND_SECTIONS = 2_000
#: How many of the best records are ordered by their best section too; what comes after is rarely looked at.
REORDERED = 50
#: Measured: 0.5 and 1 rank alike, 0 and 2 worse (`manage.py bench_relevance`).
SECTION_WEIGHT = 1.0
_Query = tantivy.Query


class EmbeddedSnapshot:
    """Answers everything about one page from the same state of the index."""

    def __init__(self, analyzer: Analyzer, records: tantivy.Searcher, sections: tantivy.Searcher) -> None:
        self.analyzer = analyzer
        self._records = records
        self._sections = sections
        self._vocabulary: Vocabulary | None = None

    def search(self, request: EngineRequest) -> EngineAnswer:
        """Count and filter records, then look up the best sections of the few that are shown."""
        tree = ranking_tree(request.sought, self.analyzer)
        query = translation.narrowed(translation.translate(tree, RECORDS), RECORDS, request.labels, request.filters)
        shown, count = self._shown(query, request)
        sections = self._sections_of(shown, request)
        hits = (_to_hit(stored, *sections.get(record_key(stored["kind"], stored["id"]), ())) for stored in shown)
        return EngineAnswer(count, tuple(hits), self._facets(tree, request))

    def _shown(self, query: tantivy.Query, request: EngineRequest) -> tuple[list[dict], int]:
        """Return the records of the page asked for and how many match.

        By relevance the first few pages are ordered by the record as a whole and by its best section together: a
        length that is spread over a whole paper must not bury the one section that answers.
        """
        end = request.offset + request.limit
        if request.newest_first or end > REORDERED or not request.sought.concepts:
            order = "day" if request.newest_first else None
            found = self._records.search(query, request.limit, offset=request.offset, order_by_field=order)
            return [self._stored(self._records, address) for _, address in found.hits], found.count
        found = self._records.search(query, REORDERED)
        scored = [(score, self._stored(self._records, address)) for score, address in found.hits]
        best = self._best_section_scores([stored for _, stored in scored], request)
        scored.sort(key=lambda pair: -(pair[0] + SECTION_WEIGHT * best.get(_owner(pair[1]), 0.0)))
        return [stored for _, stored in scored[request.offset : end]], found.count

    def _best_section_scores(self, candidates: Sequence[Mapping], request: EngineRequest) -> dict[int, float]:
        tree = ranking_tree(request.sought, self.analyzer)
        query = translation.narrowed(translation.translate(tree, SECTIONS), SECTIONS, request.labels)
        keys = [record_key(stored["kind"], stored["id"]) for stored in candidates]
        found = self._sections.search(translation.of_records(query, SECTIONS, keys), MOST_FOUND_SECTIONS, count=False)
        owners = self._sections.fast_field_values("owner", [address for _, address in found.hits])
        best: dict[int, float] = {}
        for owner, (score, _) in zip(owners, found.hits, strict=True):
            best.setdefault(owner, score)
        return best

    def knows(self, stem: str, labels: frozenset[str]) -> bool:
        """Tell whether a stem is visible to these audiences, as a word or inside a compound."""
        fields = [field for field in (TEXT, PARTS) if self._records.doc_freq(field, stem)]
        if not fields:
            return False
        terms = [(tantivy.Occur.Should, _Query.term_query(RECORDS, field, stem, "basic")) for field in fields]
        anywhere = _Query.const_score_query(_Query.boolean_query(terms), 0.0)
        return bool(self._records.search(translation.narrowed(anywhere, RECORDS, labels), 1, count=False).hits)

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Weigh stems as BM25 does (inverse document frequency over the sections)."""
        total = self._sections.num_docs
        return {stem: math.log(1 + total / (1 + self._sections.doc_freq(TEXT, stem))) for stem in stems}

    def vocabulary(self) -> Vocabulary:
        """Read all words from the index's dictionary; once per commit, and only when a word was misspelt."""
        if self._vocabulary is None:
            terms = self._records.terms_with_prefix("words", "")
            self._vocabulary = Vocabulary(Known(term.partition(SEPARATOR)[2], count) for term, count in terms)
        return self._vocabulary

    def uses(self, written: str, labels: frozenset[str]) -> int:
        """Count the records of these audiences that write this very word."""
        term = f"{fold(written)}{SEPARATOR}{written}"
        query = translation.narrowed(_Query.term_query(RECORDS, "words", term, "basic"), RECORDS, labels)
        return self._records.search(query, 1).count

    def suggest_titles(self, begun: str, labels: frozenset[str], limit: int) -> list[EngineHit]:
        """Find the begun words in titles; only the last one may still be incomplete."""
        words = [fold(token.word) for token in tokenize(begun)]
        if not words:
            return []
        *whole, last = words
        parts = [_Query.term_query(RECORDS, "title", word, "basic") for word in whole]
        parts.append(_Query.regex_query(RECORDS, "title", f"{last}.*"))
        both = _Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        found = self._records.search(translation.narrowed(both, RECORDS, labels), limit, count=False)
        return [_to_hit(self._stored(self._records, address)) for _, address in found.hits]

    def suggest_words(self, begun: str, labels: frozenset[str], limit: int) -> list[str]:
        """Complete the begun word with frequent ones; each spelling is counted for these audiences only."""
        everything = translation.narrowed(_Query.all_query(), RECORDS, labels)
        terms = self._records.terms_with_prefix("words", fold(begun), filter_query=everything, limit=4 * limit)
        best: dict[str, str] = {}
        for term, count in terms:
            folded, _, written = term.partition(SEPARATOR)
            if count:
                best.setdefault(folded, written)
        return list(best.values())[:limit]

    def held(self) -> Iterator[Held]:
        """List every record with the version and content it was written with."""
        count = self._records.num_docs
        if not count:
            return
        for _, address in self._records.search(_Query.all_query(), count, count=False).hits:
            stored = self._stored(self._records, address)
            yield Held(stored["kind"], stored["id"], stored["version"], stored["digest"])

    def _sections_of(
        self, shown: Sequence[Mapping], request: EngineRequest
    ) -> dict[str, tuple[tuple[FoundSection, ...], int]]:
        """Look up the best sections of all shown records at once, with how many there are of each."""
        tree = ranking_tree(request.sought, self.analyzer, QUOTED_FORM_WEIGHT)
        if tree is None or not shown:
            return {}
        keys = [record_key(stored["kind"], stored["id"]) for stored in shown]
        # The audience is asked again: a section may have been committed a moment before its record.
        query = translation.narrowed(translation.translate(tree, SECTIONS), SECTIONS, request.labels)
        found = self._sections.search(translation.of_records(query, SECTIONS, keys), MOST_FOUND_SECTIONS, count=False)
        addresses = [address for _, address in found.hits]
        by_owner: dict[int, list[tantivy.DocAddress]] = {}
        for owner, address in zip(self._sections.fast_field_values("owner", addresses), addresses, strict=True):
            by_owner.setdefault(owner, []).append(address)
        places = {key: by_owner.get(owner_number(key), []) for key in keys}
        return {key: (self._quotes(best[:MOST_SECTIONS]), len(best)) for key, best in places.items()}

    def _quotes(self, addresses: Iterable[tantivy.DocAddress]) -> tuple[FoundSection, ...]:
        return tuple(FoundSection(**self._stored(self._sections, address)) for address in addresses)

    def _facets(self, tree: Node | None, request: EngineRequest) -> dict[str, tuple[FacetCount, ...]]:
        """Count each facet under all choices but its own, so that a second choice can be added to the first."""
        matching = translation.translate(matching_tree(tree) if tree is not None else None, RECORDS)
        counted: dict[str, tuple[FacetCount, ...]] = {}
        chosen = {facet for facet, keys in request.filters.items() if keys}
        free = [facet for facet in FACETS if facet not in chosen]
        for facets, left_out in [(free, None), *(([facet], facet) for facet in FACETS if facet in chosen)]:
            filters = {facet: keys for facet, keys in request.filters.items() if facet != left_out}
            query = translation.narrowed(matching, RECORDS, request.labels, filters)
            counted |= self._count(query, facets)
        return {facet: counted[facet] for facet in FACETS}

    def _count(self, query: tantivy.Query, facets: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
        if not facets:
            return {}
        wanted = {f: {"terms": {"field": translation.counted_field(f), "size": MOST_VALUES}} for f in facets}
        answer = self._records.aggregate(query, wanted)
        return {facet: _facet_counts(answer[facet]["buckets"]) for facet in facets}

    @staticmethod
    def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict:
        return json.loads(bytes(searcher.doc(address).get_first("stored")))


def _owner(stored: Mapping) -> int:
    return owner_number(record_key(stored["kind"], stored["id"]))


def _to_hit(stored: Mapping, sections: tuple[FoundSection, ...] = (), section_count: int = 0) -> EngineHit:
    plain = {name: stored[name] for name in ("kind", "id", "url", "title", "summary")}
    origin = {name: stored[name] for name in ("organisation", "municipality", "edition")}
    date = datetime.date.fromisoformat(stored["date"]) if stored["date"] else None
    return EngineHit(**plain, **origin, date=date, sections=sections, section_count=section_count)


def _facet_counts(buckets: Iterable[Mapping]) -> tuple[FacetCount, ...]:
    """A renamed value stands under both labels until its last record is indexed again; they are counted as one."""
    merged: dict[str, FacetCount] = {}
    for bucket in buckets:
        key, _, label = bucket["key"].partition(SEPARATOR)
        before = merged.get(key)
        count = bucket["doc_count"] + (before.count if before else 0)
        merged[key] = FacetCount(key, before.label if before else label or key, count)
    return tuple(merged.values())
