"""How the values of facets are called where no hit says it, because a reader chose one that nothing has."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

from search.registry import registry

#: Given keys, returns key → name of those it knows.
FacetNames = Callable[[Iterable[str]], Mapping[str, str]]
_names: dict[str, FacetNames] = {}


def register_facet_names(facet: str, names: FacetNames) -> None:
    """Let the room that knows a facet's values name them."""
    _names[facet] = names


def facet_names(facet: str, keys: Iterable[str]) -> dict[str, str]:
    """Name the values of a facet; one that nobody knows is told as such, so that nobody takes it for a word of ours."""
    wanted = list(keys)
    if not wanted:
        return {}
    if facet == "kind":
        known = {kind: str(found.label) for kind in wanted if (found := registry.get(kind)) is not None}
    elif facet == "year":
        known = {year: year for year in wanted}
    else:
        known = dict(_names[facet](wanted)) if facet in _names else {}
    return {key: known.get(key) or gettext("unknown value “%(key)s”") % {"key": key} for key in wanted}
