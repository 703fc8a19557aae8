"""What templates show of a page's address and of dates that are only partly known."""

import re
from datetime import date

from django import template
from django.utils.dates import MONTHS
from django.utils.formats import date_format

from portal.shared.visibility import labels_for

register = template.Library()

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@register.filter
def partial_date(text: str) -> str:
    """Write 2014, 2014-04 or 2014-04-30 as precisely as it is known: “2014”, “April 2014”, “30. April 2014”."""
    match = _PARTIAL_DATE.fullmatch(str(text or ""))
    if match is None:
        return str(text or "")
    year, month, day = match.groups()
    if day:
        try:
            return date_format(date(int(year), int(month), int(day)), "DATE_FORMAT")
        except ValueError:
            return str(text)
    return f"{MONTHS[int(month)]} {year}" if month and 1 <= int(month) <= 12 else year


@register.filter
def may_be_seen_by(thing, user) -> bool:
    """Tell whether a picture or document is there and meant for `user`."""
    return thing is not None and thing.audience in labels_for(user)


@register.filter
def words_of_address(path: str) -> str:
    """Return the words of an address's last part, so that a reader who lost the way can search for them."""
    parts = [part for part in str(path or "").split("/") if part]
    last = re.sub(r"\.\w{1,5}$", "", parts[-1]) if parts else ""
    return " ".join(re.findall(r"\w+", last.replace("_", " ")))[:100]
