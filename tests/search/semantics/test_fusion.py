"""The arithmetic of two orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.semantics.fusion import K, fused, weight_of_meaning

LISTS = st.lists(st.integers(0, 40), unique=True, max_size=40)
WEIGHTS = st.floats(0.01, 2.0)


@given(words=LISTS, meaning=LISTS, weight=WEIGHTS)
def test_everything_is_in_the_order_once(words, meaning, weight):
    order = fused(words, meaning, weight)
    assert sorted(order) == sorted({*words, *meaning})


@given(words=LISTS, weight=WEIGHTS)
def test_without_a_second_list_or_with_the_same_nothing_moves(words, weight):
    assert fused(words, [], weight) == words
    assert fused(words, words, weight) == words


@given(words=LISTS, meaning=LISTS, weight=WEIGHTS)
def test_whoever_is_before_another_in_both_lists_is_before_it_in_the_order(words, meaning, weight):
    order = {key: place for place, key in enumerate(fused(words, meaning, weight))}
    both = [key for key in words if key in meaning]
    for first in both:
        for second in both:
            if words.index(first) < words.index(second) and meaning.index(first) < meaning.index(second):
                assert order[first] < order[second]


@given(words=st.lists(st.integers(0, 40), unique=True, min_size=1), weight=WEIGHTS)
def test_merits_are_weighed_reciprocal_ranks(words, weight):
    last = words[-1]
    order = fused(words, [last], weight)
    merit = 1 / (K + len(words)) + weight / (K + 1)
    before = sum(1 / (K + rank) >= merit for rank in range(1, len(words)))
    assert order.index(last) == before


@pytest.mark.parametrize(
    ("question", "weight"),
    [("Duldung", 0.5), ("Duldung Ausbildung Frist", 0.5), ("Wer hilft bei der Anerkennung?", 1.0), ("a b c d", 1.0)],
)
def test_meaning_counts_more_for_whole_questions(question, weight):
    assert weight_of_meaning(question) == weight
