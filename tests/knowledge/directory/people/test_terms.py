"""How long a consent holds: to the day, whatever the month."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.people.terms import months_later

UTC = datetime.UTC
moments = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the strategy adds the zone.


@given(moments, st.integers(0, 60))
def test_it_is_so_many_months_later_on_the_same_day_or_the_last_of_a_shorter_month(at, months):
    later = months_later(at, months)
    assert (later.year - at.year) * 12 + later.month - at.month == months
    assert later.time() == at.time()
    assert later.day == at.day or (later.day < at.day and (later + datetime.timedelta(days=1)).day == 1)


@given(moments)
def test_nothing_is_lost_by_going_twice(at):
    assert months_later(at, 0) == at
    assert months_later(at, 24) == months_later(months_later(at, 12), 12) or at.day == 29


def test_who_agrees_on_a_leap_day_agrees_until_the_last_day_of_february():
    assert months_later(datetime.datetime(2028, 2, 29, 8, tzinfo=UTC), 24) == datetime.datetime(
        2030, 2, 28, 8, tzinfo=UTC
    )
