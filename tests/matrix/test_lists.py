"""What lists pages, for every role and in both directions: papers, home page, sitemap, redirects, citations."""

import re
from itertools import cycle, islice

import pytest

from tests.matrix.plant_searches import feed_token
from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import BY_NAME, ROLES, share_of

pytestmark = pytest.mark.django_db
READERS = [role for role in ROLES if not role.owes_second_factor]
PAPER = "papers.PositionPaperPage"
FORMS = ("ris", "bibtex", "csl")


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_list_of_papers_shows_and_counts_exactly_what_a_role_may_read(world, role):
    expected = world.readable_to(role, world.of_kind(PAPER))
    answers = [ask(world, role, f"/papiere/?seite={number}") for number in (1, 2, 3)]
    found = set.union(*map(world.mint.found_in, answers))
    titles = {planted.title for planted in world.of_kind(PAPER)}
    assert found & titles == {planted.title for planted in expected}
    assert {int(number) for answer in answers for number in re.findall(r"(\d+) Positionspapier", answer.told)} == {
        len(expected)
    }
    counts = [int(count) for count in re.findall(r"Treffer: </span>(\d+)", answers[0].told)]
    assert counts, "The filters of the list count what they would leave."
    assert set(counts) == {len(expected)}
    expect_none([leak for answer in answers for leak in world.leaks(role, answer)])


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_home_page_counts_what_a_role_may_read(world, role):
    expected = len(world.readable_to(role, world.of_kind(PAPER)))
    answer = ask(world, role, "/")
    counts = re.search(r'class="fields__counts">(\d+) ', answer.told)
    assert int(counts[1]) == expected
    assert len(world.mint.found_in(answer) & {planted.title for planted in world.of_kind(PAPER)}) == min(expected, 5)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_sitemap_names_public_pages_and_nothing_else_whoever_asks(world, role):
    told = ask(world, role, "/sitemap.xml").told
    named = {address.partition("testserver")[2] for address in re.findall(r"<loc>([^<]+)</loc>", told)}
    assert named == {planted.url for planted in world.pages() if planted.extra.get("in_sitemap")}


@pytest.mark.parametrize("role", READERS, ids=str)
def test_an_old_address_leads_on_only_where_its_reader_finds_something(world, role):
    faults = []
    for planted in share_of(role, world.of_kind(PAPER)):
        if "old_address" not in planted.extra:
            continue
        answer = ask(world, role, f"{planted.extra['old_address']}/")
        expected = 301 if planted.may_be_read_by(role) else 404
        if answer.status_code != expected:
            faults.append(f"{planted.key}: {answer.status_code}, not {expected}")
        faults += world.leaks(role, answer)
    expect_none(faults)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_number_of_a_page_leads_on_only_where_its_reader_finds_something(world, role):
    faults = []
    for planted in share_of(role, world.of_kind(PAPER, "home.StandardPage")):
        answer = ask(world, role, f"/seiten/{planted.pk}/")
        expected = planted.url if planted.may_be_read_by(role) else None
        if answer.headers.get("Location") != expected or answer.status_code != (302 if expected else 404):
            faults.append(f"{planted.key}: {answer.status_code} {answer.headers.get('Location')}, not {expected}")
        faults += world.leaks(role, answer)
    expect_none(faults)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_citations_are_given_of_papers_that_a_role_may_read(world, role):
    """Every role asks about every paper; the forms take turns, another one first for each role."""
    faults = []
    for planted, form in zip(world.of_kind(PAPER), turning(FORMS, ROLES.index(role)), strict=False):
        answer = ask(world, role, f"{planted.url}zitat/{form}/")
        if (answer.status_code == 200) is not planted.may_be_read_by(role):
            faults.append(f"{planted.key}: {answer.status_code}")
        faults += world.leaks(role, answer)
    expect_none(faults)


def turning(forms, first: int):
    return islice(cycle(forms), first % len(forms), None)


@pytest.mark.parametrize("role", [role for role in ROLES if role.is_known], ids=str)
def test_the_feed_of_a_search_for_everything_lists_what_its_owner_may_read_and_none_of_the_rest(
    world, role, monkeypatch
):
    monkeypatch.setattr("search.saved.feeds.MOST_ENTRIES", 1_000)
    answer = ask(world, BY_NAME["anonymous"], f"/suche/feed/{feed_token(role.name)}/")
    assert answer.status_code == (200 if role.enters else 404)
    searchable = [planted for planted in world.objects.values() if planted.search_kind]
    expected = {planted.title for planted in world.readable_to(role, searchable)} if role.enters else set()
    assert world.mint.found_in(answer) & {planted.title for planted in searchable} == expected
    expect_none(world.leaks(role, answer))


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_directory_shows_and_counts_exactly_what_a_role_may_read(world, role):
    entries = [entry for entry in world.of_kind("directory.Organisation") if entry.search_kind]
    expected = world.readable_to(role, entries)
    answer = ask(world, role, "/verzeichnis/")
    assert world.mint.found_in(answer) & {entry.title for entry in entries} == {entry.title for entry in expected}
    assert re.findall(r"(\d+) [Oo]rganisation", answer.told)[0] == str(len(expected))
    counts = {int(count) for count in re.findall(r"Treffer: </span>(\d+)", answer.told)}
    assert counts == {len(expected)}, "All planted entries have the same values in every filter."
    expect_none(world.leaks(role, answer))
