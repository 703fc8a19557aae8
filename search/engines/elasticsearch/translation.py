"""How the ranking tree, audiences and filters are said in Elasticsearch's words, with `elasticsearch.dsl`."""

from collections.abc import Iterable, Mapping

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.engines.base import Withheld
from search.engines.documents import NAMED_FACETS, record_key
from search.ranking import AllOf, AnyOf, BestOf, Constant, Node, Phrase, Term


def translate(node: Node | None, within: str = "") -> Query:
    """Say a ranking tree as a query; no tree means everything. `within` names the nested documents that are meant."""
    match node:
        case None:
            return Q("match_all")
        case Term(field, value, boost):
            return Q("term", **{f"{within}{field}": {"value": value, "boost": boost}})
        case Phrase(field, values, slop, boost):
            words = {"query": " ".join(values), "analyzer": "whitespace", "slop": slop, "boost": boost}
            return Q("match_phrase", **{f"{within}{field}": words})
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
