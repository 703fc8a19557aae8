"""How a reader narrows the hits: facets with counts, and the choices that can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.engines.base import FACETS, FacetCount
from search.queries import FACET_PARAMETERS, SearchRequest
from search.registry import registry

_LABELS = {
    "kind": _("Kind"),
    "field_of_action": _("Field of action"),
    "topic": _("Topic"),
    "municipality": _("Municipality"),
    "year": _("Year"),
}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to tick."""

    key: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet of the filter form."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A ticked value and the address without it."""

    facet_label: str
    label: str
    remove: str


def facet_views(counts: Mapping[str, Sequence[FacetCount]], request: SearchRequest) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose from; chosen values stay even without a hit."""
    views = []
    for facet in FACETS:
        values = _values(facet, counts[facet], request)
        if values:
            views.append(FacetView(FACET_PARAMETERS[facet], str(_LABELS[facet]), tuple(values)))
    return tuple(views)


def chosen_values(counts: Mapping[str, Sequence[FacetCount]], request: SearchRequest) -> tuple[FacetChoice, ...]:
    """Return the choices with the addresses that take them back."""
    return tuple(
        FacetChoice(str(_LABELS[facet]), value.label, request.without(facet, value.key).encode())
        for facet in FACETS
        for value in _values(facet, counts[facet], request)
        if value.is_chosen
    )


def _values(facet: str, counts: Sequence[FacetCount], request: SearchRequest) -> list[FacetValue]:
    chosen = request.filters.get(facet, ())
    values = [
        FacetValue(count.key, _label(facet, count.key, count.label), count.count, count.key in chosen)
        for count in counts
    ]
    present = {value.key for value in values}
    values += [FacetValue(key, _label(facet, key, key), 0, True) for key in chosen if key not in present]
    if facet == "year":
        return sorted(values, key=lambda value: value.key, reverse=True)
    return sorted(values, key=lambda value: (-value.count, value.label))


def _label(facet: str, key: str, label: str) -> str:
    registration = registry.get(key) if facet == "kind" else None
    return str(registration.label) if registration else label
