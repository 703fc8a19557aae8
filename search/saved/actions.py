"""What happens to saved searches; each act is its owner's own, or that of a link in the owner's mail."""

import datetime
import secrets
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from search.engines.base import EngineHit
from search.queries import SearchRequest
from search.saved.enums import Frequency
from search.saved.links import Stopping
from search.saved.matching import Found, find, key, look_at, new_hits, visible
from search.saved.models import SavedSearch, digest_of, stored, watched

#: Whoever wants more wants other searches; each one costs a look a day.
MOST_PER_PERSON = 50
TOKEN_BYTES = 32


class TooManySearchesError(ValueError):
    """The person keeps as many searches as are allowed."""


def save_search(
    *, by: User, request: SearchRequest, name: str, frequency: str, at: datetime.datetime
) -> tuple[SavedSearch, bool]:
    """Keep a search and tell whether it is a new one; the same search twice is one, with the new name and frequency.

    What it finds now counts as told. Raises EngineUnavailable where that cannot be asked.
    """
    _check(by)
    request = watched(request)
    (found,) = find(by, [request])
    met = [key(hit) for hit in visible(by, found.hits)]
    with transaction.atomic():
        # Whoever saves twice in the same moment waits here, so that the limit holds.
        User.objects.select_for_update().get(pk=by.pk)
        parameters = stored(request)
        search = SavedSearch.objects.owned_by(by).filter(parameters_digest=digest_of(parameters)).first()
        if search is not None and search.removed_at is None:
            _change(search, name=name, frequency=frequency)
            return search, False
        if SavedSearch.objects.owned_by(by).kept().count() >= MOST_PER_PERSON:
            raise TooManySearchesError
        if search is None:
            search = SavedSearch(person=by, parameters=parameters, parameters_digest=digest_of(parameters))
        search.name, search.frequency, search.removed_at, search.created_at = name, frequency, None, at
        search.settled_on, search.watched_after = timezone.localdate(at), found.end
        memory = search.memory
        memory.tell(met, at=at)
        search.met = memory.packed()
        search.save()
    return search, True


@transaction.atomic
def change_search(*, by: User, search: SavedSearch, name: str, frequency: str) -> None:
    """Call a search by another name, or have it write more or less often."""
    _change(_own(by, search), name=name, frequency=frequency)


@transaction.atomic
def remove_search(*, by: User, search: SavedSearch, at: datetime.datetime) -> None:
    """Remove a search: it writes no more, and its feed is closed for good; for a while it can be taken back."""
    search = _own(by, search)
    search.removed_at, search.feed_digest, search.feed_created_at = at, None, None
    search.save(update_fields=["removed_at", "feed_digest", "feed_created_at"])


@transaction.atomic
def take_back_removal(*, by: User, search: SavedSearch) -> None:
    """Keep a removed search after all; what came meanwhile is new to it."""
    User.objects.select_for_update().get(pk=by.pk)
    search = _own(by, search)
    if search.removed_at is not None and SavedSearch.objects.owned_by(by).kept().count() >= MOST_PER_PERSON:
        raise TooManySearchesError
    search.removed_at = None
    search.save(update_fields=["removed_at"])


@transaction.atomic
def renew_feed(*, by: User, search: SavedSearch, at: datetime.datetime) -> str:
    """Give a search a new feed address and return its token, which nobody can ask for again; the old one closes."""
    search = _own(by, search)
    if search.removed_at is not None:
        raise PermissionDenied
    token = secrets.token_urlsafe(TOKEN_BYTES)
    search.feed_digest, search.feed_created_at = digest_of(token), at
    search.save(update_fields=["feed_digest", "feed_created_at"])
    return token


@transaction.atomic
def close_feed(*, by: User, search: SavedSearch) -> None:
    """Close the feed of a search; its address opens nothing any more."""
    search = _own(by, search)
    search.feed_digest = search.feed_created_at = None
    search.save(update_fields=["feed_digest", "feed_created_at"])


def mark_as_read(*, by: User, search: SavedSearch, at: datetime.datetime) -> None:
    """Take everything that the owner can see now as told; raises EngineUnavailable where that cannot be asked."""
    _check(by)
    (new,) = new_hits(by, look_at(by, [search]))
    with transaction.atomic():
        _own(by, search)
        remember(search=search, told=new, at=at)


@transaction.atomic
def remember(
    *,
    search: SavedSearch,
    met: Iterable[EngineHit] = (),
    told: Iterable[EngineHit] = (),
    found: Found | None = None,
    at: datetime.datetime,
) -> SavedSearch | None:
    """Add to what a search has met and told, unless it is gone; read anew, as mail and feed remember side by side."""
    kept = SavedSearch.objects.select_for_update().filter(pk=search.pk).first()
    if kept is None:
        return None
    memory = kept.memory
    memory.note(map(key, met), at=at)
    memory.tell(map(key, told), at=at)
    kept.met = memory.packed()
    ends = [end for end in (kept.watched_after, found.end if found else None) if end is not None]
    kept.watched_after = max(ends, default=None)
    kept.save(update_fields=["met", "watched_after"])
    return kept


@transaction.atomic
def stop_mails(*, stopping: Stopping, at: datetime.datetime) -> int:
    """Stop the mails that a link names, and do nothing else; return how many searches wrote until now."""
    searches = SavedSearch.objects.filter(person_id=stopping.person_id, pk__in=stopping.search_ids)
    return searches.exclude(frequency=Frequency.NEVER).update(frequency=Frequency.NEVER, unsubscribed_at=at)


def forget_removed(*, at: datetime.datetime) -> int:
    """Delete for good what nobody took back in time; return how many."""
    return SavedSearch.objects.forgettable(at).delete()[0]


def _check(by: User) -> None:
    ask_anew(by)
    if not by.is_authenticated or not by.is_active:
        raise PermissionDenied


def _own(by: User, search: SavedSearch) -> SavedSearch:
    """Return the search as it is now, kept from others until the act is done."""
    _check(by)
    return SavedSearch.objects.owned_by(by).select_for_update().get(pk=search.pk)


def _change(search: SavedSearch, *, name: str, frequency: str) -> None:
    search.name = name
    if search.frequency != frequency:
        search.frequency, search.unsubscribed_at = frequency, None
    search.save(update_fields=["name", "frequency", "unsubscribed_at"])
