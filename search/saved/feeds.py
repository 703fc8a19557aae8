"""The private feed of a saved search: Atom, for whoever knows its address, as its owner may read at this moment.

An entry is a record, dated by when this search first met it, so that neither its id nor its date changes when the
record is edited. The feed is dated by when it last said something else, so that a withdrawn record makes it newer.
"""

import datetime
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.adapter import own_address
from portal.shared.limits import allow
from search.engines.base import EngineHit, EngineUnavailable
from search.registry import registry
from search.saved.actions import remember
from search.saved.links import feed_address
from search.saved.matching import key, look_at, visible
from search.saved.models import SavedSearch, digest_of

MOST_ENTRIES = 50
#: Programs ask every few minutes; more often helps nobody.
READS_PER_HOUR = 60
#: From one address, whatever tokens it names: a town hall's readers, but no guessing.
READS_PER_ADDRESS = 600
_HOUR = 3600
#: Signs that XML 1.0 cannot hold.
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], " ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A hit in the feed."""

    id: str
    title: str
    url: str
    summary: str
    met_at: datetime.datetime


class _Feed(Atom1Feed):
    """Django's Atom, dated by the feed itself instead of by its newest entry."""

    def __init__(self, *args, changed_at: datetime.datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self._changed_at = changed_at

    def latest_post_date(self) -> datetime.datetime:
        return self._changed_at


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the feed; who may not sign in any more has none, and neither has anybody else who guesses."""
    mark = digest_of(token)
    if not allow(request, "saved_search_feed", limit=READS_PER_ADDRESS, seconds=_HOUR):
        return _refused(429, _HOUR)
    search = SavedSearch.objects.with_feed().select_related("person").filter(feed_digest=mark).first()
    if search is None:
        raise Http404
    if not allow(request, "saved_search_feed_reads", key=mark, limit=READS_PER_HOUR, seconds=_HOUR):
        return _refused(429, _HOUR)
    try:
        entries, changed_at = entries_of(search, at=timezone.now())
    except EngineUnavailable:
        return _refused(503, 120)
    return _answer(request, search, token, entries, changed_at)


def entries_of(search: SavedSearch, *, at: datetime.datetime) -> tuple[list[Entry], datetime.datetime]:
    """Return what the feed says at this moment, the latest first, and since when it says that."""
    (look,) = look_at(search.person, [search])
    hits = visible(search.person, look.watched)
    if any(key(hit) not in look.memory.meetings for hit in hits):
        search = remember(search=search, met=hits, found=look.found, at=at)
        if search is None:
            raise Http404
    meetings = search.memory.meetings
    # Sorting keeps the order of the index, the newest by date first, among those met in the same second.
    latest = sorted(hits, key=lambda hit: -meetings[key(hit)].at)[:MOST_ENTRIES]
    entries = [_entry(search, hit, meetings[key(hit)].moment) for hit in latest]
    return entries, _changed_at(search, entries, at)


def _entry(search: SavedSearch, hit: EngineHit, met_at: datetime.datetime) -> Entry:
    facts = (_kind_label(hit.kind), hit.date and date_format(hit.date), hit.organisation, hit.municipality)
    return Entry(
        id=f"{_feed_id(search)}:{hit.kind}:{hit.id}",
        title=_plain(hit.title),
        url=own_address(hit.url) if hit.url.startswith("/") else hit.url,
        summary=_plain(" · ".join(dict.fromkeys(filter(None, facts)))),
        met_at=met_at,
    )


def _kind_label(kind: str) -> str:
    registration = registry.get(kind)
    return str(registration.label) if registration else ""


def _plain(text: str) -> str:
    return " ".join(text.translate(_NO_XML).split())


def _feed_id(search: SavedSearch) -> str:
    """Name the feed for good, whatever its address (Source: RFC 4151)."""
    return f"tag:{urlsplit(own_address('/')).hostname},{search.created_at:%Y-%m-%d}:suche:{search.pk}"


def _changed_at(search: SavedSearch, entries: list[Entry], at: datetime.datetime) -> datetime.datetime:
    """Return since when the feed says what it says, and note it where it says something else than before."""
    content = hashlib.sha256(repr((search.name, entries)).encode()).hexdigest()
    if search.feed_content == content and search.feed_changed_at:
        return search.feed_changed_at
    at = at.replace(microsecond=0)
    SavedSearch.objects.filter(pk=search.pk).update(feed_content=content, feed_changed_at=at)
    return at


def _answer(
    request: HttpRequest, search: SavedSearch, token: str, entries: list[Entry], changed_at: datetime.datetime
) -> HttpResponse:
    body = _rendered(search, feed_address(token), entries, changed_at)
    etag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    modified = int(changed_at.timestamp())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(modified)
    return _private(get_conditional_response(request, etag, modified, response))


def _rendered(search: SavedSearch, address: str, entries: list[Entry], changed_at: datetime.datetime) -> str:
    written = _Feed(
        title=_plain(f"{search.name} – {settings.PORTAL_NAME}"),
        link=own_address(search.results_url),
        description=_("New hits of a saved search. The address is private: whoever knows it reads along."),
        language=settings.LANGUAGE_CODE,
        author_name=settings.PORTAL_NAME,
        feed_url=address,
        feed_guid=_feed_id(search),
        changed_at=changed_at,
    )
    for entry in entries:
        written.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            unique_id=entry.id,
            updateddate=entry.met_at,
        )
    return written.writeString("utf-8")


def _refused(status: int, seconds: int) -> HttpResponse:
    words = {429: _("This feed was asked for too often."), 503: _("The search is out of order at the moment.")}
    response = HttpResponse(f"{words[status]}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(seconds)
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Only the reader's own program may keep the feed, and no page learns its address from a followed link."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
