"""How the state of the search reads: its figures in one line, and what each index holds."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from search.engines.base import Role
from search.status import IndexStatus, SearchStatus, status

ROLES = {
    Role.CURRENT: gettext_lazy("in use"),
    Role.BUILDING: gettext_lazy("being built"),
    Role.PREVIOUS: gettext_lazy("kept for going back"),
}
#: Unit: seconds up to which a duration is told in a unit; size of the unit; its sign.
_UNITS = ((120, 1, "s"), (7_200, 60, "min"), (172_800, 3_600, "h"))


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page keeps up to date."""

    status: SearchStatus
    at: datetime.datetime

    @property
    def oldest(self) -> str:
        """Return how long the oldest change waits; nothing where none does."""
        return duration(self.status.answering.oldest_seconds)

    @property
    def digest(self) -> str:
        """Change with every figure that a reader should hear of; seconds alone are no news."""
        found = self.status
        parts = [found.total, found.up_to_date, found.given_up]
        parts += [f"{index.waiting}{'!' if index.outage else ''}" for index in found.indexes]
        return "-".join(map(str, parts))


def figures() -> Figures:
    """Return the state of this moment."""
    return Figures(status(), timezone.now())


def generation_rows(index: IndexStatus) -> list[dict]:
    """Return what an index holds, generation by generation, in words."""
    return [
        {
            "name": found.name,
            "role": ROLES[found.role],
            "begun": found.begun,
            "records": found.records,
            "size": _("%(number)s MB") % {"number": number_format(found.size / 1_000_000, 1)},
            "is_usable": found.is_usable,
        }
        for found in index.generations
    ]


def duration(seconds: float | None) -> str:
    """Return a duration in the unit in which people would tell it."""
    if seconds is None:
        return ""
    for limit, size, sign in _UNITS:
        if seconds < limit:
            return f"{number_format(seconds / size, 1)} {sign}"
    days = round(seconds / 86_400)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
