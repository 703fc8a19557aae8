"""The chain as such: canonical notation, and every way of breaking it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.audit.chain import Fault, Link, digest_of, plain, walk
from portal.shared.visibility import Audience

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.decimals(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=12,
)


def chain(length):
    entries, previous = [], ""
    for number in range(1, length + 1):
        content = {"number": number, "what": f"Eintrag {number}", "previous": previous}
        previous = digest_of(content)
        entries.append((content, previous))
    return entries


def end_of(entries):
    return Link(entries[-1][0]["number"], entries[-1][1]) if entries else Link()


@given(VALUES)
def test_what_is_logged_survives_json_unchanged(value):
    kept = plain(value)
    assert json.loads(json.dumps(kept)) == kept
    assert plain(kept) == kept


@given(st.text())
def test_text_that_databases_refuse_is_replaced(text):
    kept = plain(text)
    assert "\0" not in kept
    kept.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Audience.MEMBER, "member"),
        (True, True),
        (7, 7),
        (0.1, "0.1"),
        (Decimal("1.50"), "1.50"),
        (("b", "a"), ["b", "a"]),
        ({"b", "a"}, ["a", "b"]),
        ({1: None}, {"1": None}),
    ],
)
def test_values_are_kept_in_a_notation_that_no_database_changes(value, kept):
    assert plain(value) == kept


@pytest.mark.parametrize("length", [0, 1, 7])
def test_a_whole_chain_is_sound(length):
    entries = chain(length)
    verdict = walk(entries, start=Link(), end=end_of(entries))
    assert (verdict.sound, verdict.fault) == (length, None)


def _drop(index):
    return lambda entries: entries.pop(index)


def _rewrite(entries):
    entries[3][0]["what"] = "anders"


def _rewrite_and_seal(entries):
    content = {**entries[3][0], "what": "anders"}
    entries[3] = (content, digest_of(content))


def _swap(entries):
    entries[2], entries[3] = entries[3], entries[2]


@pytest.mark.parametrize(
    ("harm", "number", "fault"),
    [
        (_drop(0), 1, Fault.MISSING),
        (_drop(3), 4, Fault.MISSING),
        (_drop(-1), 7, Fault.MISSING),
        (_rewrite, 4, Fault.CHANGED),
        (_rewrite_and_seal, 5, Fault.DETACHED),
        (_swap, 3, Fault.MISSING),
    ],
)
def test_a_broken_chain_names_the_first_broken_entry(harm, number, fault):
    entries = chain(7)
    end = end_of(entries)
    harm(entries)
    verdict = walk(entries, start=Link(), end=end)
    assert (verdict.broken_at, verdict.fault, verdict.sound) == (number, fault, number - 1)


def test_a_rewritten_last_entry_is_found_by_the_head():
    entries = chain(3)
    end = end_of(entries)
    content = {**entries[-1][0], "what": "anders"}
    entries[-1] = (content, digest_of(content))
    assert walk(entries, start=Link(), end=end).fault is not None


def test_a_pruned_chain_begins_at_its_anchor():
    entries = chain(7)
    start = Link(4, entries[3][1])
    assert walk(entries[4:], start=start, end=end_of(entries)).fault is None
    assert walk(entries[5:], start=start, end=end_of(entries)).broken_at == 5
