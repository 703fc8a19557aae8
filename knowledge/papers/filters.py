"""The filters of the list of papers: field of action, topic, municipality, year; by address, without JavaScript."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

PAGE_SIZE = 20

SORTINGS = {"neueste": ("-as_of", "title"), "titel": ("title", "-as_of")}
SORTING_LABELS = {"neueste": _("newest first"), "titel": _("by title")}


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter: its parameter, and where its values and their labels stand on a paper."""

    param: str
    label: Any
    value_path: str
    label_path: str


GROUPS = (
    FilterGroup("handlungsfeld", _("Field of action"), "fields_of_action__slug", "fields_of_action__name"),
    FilterGroup("thema", _("Topic"), "topics__slug", "topics__name"),
    FilterGroup(
        "kommune",
        _("Municipality"),
        "responsible_department__municipality__ags",
        "responsible_department__municipality__name",
    ),
    FilterGroup("jahr", _("Year"), "as_of__year", "as_of__year"),
)


class PaperFilter:
    """The papers that the query string asks for; unknown values are ignored, so no address is an error."""

    def __init__(self, query: QueryDict, papers):
        self.query = query
        self.papers = papers
        self.choices = {group.param: self._choices_of(group) for group in GROUPS}
        self.chosen = {
            group.param: [value for value in dict.fromkeys(query.getlist(group.param)) if value in self._values(group)]
            for group in GROUPS
        }
        self.sorting = query.get("sortierung") if query.get("sortierung") in SORTINGS else "neueste"

    def _choices_of(self, group: FilterGroup) -> list[tuple[str, str, int]]:
        rows = (
            self.papers.order_by()
            .exclude(**{f"{group.value_path}__isnull": True})
            .values_list(group.value_path, group.label_path)
            .annotate(count=Count("pk", distinct=True))
        )
        reverse = group.param == "jahr"
        return sorted(
            ((str(value), str(label), count) for value, label, count in rows), key=lambda row: row[1], reverse=reverse
        )

    def _values(self, group: FilterGroup) -> set[str]:
        return {value for value, _label, _count in self.choices[group.param]}

    def results(self):
        """Return the matching papers in the chosen order; several values of one filter widen, filters narrow."""
        papers = self.papers
        for group in GROUPS:
            if self.chosen[group.param]:
                papers = papers.filter(**{f"{group.value_path}__in": self.chosen[group.param]})
        return papers.distinct().order_by(*SORTINGS[self.sorting])

    def context(self) -> Mapping[str, Any]:
        """Return what the list's template shows."""
        papers = self.results().select_related("responsible_department__municipality").prefetch_related("topics")
        page = Paginator(papers, PAGE_SIZE).get_page(self.query.get("seite"))
        return {
            "count": page.paginator.count,
            "filters": [self._group_context(group) for group in GROUPS if self.choices[group.param]],
            "chips": self._chips(),
            "papers": page,
            "shared_titles": {title for title, count in Counter(paper.title for paper in page).items() if count > 1},
            "sortings": [
                {"value": value, "label": label, "chosen": value == self.sorting, "url": self._url(sortierung=value)}
                for value, label in SORTING_LABELS.items()
            ],
            "sorting": self.sorting,
            "page_links": [
                {"number": number, "url": self._url(seite=number), "current": number == page.number}
                if isinstance(number, int)
                else {"number": None}
                for number in page.paginator.get_elided_page_range(page.number)
            ],
            "previous_url": self._url(seite=page.previous_page_number()) if page.has_previous() else None,
            "next_url": self._url(seite=page.next_page_number()) if page.has_next() else None,
        }

    def _group_context(self, group: FilterGroup) -> dict:
        return {
            "param": group.param,
            "label": group.label,
            "choices": [
                {"value": value, "label": label, "count": count, "chosen": value in self.chosen[group.param]}
                for value, label, count in self.choices[group.param]
            ],
        }

    def _chips(self) -> list[dict]:
        return [
            {"label": label, "group": group.label, "url": self._url_without(group.param, value)}
            for group in GROUPS
            for value, label, _count in self.choices[group.param]
            if value in self.chosen[group.param]
        ]

    def _query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for param, values in self.chosen.items():
            query.setlist(param, values)
        if self.sorting != "neueste":
            query["sortierung"] = self.sorting
        return query

    def _url(self, **changes) -> str:
        query = self._query()
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def _url_without(self, param: str, value: str) -> str:
        query = self._query()
        query.setlist(param, [other for other in query.getlist(param) if other != value])
        return f"?{query.urlencode()}"
