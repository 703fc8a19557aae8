"""How found records become a page of hits; the same for every engine, so that they order and count alike."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from search.engines.base import EngineHit, EngineRequest, FacetCount, FoundSection
from search.engines.documents import SEPARATOR, record_key
from search.language.analysis import Analyzer
from search.language.tokens import words_of

#: How many values of one facet are counted; more than a reader can take in.
MOST_VALUES = 100
#: How many sections of one hit are named: the best one and a few further places.
MOST_SECTIONS = 4
#: How many of the best records are ordered by their best section too; what comes after is rarely looked at.
REORDERED = 30
#: Measured: 0.5 and 1 rank alike, 0 and 2 worse (`manage.py bench_relevance`).
SECTION_WEIGHT = 0.5
#: A record as it is shown, with the score it has as a whole.
Scored = tuple[float, Mapping]


def window(request: EngineRequest) -> tuple[int, int]:
    """Return offset and number of the records to fetch: more than are shown where their order is still open."""
    return (0, REORDERED) if is_reordered(request) else (request.offset, request.limit)


def is_reordered(request: EngineRequest) -> bool:
    """Tell whether the page asked for is among those that are ordered by their best sections too."""
    by_relevance = bool(request.sought.concepts) and not request.newest_first
    return by_relevance and request.offset + request.limit <= REORDERED


def key_of(shown: Mapping) -> str:
    """Name the record that is shown."""
    return record_key(shown["kind"], shown["id"])


def page_of(
    candidates: Sequence[Scored], best_sections: Mapping[str, float], request: EngineRequest, analyzer: Analyzer
) -> list[Mapping]:
    """Order the first few pages by the record as a whole and by its best section together.

    Its length must not bury a whole paper whose one section answers. What bears exactly the name that was asked
    for comes first, whatever else mentions it. Asides lift no record.
    """
    if not is_reordered(request):
        return [shown for _, shown in candidates]
    name = name_sought(request, analyzer)

    def merit(candidate: Scored) -> tuple[bool, float]:
        score, shown = candidate
        title = words_of(shown["title"])
        # Counted first, because analysing thirty titles takes longer than searching.
        is_named = len(title) == len(name) and _forms(title, analyzer) == name
        return is_named, score + SECTION_WEIGHT * best_sections.get(key_of(shown), 0.0)

    best_first = sorted(candidates, key=merit, reverse=True)
    return [shown for _, shown in best_first[request.offset : request.offset + request.limit]]


def name_sought(request: EngineRequest, analyzer: Analyzer) -> list[str]:
    """Return the forms of the words asked for, to be compared with those of a whole title."""
    return _forms(request.sought.sequence, analyzer)


def to_hit(shown: Mapping, sections: tuple[FoundSection, ...] = (), section_count: int = 0) -> EngineHit:
    """Make the hit of a record."""
    plain = {name: shown[name] for name in ("kind", "id", "url", "title", "summary")}
    origin = {name: shown[name] for name in ("organisation", "municipality", "edition")}
    date = datetime.date.fromisoformat(shown["date"]) if shown["date"] else None
    return EngineHit(**plain, **origin, date=date, sections=sections, section_count=section_count)


def facet_counts(buckets: Iterable[Mapping]) -> tuple[FacetCount, ...]:
    """A renamed value stands under both labels until its last record is indexed again; they are counted as one."""
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    for bucket in buckets:
        key, _, label = bucket["key"].partition(SEPARATOR)
        labels.setdefault(key, label or key)
        counts[key] = counts.get(key, 0) + bucket["doc_count"]
    return tuple([FacetCount(key, labels[key], count) for key, count in counts.items()])


def _forms(words: Iterable[str], analyzer: Analyzer) -> list[str]:
    return [analyzer.word(word).form for word in words]
