"""The filters of the register of experts: field of action, language, municipality; by address, without JavaScript."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from knowledge.directory.languages import language_name
from knowledge.directory.models import Expert
from portal.places.models import Municipality
from portal.shared.alphabet import Alphabetical, in_order

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Group:
    """One filter: its parameter, its label, and which values each expert has."""

    param: str
    label: Any
    #: Expert → values.
    values: Mapping[int, set[str]]
    name_of: Callable[[str], str] = field(default=str)

    def choices(self) -> list[tuple[str, str, int]]:
        """Return every value with its name and how many experts have it, by name."""
        counts = Counter(value for values in self.values.values() for value in values)
        named = ((value, self.name_of(value), count) for value, count in counts.items())
        return sorted(named, key=lambda row: in_order(row[1]))


class ExpertFilter:
    """The experts that the query string asks for; unknown values are ignored, so no address is an error.

    There are hundreds of experts and never thousands, so languages, which no database filters alike, are sorted here.
    """

    def __init__(self, query: QueryDict, experts: QuerySet[Expert]):
        self.query = query
        self.experts = experts
        self.groups = _groups(experts)
        self.choices = {group.param: group.choices() for group in self.groups}
        self.chosen = {
            group.param: [
                value
                for value in dict.fromkeys(query.getlist(group.param))
                if value in {known for known, _name, _count in self.choices[group.param]}
            ]
            for group in self.groups
        }

    def results(self) -> QuerySet[Expert]:
        """Return the matching experts; several values of one filter widen, filters narrow."""
        experts = self.experts
        for group in self.groups:
            if wanted := set(self.chosen[group.param]):
                experts = experts.filter(pk__in=[pk for pk, values in group.values.items() if values & wanted])
        return experts.order_by(Alphabetical("headline"), "headline", "pk")

    def context(self) -> dict[str, Any]:
        """Return what the list's template shows."""
        found = self.results().select_related("municipality").prefetch_related("fields_of_action")
        page = Paginator(found, PAGE_SIZE).get_page(self.query.get("seite"))
        return {
            "count": page.paginator.count,
            "experts": page,
            "filters": [self._shown(group) for group in self.groups if self.choices[group.param]],
            "chips": self._chips(),
            "page_links": [
                {"number": number, "url": self._url(number), "current": number == page.number}
                if isinstance(number, int)
                else {"number": None}
                for number in page.paginator.get_elided_page_range(page.number)
            ],
            "previous_url": self._url(page.previous_page_number()) if page.has_previous() else None,
            "next_url": self._url(page.next_page_number()) if page.has_next() else None,
        }

    def _shown(self, group: Group) -> dict:
        choices = [
            {"value": value, "label": label, "count": count, "chosen": value in self.chosen[group.param]}
            for value, label, count in self.choices[group.param]
        ]
        return {"param": group.param, "label": group.label, "choices": choices}

    def _chips(self) -> list[dict]:
        return [
            {"label": label, "group": group.label, "url": self._url_without(group.param, value)}
            for group in self.groups
            for value, label, _count in self.choices[group.param]
            if value in self.chosen[group.param]
        ]

    def _asked(self) -> QueryDict:
        query = QueryDict(mutable=True)
        for param, values in self.chosen.items():
            query.setlist(param, values)
        return query

    def _url(self, number: int) -> str:
        query = self._asked()
        query["seite"] = str(number)
        return f"?{query.urlencode()}"

    def _url_without(self, param: str, value: str) -> str:
        query = self._asked()
        query.setlist(param, [other for other in query.getlist(param) if other != value])
        return f"?{query.urlencode()}"


def _groups(experts: QuerySet[Expert]) -> tuple[Group, ...]:
    """Return the filters with the values of the experts; three queries, however many experts there are."""
    plain = experts.order_by()
    rows = list(plain.values_list("pk", "languages", "municipality__ags"))
    fields: dict[int, set[str]] = {}
    names: dict[str, str] = {}
    for pk, slug, name in plain.filter(fields_of_action__isnull=False).values_list(
        "pk", "fields_of_action__slug", "fields_of_action__name"
    ):
        fields.setdefault(pk, set()).add(slug)
        names[slug] = name
    keys = {key for _pk, _tags, key in rows if key}
    places = dict(Municipality.objects.filter(ags__in=keys).values_list("ags", "name")) if keys else {}
    return (
        Group("handlungsfeld", _("Field of action"), fields, names.__getitem__),
        Group("sprache", _("Language"), {pk: set(tags) for pk, tags, _key in rows}, language_name),
        Group("kommune", _("Municipality"), {pk: {key} if key else set() for pk, _t, key in rows}, places.__getitem__),
    )
