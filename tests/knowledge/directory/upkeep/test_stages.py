"""When entries are asked about, rest and go: nobody's goes without having been asked in time."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.upkeep.stages import Stage, calendar_of, due_reminder, plus_months

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 1, 1))
START = datetime.date(2025, 1, 31)


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (0, "2025-01-31"),
        (1, "2025-02-28"),
        (12, "2026-01-31"),
        (13, "2026-02-28"),
        (37, "2028-02-29"),
        (-2, "2024-11-30"),
    ],
)
def test_months_are_counted_as_people_do(months, day):
    assert plus_months(START, months).isoformat() == day


@pytest.mark.parametrize(
    ("day", "stage"),
    [("2026-01-30", Stage.FRESH), ("2026-01-31", Stage.ASKED), ("2026-07-30", Stage.ASKED),
     ("2026-07-31", Stage.DORMANT), ("2027-01-30", Stage.DORMANT), ("2027-01-31", Stage.ARCHIVED)],
)  # fmt: skip
def test_an_entry_rests_after_eighteen_months_and_goes_after_twenty_four(day, stage):
    days = calendar_of(START, plus_months(START, 12))
    assert days.stage_on(datetime.date.fromisoformat(day)) == stage


@given(DAYS, st.integers(0, 4000))
def test_whoever_was_asked_late_has_two_months_before_resting_and_six_more_before_going(start, late):
    asked = plus_months(start, 12) + datetime.timedelta(days=late)
    days = calendar_of(start, asked)
    assert days.rests_on >= plus_months(asked, 2)
    assert days.is_put_away_on >= plus_months(days.rests_on, 6)
    assert days.stage_on(asked) == Stage.ASKED


@given(DAYS, st.integers(0, 2000))
def test_every_day_has_at_most_one_mail_and_none_twice(start, days):
    """Run every day: reminders come in their order, each once; after a pause only the last one comes."""
    first, sent = plus_months(start, 12), [0]
    for step in range(0, days, 7):
        number = due_reminder(start, first, sent, first + datetime.timedelta(days=step))
        if number is not None:
            assert number > max(sent)
            sent.append(number)
    assert len(sent) == len(set(sent))


def test_the_first_question_comes_after_a_year():
    assert due_reminder(START, None, [], datetime.date(2026, 1, 30)) is None
    assert due_reminder(START, None, [], datetime.date(2026, 1, 31)) == 0
