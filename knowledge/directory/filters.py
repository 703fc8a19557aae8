"""The filters of the directory: by address, without JavaScript; each names how many entries it would leave."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from knowledge.directory.counting import Holdings, holdings_for
from knowledge.directory.facets import GROUPS, Choice, Group
from knowledge.directory.models import Organisation

PAGE_SIZE = 20
DEFAULT_SORTING = "name"
SORTINGS = {"name": ("sorted_as", "name", "pk"), "bestaetigt": ("-confirmed_at", "sorted_as", "name", "pk")}
SORTING_LABELS = {"name": _("by name"), "bestaetigt": _("last confirmed first")}
#: Unit: characters. No value of any filter is longer; what is longer is none.
_LONGEST_VALUE = 120


class OrganisationFilter:
    """The organisations a reader asks for by the query string; unknown values are ignored, so no address is an error.

    What filters choose is narrowed by all of them; the numbers beside their values say what would be left.
    """

    def __init__(self, query: QueryDict, user):
        self.query = query
        self.user = user
        self.organisations = Organisation.objects.visible_to(user).order_by()
        asked = {group.param: dict.fromkeys(query.getlist(group.param)) for group in GROUPS}
        self.chosen: dict[str, list[str]] = {
            # No database is asked for what cannot be printed; PostgreSQL refuses a NUL with an error.
            group.param: group.known(
                [value for value in asked[group.param] if 0 < len(value) <= _LONGEST_VALUE and value.isprintable()]
            )
            for group in GROUPS
        }
        self.sorting = query.get("sortierung") if query.get("sortierung") in SORTINGS else DEFAULT_SORTING

    def results(self):
        """Return what the chosen values leave, in the chosen order; values of one filter widen."""
        organisations = self.organisations
        for group in GROUPS:
            if self.chosen[group.param]:
                organisations = group.narrow(organisations, self.chosen[group.param])
        return organisations.order_by(*SORTINGS[self.sorting])

    @cached_property
    def choices(self) -> dict[str, list[Choice]]:
        """Return for every filter its values with how many organisations each would leave beside the other filters."""
        return {group.param: self._choices_of(group) for group in GROUPS}

    def _choices_of(self, group: Group) -> list[Choice]:
        counted = self._holdings.counts(group, self.chosen)
        return group.choices({**dict.fromkeys(self.chosen[group.param], 0), **counted})

    @cached_property
    def _holdings(self) -> Holdings:
        return holdings_for(self.user, self.organisations)

    def context(self) -> Mapping[str, Any]:
        """Return what the list's template shows around the entries."""
        # Keys first: sorting twenty thousand whole rows for the last page would take longer than all the rest.
        page = Paginator(self.results().values_list("pk", flat=True), PAGE_SIZE).get_page(self.query.get("seite"))
        return {
            "count": page.paginator.count,
            "filters": [self._group_context(group) for group in GROUPS if self.choices[group.param]],
            "chips": self._chips(),
            "keys": page,
            "sortings": [
                {"value": value, "label": label, "chosen": value == self.sorting, "url": self._url(sortierung=value)}
                for value, label in SORTING_LABELS.items()
            ],
            "sorting": self.sorting if self.sorting != DEFAULT_SORTING else "",
            "page_links": [
                {"number": number, "url": self._url(seite=number), "current": number == page.number}
                if isinstance(number, int)
                else {"number": None}
                for number in page.paginator.get_elided_page_range(page.number)
            ],
            "previous_url": self._url(seite=page.previous_page_number()) if page.has_previous() else None,
            "next_url": self._url(seite=page.next_page_number()) if page.has_next() else None,
        }

    def _group_context(self, group: Group) -> dict:
        return {
            "param": group.param,
            "label": group.label,
            "choices": [
                {
                    "value": choice.value,
                    "label": choice.label,
                    "count": choice.count,
                    "chosen": choice.value in self.chosen[group.param],
                }
                for choice in self.choices[group.param]
            ],
        }

    def _chips(self) -> list[dict]:
        return [
            {"label": choice.label, "group": group.label, "url": self._url_without(group.param, choice.value)}
            for group in GROUPS
            for choice in self.choices[group.param]
            if choice.value in self.chosen[group.param]
        ]

    def _address(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for param, values in self.chosen.items():
            query.setlist(param, values)
        if self.sorting != DEFAULT_SORTING:
            query["sortierung"] = self.sorting
        return query

    def _url(self, **changes) -> str:
        query = self._address()
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def _url_without(self, param: str, value: str) -> str:
        query = self._address()
        query.setlist(param, [other for other in query.getlist(param) if other != value])
        return f"?{query.urlencode()}"
