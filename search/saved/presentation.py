"""How saved searches are shown to their owner, with what is new at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from portal.accounts.models import User
from search.engines.base import EngineHit, EngineUnavailable
from search.registry import registry
from search.saved.matching import Look, look_at, new_hits
from search.saved.models import SavedSearch
from search.saved.words import chosen, in_words


@dataclass(frozen=True, slots=True)
class SearchView:
    """A saved search as the pages show it."""

    search: SavedSearch
    words: str
    #: How many hits are new; nothing while the engine cannot answer.
    new_count: int | None = None
    new: tuple[EngineHit, ...] = ()
    #: More hits than are watched.
    is_cut: bool = False


def search_views(searches: Sequence[SavedSearch], person: User) -> list[SearchView]:
    """Return what pages show of searches; an outage leaves out what is new and nothing else."""
    if not searches:
        return []
    try:
        looks = look_at(person, searches)
    except EngineUnavailable:
        return [SearchView(search, in_words(search.request, chosen(search.request))) for search in searches]
    return [_view(look, new) for look, new in zip(looks, new_hits(person, looks), strict=True)]


def _view(look: Look, new: Sequence[EngineHit]) -> SearchView:
    request = look.search.request
    words = in_words(request, chosen(request, look.found.facets))
    return SearchView(look.search, words, len(new), tuple(new), is_cut=look.found.end is not None)


def listed(hits: Sequence[EngineHit]) -> list[dict]:
    """Return hits as the list component takes them."""
    return [{"title": hit.title, "url": hit.url, "kind": _kind(hit.kind), "date": hit.date} for hit in hits]


def page_links(page: Page) -> dict:
    """Return what the pagination component takes."""
    return {
        "page_links": [
            {"number": number, "url": f"?seite={number}", "current": number == page.number}
            for number in page.paginator.page_range
        ],
        "previous_url": f"?seite={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?seite={page.next_page_number()}" if page.has_next() else "",
    }


def _kind(kind: str) -> str:
    registration = registry.get(kind)
    return str(registration.label) if registration else ""
