"""How the ranking tree, audiences and filters are said in Elasticsearch's words, with `elasticsearch.dsl`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.engines.base import Withheld
from search.engines.documents import NAMED_FACETS, record_key
from search.engines.elasticsearch.schema import GAP, GAPPED
from search.ranking import AllOf, AnyOf, BestOf, Constant, Node, Phrase, Term

#: Longer sequences have too many orders; few texts hold them in any other than their own.
_MOST_REORDERED = 4
#: How much a further order in which a text holds the words adds to the best one.
#: Measured: 0.35 adds too much, 0 too little to rank like the other engine (`manage.py bench_relevance`).
_FURTHER_ORDER = 0.2


def translate(node: Node | None, within: str = "") -> Query:
    """Say a ranking tree as a query; no tree means everything. `within` names the nested documents that are meant."""
    match node:
        case None:
            return Q("match_all")
        case Term(field, value, boost):
            return Q("term", **{f"{within}{field}": {"value": value, "boost": boost}})
        case Phrase(field, values, slop, boost):
            return _phrase(f"{within}{field}", values, slop, boost)
        case AnyOf(children):
            return Q("bool", should=[translate(child, within) for child in children], minimum_should_match=1)
        case AllOf(children, welcome):
            return Q(
                "bool",
                must=[translate(child, within) for child in children],
                should=[translate(child, within) for child in welcome],
            )
        case Constant(child, score):
            return Q("constant_score", filter=translate(child, within), boost=score)
        case BestOf(children, tie):
            return Q("dis_max", queries=[translate(child, within) for child in children], tie_breaker=tie)


def narrowed(query: Query, labels: Iterable[str], withheld: Withheld, *conditions: Query) -> Query:
    """Keep what an audience may see, without any effect on the scores."""
    excluded = []
    if withheld.records:
        excluded.append(Q("terms", key=[record_key(kind, pk) for kind, pk in sorted(withheld.records)]))
    if withheld.kinds:
        excluded.append(Q("terms", kind=sorted(withheld.kinds)))
    conditions = (Q("terms", audience=sorted(labels)), *conditions)
    return Q("bool", must=[query], filter=list(conditions), must_not=excluded)


def chosen(filters: Mapping[str, Iterable[str]], *, but: str | None = None) -> list[Query]:
    """Say what the reader chose, one facet left out."""
    return [Q("terms", **{facet: list(keys)}) for facet, keys in filters.items() if keys and facet != but]


def counted_field(facet: str) -> str:
    """Name the column that counts a facet: the one with labels, where there is one."""
    return f"{facet}_named" if facet in NAMED_FACETS else facet


def _phrase(field: str, words: Sequence[str], slop: int, boost: float) -> Query:
    """Say a phrase; a loose one in the few orders that its slop allows.

    The server's own slop counts a loose phrase for less than an exact one, which the other engine does not.
    """
    if not slop or len(words) > _MOST_REORDERED:
        return _in_order(field, words, slop, boost)
    orders = [_in_order(field, order, 0, boost) for order in (words, *_loosened(words, slop))]
    return Q("dis_max", queries=orders, tie_breaker=_FURTHER_ORDER)


def _in_order(field: str, words: Sequence[str], slop: int, boost: float) -> Query:
    said = {"query": " ".join(words), "analyzer": GAPPED, "slop": slop, "boost": boost}
    return Q("match_phrase", **{field: said})


def _loosened(words: Sequence[str], slop: int) -> Iterator[list[str]]:
    """Give a phrase with other words in one of its places, or with two neighbours exchanged, which is two steps."""
    for place in range(1, len(words)):
        for gap in range(1, slop + 1):
            yield [*words[:place], *[GAP] * gap, *words[place:]]
        if slop >= 2:
            yield [*words[: place - 1], words[place], words[place - 1], *words[place + 1 :]]
