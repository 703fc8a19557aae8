"""How a search is told in words: its question, then what it is narrowed to."""

import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from search.engines.base import FACETS, FacetCount
from search.queries import SearchRequest
from search.refinements import FacetChoice, chosen_values, facet_views
from search.saved.models import NAME_LENGTH

_NOTHING_COUNTED: Mapping[str, Sequence[FacetCount]] = dict.fromkeys(FACETS, ())


def chosen(request: SearchRequest, counts: Mapping[str, Sequence[FacetCount]] | None = None) -> tuple[FacetChoice, ...]:
    """Return what a search is narrowed to; where the engine counted nothing, values go by their keys."""
    return chosen_values(facet_views(counts or _NOTHING_COUNTED, request), request)


def in_words(request: SearchRequest, choices: Sequence[FacetChoice]) -> str:
    """Return a search as one line for its owner."""
    question = _("“%(query)s”") % {"query": request.query} if request.query else _("all entries")
    groups: dict[str, list[str]] = {}
    for choice in choices:
        groups.setdefault(choice.group, []).append(choice.label)
    parts = [question, *(f"{group}: {', '.join(labels)}" for group, labels in groups.items())]
    if not request.with_synonyms:
        parts.append(_("without words that mean the same"))
    if not request.with_repair:
        parts.append(_("exactly as written"))
    return " · ".join(parts)


def suggested_name(request: SearchRequest, choices: Sequence[FacetChoice]) -> str:
    """Return how a search may be called: its question and its filters, in one line of the allowed length."""
    words = [request.query or _("All entries"), *(choice.label for choice in choices)]
    # Category C are invisible signs, which no name may hold.
    line = "".join(char for char in " · ".join(words) if unicodedata.category(char)[0] != "C")
    return line if len(line) <= NAME_LENGTH else f"{line[: NAME_LENGTH - 1].rstrip()}…"
