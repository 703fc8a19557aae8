"""Which rows of a queryset answer a question, and in which order."""

from typing import NamedTuple

from django.db import models
from modelsearch.query import SearchQuery

from search.admin.columns import Columns
from search.admin.contents import Contents
from search.admin.judging import BREAK, Sources, judge_of
from search.admin.names import Reading
from search.admin.wordings import wordings
from search.language.analysis import Analyzer

_kept: list[Reading] = []


class Match(NamedTuple):
    """A row that answers."""

    key: object
    worth: float
    name: str


def matching(query: SearchQuery, queryset: models.QuerySet, columns: Columns, contents: Contents) -> list[Match]:
    """Return the rows that answer, in the queryset's own order.

    All rows are read, because the database knows no German; and since they are compared at this very moment, nothing
    has to be kept beside them, so that nothing can be stale.
    """
    if queryset.query.is_empty():
        return []
    analyzer, ranks = contents.read(wordings(query))
    judge = judge_of(query, Sources(_reading_with(analyzer), ranks))
    rows = _rows(queryset, columns)
    return [Match(key, worth, texts.partition(BREAK)[0]) for key, texts in rows.items() if (worth := judge(key, texts))]


def best_first(matches: list[Match]) -> list[Match]:
    """Order by worth; among equals the shortest name first, because it says little else."""
    return sorted(matches, key=lambda match: (-match.worth, len(match.name), match.name, match.key))


def _rows(queryset: models.QuerySet, columns: Columns) -> dict[object, str]:
    """Return each row's texts, its name first."""
    plain = queryset.prefetch_related(None)
    # A filter over a relation may bring the same row twice, and a page's draft mostly has its title.
    rows = {
        key: BREAK.join(dict.fromkeys(filter(None, texts)))
        for key, *texts in plain.values_list("pk", *columns.own).iterator()
    }
    for path in columns.several:
        for key, text in plain.order_by().values_list("pk", path).iterator():
            if text and key in rows:
                rows[key] += BREAK + text
    return rows


def _reading_with(analyzer: Analyzer) -> Reading:
    """Keep what was read with the analysis that is in use; another one may split words in another way."""
    kept = _kept[0] if _kept else None
    if kept is None or kept.analyzer is not analyzer:
        kept = Reading(analyzer)
        _kept[:] = [kept]
    return kept
