"""The search for every role: hits, totals, facets, offers and repairs know only what the role may read."""

import re

import pytest

from search.queries import parse_request
from search.results import ResultsPage, results_page
from search.suggestions import suggestions
from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import ROLES, share_of
from tests.matrix.world import COMMON_WORD, Planted, World

pytestmark = pytest.mark.django_db
READERS = [role for role in ROLES if not role.owes_second_factor]
#: Words in one question; all its words together must fit into it.
WORDS = 12
FEW_WORDS = 4


def searchable(world: World) -> list[Planted]:
    return [planted for planted in world.objects.values() if planted.search_kind]


def search(role_user, query: str, **parameters: str) -> ResultsPage:
    return results_page(
        parse_request({"q": [query], **{name: [value] for name, value in parameters.items()}}), role_user
    )


def hits(page: ResultsPage) -> set[tuple[str, str]]:
    return {(hit.kind, hit.id) for hit in page.hits}


def keys(objects) -> set[tuple[str, str]]:
    return {(planted.search_kind, str(planted.pk)) for planted in objects}


@pytest.mark.parametrize("role", READERS, ids=str)
def test_all_pages_of_results_list_exactly_what_a_role_may_read(world, role):
    expected = world.readable_to(role, searchable(world))
    last = -(-len(expected) // 10)
    answers = [ask(world, role, f"/suche/?seite={number}") for number in range(1, last + 2)]
    told = {int(number) for answer in answers for number in re.findall(r"(\d+) Eintr(?:ag|äge) insgesamt", answer.told)}
    assert told == {len(expected)}
    listed = [set(re.findall(r'data-hit="(\w+):(\d+)"', answer.told)) for answer in answers]
    assert set.union(*listed) == keys(expected)
    assert sum(map(len, listed[:-1])) == len(expected)
    assert listed[-1] == listed[-2], "Beyond the end, the last page is shown."
    expect_none([leak for answer in answers for leak in world.leaks(role, answer)])


@pytest.mark.parametrize("role", READERS, ids=str)
def test_the_words_of_an_object_find_it_for_those_who_may_read_it_and_nothing_for_others(world, role):
    user, faults = world.user(role), []
    for planted in share_of(role, searchable(world)):
        expected = keys([planted]) if planted.may_be_read_by(role) else set()
        words = sorted(planted.findable)
        # Every unknown word is compared with all words for a repair, so what a role may not know takes turns.
        few = words[ROLES.index(role) % 3 :: 3][:FEW_WORDS] or words[:1]
        page = search(user, " ".join(words[:WORDS] if expected else few))
        if hits(page) != expected or page.total != len(expected):
            faults.append(f"{planted.key}: {page.total} hits, {hits(page)}")
        if not expected and (
            page.searched_query != page.request.query or page.offered or any(f.choices for f in page.facets)
        ):
            faults.append(f"{planted.key}: the answer of nothing is not empty: {page}")
    expect_none(faults)


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role.name in {"administrator", "member of group A"}], ids=str
)
def test_every_single_word_finds_its_object(world, role):
    user, faults = world.user(role), []
    for planted in world.readable_to(role, searchable(world)):
        lost = [word for word in planted.findable if hits(search(user, word)) != keys([planted])]
        faults += [f"not found by {told}" for told in world.mint.told(lost)]
    expect_none(faults)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_totals_and_facets_of_a_common_word_count_what_a_role_may_read(world, role):
    visible = world.readable_to(role, searchable(world))
    common = [planted for planted in visible if not planted.extra.get("without_common_word")]
    user = world.user(role)
    page = search(user, COMMON_WORD)
    assert page.total == len(common)
    assert facet(page, "kind") == counted(common)
    papers = [planted for planted in common if planted.search_kind == "paper"]
    with_topic = [planted for planted in common if planted.search_kind in ("paper", "term")]
    assert sum(facet(page, "topic").values()) == len(with_topic)
    assert sum(facet(page, "field_of_action").values()) == len(with_topic)
    assert sum(facet(page, "municipality").values()) == len(papers)
    assert search(user, COMMON_WORD, art="paper").total == len(papers)
    by_date = search(user, COMMON_WORD, art="paper", sortierung="datum")
    assert by_date.total == len(papers)
    assert hits(by_date) <= keys(papers)


def facet(page: ResultsPage, name: str) -> dict[str, int]:
    return {choice.value: choice.count for view in page.facets if view.name == name for choice in view.choices}


def counted(objects) -> dict[str, int]:
    kinds = [planted.search_kind for planted in objects]
    return {kind: kinds.count(kind) for kind in set(kinds)}


@pytest.mark.parametrize("role", READERS, ids=str)
def test_what_is_offered_while_typing_is_what_a_role_may_read(world, role):
    user, faults = world.user(role), []
    for planted in share_of(role, searchable(world)):
        offered = {offer.text for offer in suggestions(planted.title[:14], user)}
        expected = {planted.title} if planted.may_be_read_by(role) else set()
        if offered != expected:
            faults.append(f"{planted.key}: {offered}")
    expect_none(faults)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_spelling_is_repaired_by_words_that_a_role_may_read_alone(world, role):
    user, faults = world.user(role), []
    for planted in share_of(role, searchable(world)):
        word = planted.title
        page = search(user, misspelt(word))
        told = {page.searched_query, *(link.label for link in page.offered)} - {page.request.query}
        expected = {word} if planted.may_be_read_by(role) else set()
        if told != expected:
            faults.append(f"{planted.key}: asked for {page.request.query}, was told {told}")
    expect_none(faults)


def misspelt(word: str) -> str:
    """One slip in the middle; short words are never repaired, so the long kind is used."""
    return f"{word[:9]}x{word[10:]}"
