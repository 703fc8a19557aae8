"""How things are named towards other systems: names that stay the same and never show a key of the database."""

import uuid
from urllib.parse import urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri, punycode

#: Made once at random; names below it are the same in every portal, so that terms can be compared across portals.
NAMESPACE = uuid.UUID("5b0a6b1e-6a5f-4c0b-9a53-6a3a3f1f7d27")


def shared_id(*words: str) -> str:
    """Return the name of something that every portal has, e.g. a term of a code list."""
    return str(uuid.uuid5(NAMESPACE, ":".join(words)))


def part_id(owner: uuid.UUID, kind: str, number: object = "") -> str:
    """Return the name of a part of an organisation or an offer, made of the owner's own."""
    return str(uuid.uuid5(owner, f"{kind}:{number}"))


def as_uri(address: str) -> str:
    """Return a web address in the signs that the standard's format “uri” allows, umlauts encoded."""
    parts = urlsplit(address)
    if parts.hostname and not parts.netloc.isascii():
        parts = parts._replace(netloc=parts.netloc.lower().replace(parts.hostname, punycode(parts.hostname)))
    return str(iri_to_uri(urlunsplit(parts)))


def known(**values) -> dict:
    """Return the values that say something; the standard leaves out what is not known."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
