"""What a saved search remembers: packed and read again it is the same, and nothing once told is new again."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from search.saved import memory
from search.saved.memory import Memory, key_of

NOW = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
keys = st.lists(st.integers(0, 2**64 - 1), max_size=30)


@given(keys, keys)
def test_a_memory_packed_and_read_again_is_the_same(met, told):
    one = Memory()
    one.note(met, at=NOW)
    one.tell(told, at=NOW + datetime.timedelta(days=1))
    assert Memory.unpack(one.packed()) == one
    assert Memory.unpack(one.packed()).packed() == one.packed()


@given(keys, keys)
def test_what_was_told_is_never_new_again_and_what_was_only_met_still_is(met, told):
    one = Memory()
    one.note(met, at=NOW)
    one.tell(told, at=NOW)
    one.note(met, at=NOW + datetime.timedelta(days=9))
    assert not any(one.is_new(key) for key in told)
    assert all(one.is_new(key) for key in set(met) - set(told))


def test_the_first_meeting_keeps_its_moment():
    one = Memory()
    assert one.note([1], at=NOW)
    assert not one.note([1], at=NOW + datetime.timedelta(hours=1))
    one.tell([1], at=NOW + datetime.timedelta(hours=2))
    assert one.meetings[1].moment == NOW


def test_a_record_takes_few_bytes_and_the_oldest_go_first(monkeypatch):
    monkeypatch.setattr(memory, "MOST_REMEMBERED", 2)
    one = Memory()
    for age, key in enumerate((11, 12, 13)):
        one.note([key], at=NOW - datetime.timedelta(days=age))
    assert len(one.packed()) == 2 * 13
    assert set(Memory.unpack(one.packed()).meetings) == {11, 12}


def test_kind_and_number_together_are_the_record():
    assert len({key_of("paper", "1"), key_of("term", "1"), key_of("paper", "2")}) == 3
    assert key_of("paper", "1") == key_of("paper", "1")
