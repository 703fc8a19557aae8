"""Reads German dates as papers print them: „30. 4. 2014“, „April 2014“, „2014-04-30“."""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    "jan": 1,
    "jän": 1,
    "feb": 2,
    "mär": 3,
    "mae": 3,
    "mrz": 3,
    "apr": 4,
    "mai": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "nov": 11,
    "dez": 12,
}
_MONTH_NAME = (
    r"(?:Jan(?:uar)?|Jän(?:ner)?|Feb(?:ruar)?|März|Maerz|Mrz|Apr(?:il)?|Mai|Juni?|Juli?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)\.?"
)
DATE = (
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)"
    rf"|(?:(?P<named_day>\d{{1,2}})\.\s?)?(?P<name>{_MONTH_NAME})\s(?P<named_year>\d{{4}})"
    r"|(?P<slash_month>\d{1,2})/(?P<slash_year>\d{4})"
    r"|(?P<only_year>(?:19|20)\d{2})(?!\d))"
)
_DATE = re.compile(DATE, re.IGNORECASE)


def partial_iso(text: str) -> str:
    """The first date in the text as ISO 8601, only as exact as it is printed; empty when none is."""
    match = _DATE.search(text)
    if not match:
        return ""
    year, month, day = _parts(match)
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if day:
        return f"{year:04}-{month:02}-{day:02}"
    return f"{year:04}-{month:02}" if month else f"{year:04}"


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    found = match.groupdict()
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return year, month, day
    if found["month"]:
        return _four_digits(found["year"]), int(found["month"]), int(found["day"])
    if found["name"]:
        month = _MONTHS[found["name"].lower()[:3]]
        return int(found["named_year"]), month, int(found["named_day"] or 0)
    if found["slash_month"]:
        return int(found["slash_year"]), int(found["slash_month"]), 0
    return int(found["only_year"]), 0, 0


def _four_digits(year: str) -> int:
    """Two digits are read as ours or the last century: position papers are not older than that."""
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number < 70 else 1900)
