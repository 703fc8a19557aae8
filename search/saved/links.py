"""Addresses that open without signing in: a feed for whoever knows its token, and the link that stops mails.

A feed's token is random, and only its digest is kept. The link that stops mails is signed, names nothing but the
searches of one mail, and is good for nothing else, so it needs no end: who finds an old mail can only stop mails.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from portal.accounts.adapter import own_address

_SALT = "search.saved.unsubscribe"


@dataclass(frozen=True, slots=True)
class Stopping:
    """Whose mails about which searches a link stops."""

    person_id: int
    search_ids: tuple[int, ...]


def link_to_stop(person_id: int, search_ids: Iterable[int]) -> str:
    """Return the full address that stops the mails of some searches of one person."""
    token = signing.dumps([person_id, *search_ids], salt=_SALT, compress=True)
    return own_address(reverse("saved_searches:unsubscribe", args=[token]))


def read_stopping(token: str) -> Stopping | None:
    """Return what a link stops; nothing for a link that is not ours."""
    try:
        person_id, *search_ids = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Stopping(person_id, tuple(search_ids))


def feed_address(token: str) -> str:
    """Return the full address of a feed."""
    return own_address(reverse("saved_search_feed", args=[token]))
