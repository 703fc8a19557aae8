"""When an entry is asked about, rests and is put away: arithmetic with days, without Django."""

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

#: Unit: months since the entry was last said to be true (Source: design §8).
ASKED_AFTER, DORMANT_AFTER, ARCHIVED_AFTER = 12, 18, 24
#: Unit: months after the first question at which it is repeated; 0 is the question itself.
REMINDERS = (0, 1, 3, 5, 9, 11)
#: Unit: months. An entry that was never asked about in time gets at least so long to answer before it rests.
SHORTEST_RESPITE = 2


class Stage(StrEnum):
    """How fresh an entry is."""

    FRESH = "fresh"
    ASKED = "asked"
    DORMANT = "dormant"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which something happens to an entry."""

    asks_on: datetime.date
    rests_on: datetime.date
    is_put_away_on: datetime.date

    def stage_on(self, day: datetime.date) -> Stage:
        """Return where the entry stands on a day."""
        if day >= self.is_put_away_on:
            return Stage.ARCHIVED
        if day >= self.rests_on:
            return Stage.DORMANT
        return Stage.ASKED if day >= self.asks_on else Stage.FRESH


def plus_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later; the last of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def calendar_of(true_since: datetime.date, first_asked: datetime.date | None) -> Calendar:
    """Return what happens when; nobody's entry rests or goes without having been asked in time.

    `first_asked` is the day of the first question since the entry was said to be true. Without one the consequences
    begin to run when it is asked, so the days are only a forecast.
    """
    asks_on = plus_months(true_since, ASKED_AFTER)
    rests_on, put_away_on = plus_months(true_since, DORMANT_AFTER), plus_months(true_since, ARCHIVED_AFTER)
    asked = first_asked or asks_on
    rests_on = max(rests_on, plus_months(asked, SHORTEST_RESPITE))
    between = ARCHIVED_AFTER - DORMANT_AFTER
    return Calendar(asks_on, rests_on, max(put_away_on, plus_months(rests_on, between)))


def due_reminder(
    true_since: datetime.date, first_asked: datetime.date | None, sent: Collection[int], day: datetime.date
) -> int | None:
    """Return which question or reminder is due on a day: 0 for the first; nothing where none is.

    Of several that were missed only the last is sent, so that nobody finds four mails in the morning.
    """
    if first_asked is None:
        return 0 if day >= plus_months(true_since, ASKED_AFTER) else None
    reached = [number for number, months in enumerate(REMINDERS) if plus_months(first_asked, months) <= day]
    number = reached[-1] if reached else None
    return number if number is not None and number > max(sent, default=-1) else None
