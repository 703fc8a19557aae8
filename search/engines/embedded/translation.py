"""How the ranking tree, audiences and filters are said in tantivy's words."""

from collections.abc import Iterable, Mapping

import tantivy

from search.engines.base import Withheld
from search.engines.documents import NAMED_FACETS, record_key
from search.ranking import AllOf, AnyOf, BestOf, Constant, Node, Phrase, Term

_Query = tantivy.Query
_MUST = tantivy.Occur.Must
_MUST_NOT = tantivy.Occur.MustNot
_SHOULD = tantivy.Occur.Should
NOTHING_WITHHELD = Withheld()


def translate(node: Node | None, schema: tantivy.Schema) -> tantivy.Query:
    """Say a ranking tree as a query; no tree means everything."""
    match node:
        case None:
            return _Query.const_score_query(_Query.all_query(), 0.0)
        case Term(field, value, boost):
            return _boosted(_Query.term_query(schema, field, value, "freq"), boost)
        case Phrase(field, values, slop, boost):
            return _boosted(_Query.phrase_query(schema, field, list(values), slop), boost)
        case AnyOf(children):
            return _Query.boolean_query([(_SHOULD, translate(child, schema)) for child in children])
        case AllOf(children, welcome):
            required = [(_MUST, translate(child, schema)) for child in children]
            return _Query.boolean_query([*required, *((_SHOULD, translate(child, schema)) for child in welcome)])
        case Constant(child, score):
            return _Query.const_score_query(translate(child, schema), score)
        case BestOf(children, tie):
            return _Query.disjunction_max_query([translate(child, schema) for child in children], tie)


def narrowed(
    query: tantivy.Query,
    schema: tantivy.Schema,
    labels: Iterable[str],
    filters: Mapping[str, Iterable[str]] | None = None,
    withheld: Withheld = NOTHING_WITHHELD,
) -> tantivy.Query:
    """Keep what an audience may see and what the reader chose, without any effect on the scores."""
    conditions = [_one_of(schema, "audience", labels)]
    conditions += [_one_of(schema, facet, keys) for facet, keys in (filters or {}).items() if keys]
    excluded = []
    if withheld.records:
        keys = [record_key(kind, object_id) for kind, object_id in sorted(withheld.records)]
        excluded.append(_Query.term_set_query(schema, "key", keys))
    if withheld.kinds:
        excluded.append(_one_of(schema, "kind", withheld.kinds))
    return _Query.boolean_query(
        [(_MUST, query), *((_MUST, condition) for condition in conditions), *((_MUST_NOT, query) for query in excluded)]
    )


def of_records(query: tantivy.Query, schema: tantivy.Schema, keys: Iterable[str]) -> tantivy.Query:
    """Keep the documents of some records."""
    return _Query.boolean_query([(_MUST, query), (_MUST, _one_of(schema, "key", keys))])


def counted_field(facet: str) -> str:
    """Name the column that counts a facet: the one with labels, where there is one."""
    return f"{facet}_named" if facet in NAMED_FACETS else facet


def _one_of(schema: tantivy.Schema, field: str, values: Iterable[str]) -> tantivy.Query:
    terms = [(_SHOULD, _Query.term_query(schema, field, value, "basic")) for value in sorted(values)]
    return _Query.const_score_query(_Query.boolean_query(terms), 0.0)


def _boosted(query: tantivy.Query, boost: float) -> tantivy.Query:
    return query if boost == 1.0 else _Query.boost_query(query, boost)
