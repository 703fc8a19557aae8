"""Every way in which the product answers who may read what, compared with the model."""

import itertools
from dataclasses import dataclass
from unittest import mock

from django.test import Client
from wagtail.models import Page

from knowledge.papers.models import PaperIndexPage, PositionPaperPage
from portal.accounts.models import User
from portal.accounts.rules import may_administer
from portal.home.models import HomePage, StandardPage
from portal.shared.models import PortalDocument
from portal.shared.visibility import labels_for
from search.models import OutboxEntry
from search.queries import SearchRequest
from search.results import PAGE_SIZE, results_page
from search.suggestions import suggestions
from tests.rights.model import ANYBODY, EDITORS_GROUP, demands_of, readers, shown_to
from tests.rights.world import World

PAGE_MODELS = (HomePage, PaperIndexPage, PositionPaperPage, StandardPage)
SEARCH_MODULES = ("search.asking.drain_quietly",)


@dataclass
class Expected:
    """Who is to see what, by the model, at one moment."""

    pages: dict[int, set[str]]
    files: dict[int, set[str]]

    def changed_for(self, before: "Expected | None") -> set[str]:
        """Return those for whom anything is different now."""
        if before is None:
            return set()
        pairs = [
            *((now, before.pages.get(key, set())) for key, now in self.pages.items()),
            *((now, before.files.get(key, set())) for key, now in self.files.items()),
        ]
        return set().union(*(now ^ then for now, then in pairs))


def expect(world: World) -> Expected:
    """Ask the model; what it shows is never more than the rule itself allows."""
    expected = Expected({}, {})
    for found, rows, tree in (
        (expected.pages, world.pages, world.pages),
        (expected.files, world.files, world.collections),
    ):
        for key, node in rows.items():
            demands = demands_of(tree, node.parent, node.chosen) + list(node.limits.items())
            found[key] = shown_to(world.people, demands)
            assert found[key] <= readers(world.people, demands)
    return expected


def check_labels(world: World, key: str, user) -> None:
    """Compare every audience that exists, and see that there is no other."""
    labels = labels_for(user)
    held = {audience for audience in audiences(world) if key in world.people.readers(audience)}
    for tree, prefix in ((world.pages, "page"), (world.collections, "collection")):
        for number, limit in limits_of(tree):
            if limit.kind == "groups" and key in world.people.readers_within(limit):
                held.add(f"{prefix}-restriction:{number}")
    assert labels == held, f"{key} belongs to {sorted(labels)}, should belong to {sorted(held)}"


def audiences(world: World) -> list[str]:
    """Return what can be chosen."""
    circles = [f"{'org' if name == 'o1' else 'group'}:{pk}" for name, pk in world.circle_keys.items()]
    return ["public", "member", "staff", "editor", *circles]


def limits_of(tree) -> list:
    return list(itertools.chain.from_iterable(node.limits.items() for node in tree.values()))


def check_rows(world: World, expected: Expected, key: str, user) -> None:
    """Compare the querysets and the predicate."""
    shown = {page.pk for model in PAGE_MODELS for page in model.objects.visible_to(user)}
    should = {pk for pk, who in expected.pages.items() if key in who and world.pages[pk].live}
    assert shown == should, f"pages for {key}: too many {shown - should}, too few {should - shown}"
    told = {page.pk for model in PAGE_MODELS for page in model.objects.all() if page.is_visible_to(user)}
    should = {pk for pk, who in expected.pages.items() if key in who}
    assert told == should, f"is_visible_to for {key}: too many {told - should}, too few {should - told}"
    files = set(PortalDocument.objects.visible_to(user).values_list("pk", flat=True))
    should = {pk for pk, who in expected.files.items() if key in who}
    assert files == should, f"files for {key}: too many {files - should}, too few {should - files}"


def check_answers(world: World, expected: Expected, key: str, pages: list[int], files: list[int]) -> None:
    """Ask for addresses in a session of its own; whoever owes a second factor is led to it."""
    client = Client(raise_request_exception=False)
    if key != ANYBODY:
        client.force_login(User.objects.get(pk=world.users[key]))
    asked = [(Page.objects.get(pk=pk).url, key in expected.pages[pk] and world.pages[pk].live) for pk in pages]
    asked += [(PortalDocument.objects.get(pk=pk).url, key in expected.files[pk]) for pk in files]
    for url, may_read in asked:
        response = client.get(url)
        if response.streaming:
            response.getvalue()
        code = 302 if world.people.owes_factor(key) else 200 if may_read else 404
        assert response.status_code == code, f"{key} gets {response.status_code} for {url}, not {code}"
        # Only what everybody may read may be kept by others than the reader.
        if response.status_code == 200 and client.cookies:
            assert "private" in response.headers["Cache-Control"]


def check_search(world: World, expected: Expected, key: str, user, *, is_stale: bool) -> None:
    """Compare hits, total, suggestions and repairs; a stale index withholds what it does not know, and no more."""
    if not is_stale:
        return _check_search(world, expected, key, user, set(), is_stale=False)
    waiting = {_thing(*entry) for entry in OutboxEntry.objects.waiting().values_list("kind", "object_id")}
    with mock.patch(*SEARCH_MODULES):
        return _check_search(world, expected, key, user, waiting, is_stale=True)


def _thing(kind: str, pk: str) -> tuple[str, int]:
    """Tell pages, whatever kind they are, from files, whose numbers may be the same."""
    return "file" if kind == "document" else "page", int(pk)


def _check_search(
    world: World, expected: Expected, key: str, user, waiting: set[tuple[str, int]], *, is_stale: bool
) -> None:
    listed = {pk: node for pk, node in world.pages.items() if node.is_listed}
    should = {("page", pk) for pk, node in listed.items() if node.live and key in expected.pages[pk]}
    should |= {("file", pk) for pk in world.files if key in expected.files[pk]}
    should -= waiting
    page = results_page(SearchRequest(), user)
    found = {_thing(hit.kind, hit.id) for hit in page.hits}
    assert not page.is_outage
    assert page.total == len(should), f"total for {key}: {page.total}, not {len(should)}"
    assert found <= should, f"hits for {key}: {found - should} too many"
    assert len(found) == min(len(should), PAGE_SIZE), f"hits for {key}: {should - found} are missing"
    for pk in list(listed)[-1:]:
        word = listed[pk].word
        is_told = any(listed[other].word == word for thing, other in should if thing == "page")
        texts = {offer.text for offer in suggestions(word[:5], user)}
        assert (word in texts) == is_told, f"{word} is {'not ' if is_told else ''}suggested to {key}"
        if not is_stale:
            continue
        # The words of a lagging index are the ones that may tell too much.
        asked = results_page(SearchRequest(query=word[:-3] + word[-2:]), user)
        told = f"{asked.searched_query} {asked.offered} {asked.hits}"
        assert is_told or word not in told, f"{word} is told to {key}: {told}"


def check_administration(world: World, actor: str, user) -> None:
    """Compare the list of people with the predicate and both with the model."""
    should = {world.users[key] for key in world.people.administered_by(actor)}
    listed = set(User.objects.administrable_by(user).values_list("pk", flat=True))
    told = {person.pk for person in User.objects.all() if may_administer(user, person)}
    assert listed == should, f"{actor} administers {listed}, should administer {should}"
    assert told == should, f"{actor} may administer {told}, should {should}"


def check_groups(world: World, key: str, user) -> None:
    """The rights that Django and Wagtail know follow from the roles."""
    assert user.is_active == world.people.all[key].active
    if user.is_active:
        assert user.is_superuser == world.people.administers_network(key)
        has_group = user.groups.filter(name=EDITORS_GROUP).exists()
        assert has_group == any(role.name == "editor" for role in world.people.roles(key))
