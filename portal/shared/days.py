"""Days as people type them: 1.12.2026, 1.12.26, 1. Dezember 2026, 1. Dez. 2026, 2026-12-01."""

import datetime
import re

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP

_NUMBERS = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4}|\d\d)")
_WORDS = re.compile(r"(?P<day>\d{1,2})\.? ?(?P<month>[^\W\d_]+)\.? ?(?P<year>\d{4}|\d\d)")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
#: Who writes two digits means this century: nothing in the portal is typed about the last.
_CENTURY = 2000


def read_day(text: str) -> datetime.date | None:
    """Return the day that a text means; nothing where it means none."""
    typed = " ".join(text.split())
    match = next((found for form in (_NUMBERS, _WORDS, _ISO) if (found := form.fullmatch(typed))), None)
    if match is None:
        return None
    month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
    year = int(match["year"]) + (_CENTURY if len(match["year"]) == 2 else 0)
    try:
        return datetime.date(year, month, int(match["day"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return the month of a name, written out or short; 0 for what is none."""
    word = word.casefold()
    for names in (MONTHS, MONTHS_3, MONTHS_AP):
        for number, name in names.items():
            if str(name).rstrip(".").casefold() == word:
                return number
    return 0
