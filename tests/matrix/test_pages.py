"""Every page for every role, in both directions: who may read it sees all of it, everybody else finds nothing."""

import pytest

from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import ROLES, share_of

pytestmark = pytest.mark.django_db
READERS = [role for role in ROLES if not role.owes_second_factor]


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_page_shows_all_to_those_who_may_read_it_and_nothing_to_others(world, role):
    faults = []
    for planted in share_of(role, world.pages()):
        response = ask(world, role, planted.url)
        expected = 200 if planted.may_be_read_by(role) else 404
        if response.status_code != expected:
            faults.append(f"{planted.key} at {planted.url}: {response.status_code}, not {expected}")
        if role.enters and not is_for_its_reader_alone(response):
            faults.append(f"{planted.key}: a cache may keep it: {response.headers.get('Cache-Control')}")
        faults += [f"{planted.key} shows {leak}" for leak in world.leaks(role, response)]
        if expected == 200:
            missing = planted.shown - world.mint.found_in(response)
            faults += [f"{planted.key} does not show {lost}" for lost in world.mint.told(missing)]
    expect_none(faults)


def is_for_its_reader_alone(response) -> bool:
    told = response.headers.get("Cache-Control", "")
    return "no-store" in told and "public" not in told


@pytest.mark.parametrize("role", [role for role in READERS if role.enters], ids=str)
def test_lists_for_a_signed_in_person_are_stored_by_no_cache(world, role):
    addresses = ("/", "/papiere/", "/suche/?q=x", "/suche/vorschlaege/?q=kanar", "/glossar/")
    expect_none([address for address in addresses if not is_for_its_reader_alone(ask(world, role, address))])


@pytest.mark.parametrize("role", [role for role in ROLES if role.owes_second_factor], ids=str)
def test_who_owes_a_second_factor_is_led_to_it_from_every_page(world, role):
    answers = {planted.key: ask(world, role, planted.url) for planted in world.pages()}
    expect_none([key for key, answer in answers.items() if answer.status_code != 302])
    expect_none([f"{key}: {leak}" for key, answer in answers.items() for leak in world.leaks(role, answer)])
