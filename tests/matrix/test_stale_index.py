"""The index lags behind: what was closed a moment ago is neither shown nor counted nor offered."""

import contextlib

import pytest
from django.apps import apps
from wagtail.models import Page

from search.engines import get_engine
from search.suggestions import suggestions
from tests.matrix.plant_pages import restrict
from tests.matrix.requests import expect_none
from tests.matrix.roles import BY_NAME
from tests.matrix.test_search import facet, hits, misspelt, search
from tests.matrix.world import COMMON_WORD

pytestmark = pytest.mark.django_db


def narrow(world, page):
    page.chosen_audience = "editor"
    page.save()


def hand_to_a_group(world, page):
    page.chosen_audience = world.stored("group:A")
    page.save_revision().publish()


def move_below_a_closed_page(world, page):
    target = Page.objects.get(pk=world.places["between group:A"].pk)
    Page.objects.get(pk=page.pk).move(target, pos="last-child")


CLOSINGS = {
    "narrowed": narrow,
    "handed to a group": hand_to_a_group,
    "unpublished": lambda world, page: page.unpublish(),
    "restricted": lambda world, page: restrict(page, "groups"),
    "closed with its parent": lambda world, page: restrict(page.get_parent(), "login"),
    "moved": move_below_a_closed_page,
    "deleted": lambda world, page: Page.objects.get(pk=page.pk).delete(),
}


@pytest.fixture(params=["nothing is written", "another process writes"])
def lagging(request, monkeypatch, changeable_index):
    """The index learns nothing any more: because nobody writes, or because somebody else holds it."""
    with contextlib.ExitStack() as stack:
        if request.param == "nothing is written":
            for module in ("search.asking", "search.drain"):
                monkeypatch.setattr(f"{module}.drain_quietly", lambda: None)
        else:
            stack.enter_context(get_engine().exclusive(1))
        yield


@pytest.mark.parametrize("closing", CLOSINGS)
def test_what_was_just_closed_is_gone_from_hits_totals_facets_offers_and_repairs(world, lagging, closing):
    kind = "home.StandardPage" if closing == "moved" else "papers.PositionPaperPage"
    planted = world.objects[f"{kind}: for public"]
    user = world.user(BY_NAME["anonymous"])
    before = search(user, COMMON_WORD)
    assert hits(search(user, planted.title)) == {(planted.search_kind, str(planted.pk))}
    CLOSINGS[closing](world, Page.objects.get(pk=planted.pk).specific)
    page, after = search(user, planted.title), search(user, COMMON_WORD)
    closed = 3 if closing == "closed with its parent" else 1
    repaired = search(user, misspelt(planted.title))
    faults = {
        "hits": hits(page) or planted.title in str(page.hits),
        "total": page.total,
        "facets": page.facets and any(view.choices for view in page.facets),
        "total of a common word": after.total != before.total - closed,
        "facet of a common word": facet(after, "kind") == facet(before, "kind"),
        "shown among others": planted.title in str(search(user, "").hits),
        "offered while typing": [offer.text for offer in suggestions(planted.title[:14], user)],
        "told as a repair": planted.title in (repaired.searched_query, *(link.label for link in repaired.offered)),
    }
    expect_none([f"{name}: {told}" for name, told in faults.items() if told])


@pytest.mark.parametrize("kind", ["papers.PositionPaperPage", "home.StandardPage"])
def test_what_was_closed_without_a_word_to_the_index_is_not_shown(world, kind):
    """The last look into the database, should a change ever pass the index by."""
    planted, user = world.objects[f"{kind}: for public"], world.user(BY_NAME["anonymous"])
    apps.get_model(kind)._base_manager.filter(pk=planted.pk).update(audience="editor")
    assert hits(search(user, planted.title)) == set()
    assert [offer.text for offer in suggestions(planted.title[:14], user)] == []
