"""The balance: what it sums up, and that nobody can work out a sum over fewer than five organisations from it."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.cooperation.balance import LEAST_ORGANISATIONS, Contribution, Figures, balances, figures, together

FEW = LEAST_ORGANISATIONS - 1
ADDED_UP_PARTS = {"requests": ("refused", "other"), "refusals": ("refused",), "hours": ("paid", "unpaid")}
hours = st.integers(0, 8).map(lambda quarters: Fraction(quarters, 4))


@st.composite
def contributions(draw, organisation: int) -> Contribution:
    requests = draw(st.integers(0, 3))
    return Contribution(
        organisation,
        requests=requests,
        refusals=draw(st.integers(0, requests)),
        paid_hours=draw(hours),
        unpaid_hours=draw(hours),
        payment_days=tuple(draw(st.lists(st.integers(0, 90), max_size=2))),
    )


@st.composite
def networks(draw) -> dict:
    """Year → municipality → contributions; organisations work in several municipalities and years."""
    return {
        year: {
            place: [draw(contributions(organisation)) for organisation in range(draw(st.integers(0, 8)))]
            for place in range(draw(st.integers(1, 2)))
        }
        for year in range(draw(st.integers(1, 2)))
    }


def one(organisation=0, **values) -> Contribution:
    return Contribution(organisation, **values)


def same(count: int, **values) -> list[Contribution]:
    return [one(number, **values) for number in range(count)]


def atoms(network) -> dict[tuple, tuple[int, Fraction]]:
    """What lies with one organisation, by year, municipality and quantity; everything else is a sum of these."""
    found = {}
    for year, places in network.items():
        for place, given_ in places.items():
            for it in given_:
                quantities = {
                    "refused": Fraction(it.refusals),
                    "other": Fraction(it.requests - it.refusals),
                    "paid": it.paid_hours,
                    "unpaid": it.unpaid_hours,
                }
                for name, amount in quantities.items():
                    if amount:
                        found[year, place, name, it.organisation] = (it.organisation, amount)
    return found


def published(network) -> list[tuple]:
    """Every sum that can be read off what was published: pairs of the quantities summed up and where.

    A share in whole per cent beside the hours counts as if it gave the paid hours away exactly, and a rounded number as
    if it were exact; whoever reads less than that learns less.
    """
    read = []
    for year, places in network.items():
        shown = balances(places)
        for place, line in shown.items():
            for cell, parts in {**ADDED_UP_PARTS, "share_paid_percent": ("paid",)}.items():
                if getattr(line, cell) is not None:
                    read.append([(year, place, part) for part in parts])
        for cell, parts in (
            ("requests", ("refused", "other")),
            ("refusals", ("refused",)),
            ("hours", ("paid", "unpaid")),
        ):
            if getattr(together(shown.values()), cell) is not None:
                there = [place for place, line in shown.items() if getattr(line, cell) is not None]
                read.append([(year, place, part) for place in there for part in parts])
    return read


def rank(rows: list[list[Fraction]]) -> int:
    """Gauss, in fractions."""
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            if rows[at][column]:
                factor = rows[at][column] / rows[found][column]
                rows[at] = [x - factor * y for x, y in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def groups_given_away(network) -> list[tuple[int, ...]]:
    """Return the groups of fewer than five organisations about whom some combination of the sums speaks alone.

    A combination speaks of a group alone if it is nothing outside of it. There is one exactly if the sums lose rank
    when the group's columns are struck out. This knows nothing of the rule that it judges.
    """
    known = atoms(network)
    columns = sorted(known)
    rows = [
        [Fraction(column[:3] in part) for column in columns] for part in map(set, published(network))
    ]  # fmt: skip
    whole = rank(rows)
    organisations = sorted({organisation for organisation, _amount in known.values()})
    return [
        group
        for group in combinations(organisations, min(FEW, len(organisations)))
        if rank([[x for x, column in zip(row, columns, strict=True) if column[3] not in group] for row in rows]) < whole
    ]


@settings(max_examples=120, deadline=None)
@given(networks())
def test_no_combination_of_what_was_published_speaks_of_fewer_than_five_organisations(network):
    assert groups_given_away(network) == []


def test_the_judge_finds_a_part_that_is_shown_without_its_rest(monkeypatch):
    """The proof itself is tried: with primary suppression alone it must fail."""
    monkeypatch.setattr("network.cooperation.balance.may_split", lambda wholes, parts, **kw: sum(map(bool, parts)) >= 5)
    network = {2025: {0: [*same(5, requests=2, refusals=2), one(5, requests=1), one(6, requests=1)]}}
    assert groups_given_away(network)


def test_the_judge_finds_a_total_of_the_network_from_which_a_hidden_line_follows(monkeypatch):
    network = {2025: {0: same(6, requests=1), 1: same(2, requests=1)}}
    assert not groups_given_away(network)
    honest = published(network)
    total = [(2025, place, part) for place in (0, 1) for part in ("refused", "other")]
    monkeypatch.setattr(f"{__name__}.published", lambda network: [*honest, total])
    assert groups_given_away(network)


@given(st.lists(st.integers(0, 3), max_size=12))
def test_a_sum_is_shown_where_five_organisations_stand_behind_it_and_is_right(requests):
    shown = figures([one(number, requests=count) for number, count in enumerate(requests)])
    enough = sum(1 for count in requests if count) >= LEAST_ORGANISATIONS
    assert shown.requests == (sum(requests) if enough else None)


@given(st.permutations(list(range(7))), networks())
def test_the_order_of_rows_tells_nothing(order, network):
    for places in network.values():
        for given_ in places.values():
            turned = [given_[number] for number in order if number < len(given_)]
            rest = [it for it in given_ if it not in turned]
            assert figures(given_) == figures([*turned, *rest])


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        (same(4, requests=3, paid_hours=Fraction(9)), Figures()),
        (same(5, requests=2), Figures(requests=10, refusals=0)),
        # One refused: who it was must not be worked out, so the number is hidden.
        ([*same(5, requests=1), one(5, requests=1, refusals=1)], Figures(requests=6)),
        # All refused: that would tell of each of them.
        (same(5, requests=1, refusals=1), Figures(requests=5)),
        ([*same(5, requests=1), *(one(9 + n, requests=1, refusals=1) for n in range(5))], Figures(10, 5)),
        (same(5, paid_hours=Fraction(3), unpaid_hours=Fraction(1)), Figures(hours=20, share_paid_percent=75)),
        (same(5, unpaid_hours=Fraction(2)), Figures(hours=10, share_paid_percent=0)),
        ([*same(5, unpaid_hours=Fraction(2)), one(5, paid_hours=Fraction(2))], Figures(hours=12)),
        (same(5, payment_days=(10, 20)), Figures(median_days=15)),
        (same(4, payment_days=(10, 20)), Figures()),
    ],
)  # fmt: skip
def test_what_is_shown(given_, shown):
    assert figures(given_) == shown


def test_the_last_line_sums_up_what_is_shown():
    lines = [figures(same(6, requests=2)), figures(same(2, requests=50)), figures(same(5, requests=1))]
    assert together(lines) == Figures(requests=17, refusals=0)


def test_an_organisation_counts_once():
    with pytest.raises(ValueError, match="once"):
        figures([one(1, requests=1), one(1, requests=1)])
