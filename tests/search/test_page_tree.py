"""Wagtail's own events: publishing, moving, hiding and deleting pages reaches the index."""

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from portal.home.models import HomePage, StandardPage
from search.drain import drain
from search.engines import get_engine
from search.engines.base import EngineRequest
from search.rebuild import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    rebuild()
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    for child in root.get_children():
        child.delete()
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Start", slug="start"))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home


def found() -> set[str]:
    drain()
    request = EngineRequest(frozenset({"public"}), filters={"kind": ("page",)}, limit=50)
    return {hit.url for hit in get_engine().snapshot().search(request).hits}


@pytest.fixture
def pages(home):
    parent = home.add_child(instance=StandardPage(title="Netzwerk", slug="netzwerk"))
    child = parent.add_child(instance=StandardPage(title="Termine", slug="termine"))
    return parent, child


def test_pages_are_found_under_their_address(pages):
    assert {"/netzwerk/", "/netzwerk/termine/"} <= found()


def test_an_unpublished_page_leaves_and_a_published_one_returns(pages):
    pages[1].unpublish()
    assert "/netzwerk/termine/" not in found()
    pages[1].save_revision().publish()
    assert "/netzwerk/termine/" in found()


def test_a_new_slug_changes_the_addresses_below(pages):
    found()
    pages[0].slug = "netz"
    pages[0].save_revision().publish()
    assert {"/netz/", "/netz/termine/"} <= found()


def test_a_moved_page_takes_its_subtree_along(pages, home):
    found()
    other = home.add_child(instance=StandardPage(title="Archiv", slug="archiv"))
    Page.objects.get(pk=pages[0].pk).move(other, pos="last-child")
    assert {"/archiv/netzwerk/", "/archiv/netzwerk/termine/"} <= found()
    assert "/netzwerk/termine/" not in found()


def test_a_view_restriction_hides_the_whole_subtree_until_it_is_lifted(pages):
    found()
    restriction = PageViewRestriction.objects.create(page=pages[0], restriction_type=PageViewRestriction.LOGIN)
    assert not {"/netzwerk/", "/netzwerk/termine/"} & found()
    restriction.delete()
    assert {"/netzwerk/", "/netzwerk/termine/"} <= found()


def test_a_deleted_page_takes_its_subtree_out_of_the_index(pages):
    found()
    Page.objects.get(pk=pages[0].pk).delete()
    assert not {"/netzwerk/", "/netzwerk/termine/"} & found()
