"""The register of experts for every role, in both directions: who may find whom, and nobody learns who it is."""

import re

import pytest

from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import ROLES

pytestmark = pytest.mark.django_db
READERS = [role for role in ROLES if not role.owes_second_factor]
EXPERT = "directory.Expert"


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_register_lists_and_counts_exactly_whom_a_role_may_find(world, role):
    answer = ask(world, role, "/fachpersonen/")
    assert answer.status_code == (200 if role.enters else 302)
    expected = world.readable_to(role, world.of_kind(EXPERT)) if role.enters else []
    titles = {planted.title for planted in world.of_kind(EXPERT)}
    assert world.mint.found_in(answer) & titles == {planted.title for planted in expected}
    if role.enters:
        assert re.search(r'role="status">(\d+) ', answer.told)[1] == str(len(expected))
    expect_none(world.leaks(role, answer))


@pytest.mark.parametrize("role", READERS, ids=str)
def test_an_entry_opens_to_whom_may_find_it_and_to_nobody_else(world, role):
    faults = []
    for planted in world.of_kind(EXPERT):
        for act in ("", "anfragen/"):
            answer = ask(world, role, f"/fachpersonen/{planted.extra['uid']}/{act}")
            is_own = planted.extra["role"] == role.name
            expected = (
                302 if not role.enters else 404 if not planted.may_be_read_by(role) else 302 if act and is_own else 200
            )
            if answer.status_code != expected:
                faults.append(f"{planted.key} {act}: {answer.status_code}, not {expected}")
            faults += world.leaks(role, answer)
    expect_none(faults)
