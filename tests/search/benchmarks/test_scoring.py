"""The figures of the benchmarks mean what they say."""

import pytest

from search.benchmarks.scoring import gain, likeness, score
from search.benchmarks.timing import spread

ANSWERS = {"Duldung": {"a"}, "Rat": {"b", "c"}}


def ranking(**found):
    return lambda questions: (found[question] for question in questions)


def test_a_page_on_place_two_is_worth_half_and_recall_counts_right_pages():
    found = score(ranking(Duldung=["x", "a"], Rat=["b", "x"]), ANSWERS)
    assert (found.mrr, found.recall) == (0.75, 0.75)


def test_what_comes_after_the_tenth_hit_counts_for_nothing():
    found = score(ranking(Duldung=[*"0123456789", "a"], Rat=[]), ANSWERS)
    assert (found.mrr, found.recall) == (0.0, 0.0)


def test_a_gain_lies_between_its_bounds_and_is_the_same_every_time():
    better = score(ranking(Duldung=["a"], Rat=["b"]), ANSWERS)
    worse = score(ranking(Duldung=["x", "a"], Rat=["b"]), ANSWERS)
    first, second = (gain(better, worse, resamples=1_000) for _ in range(2))
    assert first == second
    assert first.lowest <= first.mrr == 0.25 <= first.highest


@pytest.mark.parametrize(
    ("other", "same_first", "same_ten"),
    [({"Duldung": ["a", "x"], "Rat": ["b"]}, 1.0, 1.0), ({"Duldung": ["x", "a"], "Rat": ["c"]}, 0.0, 0.5)],
)
def test_two_rankings_are_alike_by_their_first_hit_and_their_ten(other, same_first, same_ten):
    found = likeness(score(ranking(Duldung=["a", "x"], Rat=["b"]), ANSWERS), score(ranking(**other), ANSWERS))
    assert (found.same_first, found.same_ten) == (same_first, same_ten)


def test_nineteen_of_twenty_stay_below_p95():
    found = spread(range(1, 101))
    assert (found.p50, found.p95) == (50.5, 96)
