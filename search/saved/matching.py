"""What saved searches find at this moment for their owner, and what of it is new to them.

Every look opens the index anew and asks as the owner is now: the audiences of the moment narrow it in the engine, and
whatever is told or counted is asked for in the database once more.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.accounts.models import User
from portal.shared.visibility import labels_for
from search.asking import ask
from search.engines.base import EngineHit, FacetCount, Snapshot
from search.queries import SearchRequest
from search.ranking import Sought
from search.results import engine_request, still_visible
from search.saved.memory import Memory, key_of
from search.saved.models import SavedSearch
from search.thesaurus import Thesaurus, current_thesaurus
from search.understanding import understand

#: Of a search with more hits the newest by date are watched, and its owner is told so.
MOST_WATCHED = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """The newest hits of a search and how many there are in all; the database was not asked yet."""

    total: int = 0
    hits: tuple[EngineHit, ...] = ()
    facets: Mapping[str, Sequence[FacetCount]] | None = None

    @property
    def end(self) -> datetime.date | None:
        """Return the day up to which hits may lie beyond what is watched; none where all hits are."""
        if self.total <= len(self.hits) or not self.hits:
            return None
        return self.hits[-1].date or datetime.date.min


@dataclass(frozen=True, slots=True)
class Look:
    """A saved search, what it finds, and what it remembers."""

    search: SavedSearch
    found: Found
    memory: Memory

    @property
    def watched(self) -> list[EngineHit]:
        """Return the hits that are watched: those met before, and what is not beyond the watched ones."""
        after = self.search.watched_after
        known = self.memory.meetings
        return [
            hit
            for hit in self.found.hits
            if after is None or key(hit) in known or (hit.date is not None and hit.date > after)
        ]

    @property
    def new(self) -> list[EngineHit]:
        """Return the hits that the owner was not told of."""
        return [hit for hit in self.watched if self.memory.is_new(key(hit))]


def find(person: User, requests: Sequence[SearchRequest]) -> list[Found]:
    """Return the newest hits that the person's audiences open; raises EngineUnavailable when nobody can answer."""

    def question(snapshot: Snapshot) -> list[Found]:
        # Once for all of them, because both read the database.
        labels, thesaurus = labels_for(person), current_thesaurus(snapshot.analyzer)
        return [_found(snapshot, request, labels, thesaurus) for request in requests]

    return ask(question).value


def _found(snapshot: Snapshot, request: SearchRequest, labels: frozenset[str], thesaurus: Thesaurus) -> Found:
    understanding = understand(request, snapshot, thesaurus, labels)
    if request.query and understanding.sought == Sought():
        # Signs without a letter or digit ask for nothing, as on the page of results.
        return Found()
    asked = engine_request(request.on_page(1), understanding, labels)
    answer = snapshot.search(replace(asked, newest_first=True, offset=0, limit=MOST_WATCHED))
    return Found(answer.total, tuple(answer.hits), answer.facets)


def look_at(person: User, searches: Sequence[SavedSearch]) -> list[Look]:
    """Return what saved searches find; raises EngineUnavailable when nobody can answer."""
    found = find(person, [search.request for search in searches])
    return [Look(search, hits, search.memory) for search, hits in zip(searches, found, strict=True)]


def visible(person: User, hits: Iterable[EngineHit]) -> list[EngineHit]:
    """Keep what the database lets the person see at this moment."""
    return still_visible(list(hits), person)


def new_hits(person: User, looks: Sequence[Look]) -> list[list[EngineHit]]:
    """Return for each look what is new and visible; the database is asked for all of them at once."""
    unchecked = [look.new for look in looks]
    checked = visible(person, {key(hit): hit for hits in unchecked for hit in hits}.values())
    keys = {key(hit) for hit in checked}
    return [[hit for hit in hits if key(hit) in keys] for hits in unchecked]


def key(hit: EngineHit) -> int:
    """Return by what a hit is remembered."""
    return key_of(hit.kind, hit.id)
