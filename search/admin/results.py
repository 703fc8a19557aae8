"""What a search of the editing interface gives back: like a queryset, counted, sliced and read where it is needed."""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.db import models
from django.db.models import Case, Value, When
from modelsearch.backends.base import BaseSearchQueryCompiler, BaseSearchResults
from modelsearch.query import MatchAll
from wagtail.log_actions import get_active_log_context

from search.admin.columns import columns_of
from search.admin.contents import Contents
from search.admin.matching import best_first, matching

#: So many keys fit into one query of every database; lists show far fewer.
_AT_ONCE = 500


class Question(BaseSearchQueryCompiler):
    """One question to one queryset; its matches are found once for all slices and counts."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = tuple(self.fields) if self.fields else None
        self._columns = columns_of(self.queryset.model, names)
        # Wagtail notes who is at work in its interface; asked now, because lists are read when that is forgotten.
        self._contents = Contents(self.queryset.model, get_active_log_context().user)

    def check(self) -> None:
        """Refuse nothing: the database filters and orders, so there is no field that could not be used for it."""

    @cached_property
    def _is_by_worth(self) -> bool:
        # Where everything is wanted, everything is worth the same.
        return self.order_by_relevance and not isinstance(self.query, MatchAll)

    @cached_property
    def ordered(self) -> models.QuerySet:
        """The queryset in the order in which it is read; a list without any order would mix up its pages."""
        if self._is_by_worth:
            return self.queryset.order_by()
        return self.queryset if self.queryset.ordered else self.queryset.order_by("-pk")

    @cached_property
    def worths(self) -> dict[object, float]:
        """Key → worth of all that answer, in the order of the list."""
        found = matching(self.query, self.ordered, self._columns, self._contents)
        return {match.key: match.worth for match in (best_first(found) if self._is_by_worth else found)}


class FoundByEditors(BaseSearchResults):
    """The answer to a question."""

    supports_facet = True

    def facet(self, field_name: str) -> OrderedDict:
        """Count the values of a field among all that answer, the most frequent first."""
        wanted = self.query_compiler.worths
        values = self.query_compiler.ordered.order_by().prefetch_related(None).values_list("pk", field_name)
        counts = Counter(value for key, value in dict(values.iterator()).items() if key in wanted)
        return OrderedDict(counts.most_common())

    def _keys(self) -> list:
        return list(self.query_compiler.worths)[self.start : self.stop]

    def _do_count(self) -> int:
        return len(self._keys())

    def _do_search(self) -> Iterator:
        keys = self._keys()
        for start in range(0, len(keys), _AT_ONCE):
            yield from self._read(keys[start : start + _AT_ONCE])

    def _read(self, keys: Sequence) -> Iterator:
        chosen = self.query_compiler.ordered.filter(pk__in=keys)
        if self.query_compiler.queryset._fields is not None:
            # Rows of single values, as in Wagtail's bulk actions, do not tell their keys.
            places = Case(*(When(pk=key, then=Value(place)) for place, key in enumerate(keys)))
            return chosen.order_by(places).iterator()
        found = {each.pk: each for each in chosen}
        if self._score_field:
            for key, each in found.items():
                setattr(each, self._score_field, self.query_compiler.worths[key])
        return (found[key] for key in keys if key in found)
