"""Days are understood in the ways in which people type them."""

import datetime

import pytest

from portal.accounts.people.fields import DayField
from portal.shared.days import read_day

DECEMBER = datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "1.12.2026", "01.12.2026", "1. 12. 2026", "1.12.26", "01.12.26", "1. Dezember 2026", "1 Dezember 2026",
        "1.Dezember 2026", " 1.  Dezember  2026 ", "1. dezember 26", "1. Dez. 2026", "1. Dez 2026", "2026-12-01",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_typed(typed):
    assert read_day(typed) == DECEMBER
    assert DayField().clean(typed) == DECEMBER


@pytest.mark.parametrize(("typed", "month"), [("3. März 2027", 3), ("3. märz 27", 3), ("3. Mai 2027", 5)])
def test_every_month_has_its_names(typed, month):
    assert read_day(typed) == datetime.date(2027, month, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gestern",
        "31.2.2026",
        "0.12.2026",
        "1.13.2026",
        "1. Brumaire 2026",
        "12.2026",
        "1.12.",
        "1.12.202",
        "1-12-2026",
    ],
)
def test_what_is_no_day_is_none(typed):
    assert read_day(typed) is None
