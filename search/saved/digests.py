"""What one mail tells its owner: the searches with new hits, the newest of them by name, the rest by number."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.adapter import own_address
from portal.accounts.models import User
from search.engines.base import EngineHit
from search.registry import registry
from search.saved.links import link_to_stop
from search.saved.matching import Look, look_at, new_hits
from search.saved.models import SavedSearch
from search.saved.words import chosen, in_words

#: How many hits of a search are named; the page of results has the others.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class NamedHit:
    """A new hit as the mail shows it."""

    title: str
    kind: str
    date: datetime.date | None
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """A search with its new hits."""

    look: Look
    told: tuple[EngineHit, ...]
    name: str
    words: str
    named: tuple[NamedHit, ...]
    more: int
    open_url: str
    stop_url: str

    @property
    def count(self) -> int:
        """Return how many hits are new."""
        return len(self.told)


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail to one person."""

    person: User
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """Return how many new hits the mail tells of."""
        return sum(part.count for part in self.parts)


def compose(person: User, searches: Sequence[SavedSearch]) -> tuple[Digest, list[Look]]:
    """Ask as the person may read at this moment; a search without anything new has no part in the mail."""
    looks = look_at(person, searches)
    parts = [_part(look, new) for look, new in zip(looks, new_hits(person, looks), strict=True) if new]
    return Digest(person, tuple(parts)), looks


def _part(look: Look, new: Sequence[EngineHit]) -> Part:
    search = look.search
    request = search.request
    return Part(
        look=look,
        told=tuple(new),
        name=search.name,
        words=in_words(request, chosen(request, look.found.facets)),
        named=tuple(_named(hit) for hit in new[:MOST_NAMED]),
        more=max(len(new) - MOST_NAMED, 0),
        open_url=own_address(search.results_url),
        stop_url=link_to_stop(search.person_id, [search.pk]),
    )


def _named(hit: EngineHit) -> NamedHit:
    registration = registry.get(hit.kind)
    return NamedHit(
        # One line, so that no title looks like a part of the mail.
        title=" ".join(hit.title.split()),
        kind=str(registration.label) if registration else "",
        date=hit.date,
        url=own_address(hit.url) if hit.url.startswith("/") else hit.url,
    )


def message(digest: Digest) -> EmailMultiAlternatives:
    """Return the mail: plain text and simple HTML of the same words, stopped with one click (Source: RFC 8058)."""
    context = {
        "digest": digest,
        "portal_name": settings.PORTAL_NAME,
        "address": settings.WAGTAILADMIN_BASE_URL,
        "manage_url": own_address(reverse("saved_searches:list")),
    }
    stop = link_to_stop(digest.person.pk, [part.look.search.pk for part in digest.parts])
    mail = EmailMultiAlternatives(
        " ".join(f"[{settings.PORTAL_NAME}] {_subject(digest)}".split()),
        render_to_string("search/saved/digest.txt", context),
        to=[digest.person.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("search/saved/digest.html", context), "text/html")
    return mail


def _subject(digest: Digest) -> str:
    count = {"count": digest.count}
    if len(digest.parts) == 1:
        named = {**count, "name": digest.parts[0].name}
        return ngettext("%(count)d new hit: %(name)s", "%(count)d new hits: %(name)s", digest.count) % named
    names = _("%(first)s and others") % {"first": digest.parts[0].name}
    return ngettext("%(count)d new hit: %(name)s", "%(count)d new hits: %(name)s", digest.count) % {
        **count,
        "name": names,
    }
