"""What a program may ask: the standard's parameters, read strictly, so that a mistyped one is told."""

import datetime
import uuid
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

DEFAULT_SIZE = 50
MOST_AT_ONCE = 100
#: With `minimal`, whose rows are a few words each.
MOST_MINIMAL = 5_000
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 200
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False, "": False}


class Misunderstood(ValueError):  # noqa: N818 -- it is an answer to the question.
    """A parameter has a value that it cannot have."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a list, as it was understood."""

    page: int = 1
    per_page: int = DEFAULT_SIZE
    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime.datetime | None = None
    full: bool = False
    full_service: bool = False
    minimal: bool = False


def understood(asked: QueryDict) -> Question:
    """Read the parameters of an address; raises Misunderstood. What the standard does not know is ignored."""
    if asked.get("format", "json") != "json":
        raise Misunderstood(_("“format” can only be “json”."))
    minimal = _boolean(asked, "minimal")
    most = MOST_MINIMAL if minimal else MOST_AT_ONCE
    return Question(
        page=_number(asked, "page", 1, LAST_PAGE),
        per_page=_number(asked, "per_page", min(DEFAULT_SIZE, most) if not minimal else most, most),
        search=asked.get("search", "").replace("\0", "")[:LONGEST_SEARCH].strip(),
        taxonomy_term_id=_uuid(asked, "taxonomy_term_id"),
        taxonomy_id=_uuid(asked, "taxonomy_id"),
        organization_id=_uuid(asked, "organization_id"),
        modified_after=_moment(asked, "modified_after"),
        full=_boolean(asked, "full"),
        full_service=_boolean(asked, "full_service"),
        minimal=minimal,
    )


def _number(asked: QueryDict, name: str, default: int, most: int) -> int:
    raw = asked.get(name, "")
    if not raw:
        return default
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9 and 1 <= int(raw) <= most):
        raise Misunderstood(_("“%(name)s” must be a whole number from 1 to %(most)d.") % {"name": name, "most": most})
    return int(raw)


def _boolean(asked: QueryDict, name: str) -> bool:
    try:
        return _BOOLEANS[asked.get(name, "").lower()]
    except KeyError:
        raise Misunderstood(_("“%(name)s” must be “true” or “false”.") % {"name": name}) from None


def _uuid(asked: QueryDict, name: str) -> str:
    raw = asked.get(name, "")
    try:
        return str(uuid.UUID(raw)) if raw else ""
    except ValueError:
        raise Misunderstood(_("“%(name)s” must be a UUID.") % {"name": name}) from None


def _moment(asked: QueryDict, name: str) -> datetime.datetime | None:
    # In an address a plus sign means a blank, and many programs write time zones with it.
    raw = asked.get(name, "").strip().replace(" ", "+")
    if not raw:
        return None
    try:
        day = parse_date(raw)
        found = datetime.datetime.combine(day, datetime.time()) if day else parse_datetime(raw)
        if found is None:
            raise ValueError
        # Also what names no zone is turned into UTC here: in the year 1 that lies before all time.
        return (timezone.make_aware(found) if timezone.is_naive(found) else found).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        message = _("“%(name)s” must be a date or a time in the form of ISO 8601, e.g. 2026-01-31T12:00:00Z.")
        raise Misunderstood(message % {"name": name}) from None
