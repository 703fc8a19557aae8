import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.papers.anchors import anchors, numbers, slug_of


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Migration und „Postmigration“", "migration-und-postmigration"),
        ("Übergänge größer denken", "uebergaenge-groesser-denken"),
        ("§ 60a AufenthG", "60a-aufenthg"),
        ("…", "abschnitt"),
        ("Éducation", "education"),
    ],
)
def test_an_anchor_reads_like_its_heading(heading, slug):
    assert slug_of(heading) == slug


@pytest.mark.parametrize(
    ("levels", "counted"),
    [
        ([1, 1, 1], ["1", "2", "3"]),
        ([1, 2, 2, 1, 2], ["1", "1.1", "1.2", "2", "2.1"]),
        ([1, 3, 3, 2], ["1", "1.1", "1.2", "1.3"]),
        ([2, 1], ["1", "2"]),
        ([3, 2, 1, 2], ["1", "2", "3", "3.1"]),
        ([], []),
    ],
)
def test_sections_are_counted_by_level(levels, counted):
    assert numbers(levels) == counted


@given(st.lists(st.integers(1, 3), max_size=30))
def test_no_number_is_given_twice(levels):
    assert len(set(numbers(levels))) == len(levels)


def test_equal_headings_get_different_anchors():
    assert anchors([("a", "Ziele"), ("b", "Ziele")], {}) == {"a": "ziele", "b": "ziele-2"}


def test_a_published_section_keeps_its_anchor_under_a_new_heading():
    assert anchors([("a", "Neue Ziele")], {"a": "ziele"}) == {"a": "ziele"}


def test_the_anchor_of_a_removed_section_is_never_given_to_another():
    assert anchors([("b", "Ziele")], {"a": "ziele"}) == {"b": "ziele-2"}


def test_a_new_section_before_a_published_one_does_not_take_its_anchor():
    assert anchors([("new", "Ziele"), ("old", "Ziele")], {"old": "ziele"}) == {"new": "ziele-2", "old": "ziele"}


@given(
    st.lists(st.tuples(st.uuids().map(str), st.text(max_size=40)), unique_by=lambda pair: pair[0], max_size=20),
    st.dictionaries(st.uuids().map(str), st.text("abc-", min_size=1, max_size=3), max_size=5),
)
def test_anchors_are_unique_and_published_ones_never_change(headings, published):
    published = {key: value for key, value in published.items() if list(published.values()).count(value) == 1}
    result = anchors(headings, published)
    assert len(set(result.values())) == len(headings)
    assert all(result[key] == value for key, value in published.items() if key in result)
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in result.values())
