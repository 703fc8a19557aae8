"""How a reader narrows the hits: facets with counts, and the choices that can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.engines.base import FACETS, FacetCount
from search.facet_names import facet_names
from search.queries import FACET_PARAMETERS, Order, SearchRequest
from search.registry import registry

_LABELS = {
    "kind": _("Kind"),
    "field_of_action": _("Field of action"),
    "topic": _("Topic"),
    "municipality": _("Municipality"),
    "spoken": _("Language spoken"),
    "service": _("Kind of service"),
    "year": _("Year"),
}


_ORDERS = {Order.RELEVANCE: _("by relevance"), Order.DATE: _("newest first")}


@dataclass(frozen=True, slots=True)
class Link:
    """Another way to ask, and whether it is the present one."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to tick."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet of the filter form."""

    name: str
    param: str
    label: str
    choices: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A ticked value and the address without it."""

    group: str
    label: str
    url: str


def facet_views(counts: Mapping[str, Sequence[FacetCount]], request: SearchRequest) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose from; chosen values stay even without a hit."""
    views = (
        FacetView(facet, FACET_PARAMETERS[facet], str(_LABELS[facet]), tuple(_values(facet, counts[facet], request)))
        for facet in FACETS
    )
    return tuple(view for view in views if view.choices)


def chosen_values(views: Iterable[FacetView], request: SearchRequest) -> tuple[FacetChoice, ...]:
    """Return the choices with the addresses that take them back."""
    return tuple(
        FacetChoice(view.label, choice.label, request.without(view.name, choice.value).address)
        for view in views
        for choice in view.choices
        if choice.chosen
    )


def orders(request: SearchRequest) -> tuple[Link, ...]:
    """Return the orders to choose from; where nothing was asked nothing is more relevant than anything else."""
    if not request.query:
        return ()
    return tuple(
        Link(str(label), request.ordered_by(order).address, order is request.order) for order, label in _ORDERS.items()
    )


def questions(words: Iterable[str], request: SearchRequest) -> tuple[Link, ...]:
    """Return links that ask for other words under the same filters."""
    return tuple(Link(word, request.asking(word).address) for word in words)


def _values(facet: str, counts: Sequence[FacetCount], request: SearchRequest) -> list[FacetValue]:
    chosen = request.filters.get(facet, ())
    values = [
        FacetValue(count.key, _label(facet, count.key, count.label), count.count, count.key in chosen)
        for count in counts
    ]
    present = {value.value for value in values}
    without_hits = facet_names(facet, (key for key in chosen if key not in present))
    values += [FacetValue(key, label, 0, chosen=True) for key, label in without_hits.items()]
    if facet == "year":
        return sorted(values, key=lambda value: value.value, reverse=True)
    return sorted(values, key=lambda value: (-value.count, value.label))


def _label(facet: str, key: str, label: str) -> str:
    registration = registry.get(key) if facet == "kind" else None
    return str(registration.label) if registration else label
