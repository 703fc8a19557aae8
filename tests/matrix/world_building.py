"""Builds the world in the order in which its parts need each other, and indexes it as a running portal would."""

from pathlib import Path

from django.apps import apps
from wagtail.models import Page

from knowledge.papers.models import PaperIndexPage
from portal.home.models import HomePage
from search.drain import drain
from search.rebuild import rebuild
from tests.factories.pages import paper_index, site_with_home
from tests.matrix import (
    plant_cooperation,
    plant_directory,
    plant_exchange,
    plant_experts,
    plant_files,
    plant_keeping,
    plant_people,
    plant_records,
    plant_searches,
)
from tests.matrix.cases import cases_of
from tests.matrix.filling import values_for
from tests.matrix.objects import PAGES
from tests.matrix.plant_pages import Planting, parent_between
from tests.matrix.tokens import Mint
from tests.matrix.world import EDITING, Planted, World


def build_world(index_dir: Path) -> World:
    """Plant everything; the index first learns all that is live as public, then every change of audience and state."""
    world = World(Mint(), index_dir)
    plant_people.plant_circles(world)
    plant_people.plant_places(world)
    plant_people.plant_people(world)
    plant_people.plant_joining(world)
    plant_records.plant_vocabulary(world)
    plant_files.plant_figure(world)
    home, index = _front_pages(world)
    plantings = list(_begun(world, home, index))
    rebuild()
    for planting in plantings:
        planting.finish()
    if "to unpublish" in world.places:
        # Read anew, because it counts its children.
        type(world.places["to unpublish"]).objects.get(pk=world.places["to unpublish"].pk).unpublish()
    plant_files.plant_files(world)
    plant_records.plant_records(world)
    plant_records.plant_redirects(world)
    plant_searches.plant_searches(world)
    plant_directory.plant_directory(world)
    plant_experts.plant_contacts(world)
    plant_keeping.plant_keeping(world)
    plant_experts.plant_experts(world)
    plant_exchange.plant_imports(world)
    plant_cooperation.plant_cooperation(world)
    drain()
    world.sign_in()
    return world


def _begun(world: World, home: Page, index: Page):
    for kind in PAGES:
        model = apps.get_model(kind.model)
        for case in cases_of(kind.cases):
            planting = Planting(world, model, kind, case)
            planting.begin({"home": parent_between(world, home, case), "papers": index}[kind.parent])
            yield planting


def _front_pages(world: World) -> tuple[Page, Page]:
    """The home page and the list of papers, whose addresses carry no canary."""
    site_with_home(), paper_index()
    # Read anew, since the home page counts its children.
    for page, kept in ((HomePage.objects.get(), {"slug"}), (PaperIndexPage.objects.get(), {"slug"})):
        owner = page._meta.label
        texts = values_for(
            type(page), lambda place, room, owner=owner: world.mint.token(owner, place, {"public", EDITING}, room=room)
        )
        for name, value in texts.items():
            if name not in kept:
                setattr(page, name, value)
        page.save()
        planted = type(page).objects.get(pk=page.pk)
        world.add(
            Planted(
                owner, owner, "public", readable=True, pk=page.pk, url=planted.url,
                shown=world.mint.of(owner, leaving_out={"slug", "seo_title", "title"}),
                extra={"state": "live", "in_sitemap": True},
            )
        )  # fmt: skip
    return HomePage.objects.get(), PaperIndexPage.objects.get()
