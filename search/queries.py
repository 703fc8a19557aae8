"""What a reader may ask of the results page, and how an address says it; pure, without database or engine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

from search.language.tokens import tokenize

#: Unit: characters. Longer questions are cut, and the reader is told.
LONGEST_QUERY = 300
#: Nobody reads further, and an engine would have to sort everything before it.
LAST_PAGE = 100
MOST_CHOICES = 50

#: Facet → parameter of the address.
FACET_PARAMETERS = {
    "kind": "art",
    "field_of_action": "handlungsfeld",
    "topic": "thema",
    "municipality": "kommune",
    "spoken": "sprache",
    "service": "leistung",
    "year": "jahr",
}
_KEYS = {
    "kind": re.compile(r"[a-z_]{1,40}"),
    "field_of_action": re.compile(r"[\w-]{1,120}"),
    "topic": re.compile(r"[\w-]{1,120}"),
    "municipality": re.compile(r"[\w-]{1,40}"),
    "spoken": re.compile(r"[A-Za-z0-9-]{2,35}"),
    "service": re.compile(r"[a-z-]{1,40}"),
    "year": re.compile(r"[0-9]{4}"),
}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


class Order(StrEnum):
    """How hits are ordered; the values stand in addresses."""

    RELEVANCE = "relevanz"
    DATE = "datum"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of results, as its address names it."""

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    page: int = 1
    with_synonyms: bool = True
    with_repair: bool = True
    with_meaning: bool = True
    #: The query was longer than anybody reads; not part of the address.
    was_cut: bool = field(default=False, compare=False)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the address's parameters in their one order, defaults left out."""
        pairs = [("q", self.query)] if self.query else []
        for facet, name in FACET_PARAMETERS.items():
            pairs += [(name, key) for key in self.filters.get(facet, ())]
        if self.order is not Order.RELEVANCE:
            pairs.append(("sortierung", self.order.value))
        if not self.with_synonyms:
            pairs.append(("synonyme", "aus"))
        if not self.with_repair:
            pairs.append(("schreibung", "genau"))
        if not self.with_meaning:
            pairs.append(("bedeutung", "aus"))
        if self.page > 1:
            pairs.append(("seite", str(self.page)))
        return pairs

    @property
    def address(self) -> str:
        """Return the link from one page of results to this one."""
        return f"?{urlencode(self.parameters())}"

    @property
    def kept_on_asking(self) -> list[dict[str, str]]:
        """Return what another question asked on this page keeps: the filters and the order."""
        return self._hidden("q", "seite", "synonyme", "schreibung")

    @property
    def kept_on_filtering(self) -> list[dict[str, str]]:
        """Return what other filters chosen on this page keep: the question and the order."""
        return self._hidden("seite", *FACET_PARAMETERS.values())

    @property
    def unfiltered(self) -> "SearchRequest":
        """Return the same question without any filter."""
        return replace(self, filters={}, page=1)

    @property
    def literally(self) -> "SearchRequest":
        """Return the same question without repair of its spelling."""
        return replace(self, with_repair=False, page=1)

    @property
    def without_synonyms(self) -> "SearchRequest":
        """Return the same question with nothing but the words as written."""
        return replace(self, with_synonyms=False, page=1)

    @property
    def including_synonyms(self) -> "SearchRequest":
        """Return the same question with the words that mean the same."""
        return replace(self, with_synonyms=True, page=1)

    @property
    def without_meaning(self) -> "SearchRequest":
        """Return the same question answered by words alone."""
        return replace(self, with_meaning=False, page=1)

    @property
    def including_meaning(self) -> "SearchRequest":
        """Return the same question with what is alike in meaning."""
        return replace(self, with_meaning=True, page=1)

    def ordered_by(self, order: Order) -> "SearchRequest":
        """Return the same question in another order, from the first page."""
        return replace(self, order=order, page=1)

    def on_page(self, page: int) -> "SearchRequest":
        """Return the same question on another page."""
        return replace(self, page=page)

    def asking(self, query: str) -> "SearchRequest":
        """Return another question under the same filters, from the first page."""
        return replace(self, query=clean_query(query), page=1)

    def without(self, facet: str, key: str) -> "SearchRequest":
        """Return the same question with one choice taken back."""
        kept = {f: tuple(k for k in keys if (f, k) != (facet, key)) for f, keys in self.filters.items()}
        return replace(self, filters={f: keys for f, keys in kept.items() if keys}, page=1)

    def _hidden(self, *left_out: str) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in self.parameters() if name not in left_out]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a query: those that were quoted, and the others in their order."""

    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


def parse_request(parameters: Mapping[str, Iterable[str]]) -> SearchRequest:
    """Read an address strictly and without errors: what is not understood is as if it were not there."""
    raw = _last(parameters, "q")
    query = clean_query(raw)
    filters = {facet: _keys(facet, parameters.get(name, ())) for facet, name in FACET_PARAMETERS.items()}
    return SearchRequest(
        query=query,
        filters={facet: keys for facet, keys in filters.items() if keys},
        order=Order.DATE if _last(parameters, "sortierung") == Order.DATE else Order.RELEVANCE,
        page=_page(_last(parameters, "seite")),
        with_synonyms=_last(parameters, "synonyme") != "aus",
        with_repair=_last(parameters, "schreibung") != "genau",
        with_meaning=_last(parameters, "bedeutung") != "aus",
        was_cut=len(_spaced(raw)) > len(query),
    )


def clean_query(raw: str) -> str:
    """Return a query as it is kept: printable, single-spaced, not longer than anybody reads."""
    return _spaced(raw)[:LONGEST_QUERY].strip()


def read_wording(query: str) -> Wording:
    """Take a query apart; a quotation mark without its partner is no quotation."""
    phrases = [tuple(token.word for token in tokenize(match[1])) for match in _QUOTED.finditer(query)]
    unquoted = _QUOTED.sub(" ", query)
    return Wording(tuple(filter(None, phrases)), tuple(token.word for token in tokenize(unquoted)))


def _spaced(raw: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", raw).split())


def _last(parameters: Mapping[str, Iterable[str]], name: str) -> str:
    values = list(parameters.get(name, ()))
    return values[-1] if values else ""


def _keys(facet: str, raw: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key for key in raw if _KEYS[facet].fullmatch(key)}))[:MOST_CHOICES]


def _page(raw: str) -> int:
    return min(max(int(raw), 1), LAST_PAGE) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 1
