"""The lists and choosers of the editing interface, as an editor uses them."""

import gc
import logging

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from knowledge.directory.models import Organisation
from knowledge.papers.models import PositionPaperPage
from knowledge.topics.models import FieldOfAction, Term, Topic
from network.groups.models import WorkingGroup
from portal.home.models import StandardPage
from portal.shared.models import PortalImage
from search import drain
from search.engines.base import EngineUnavailable
from search.rebuild import rebuild
from tests.factories.pages import paper, paper_index, site_with_home
from tests.factories.places import MunicipalityFactory
from tests.factories.topics import TermFactory
from tests.search.admin.conftest import document, picture

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]


@pytest.fixture(autouse=True, scope="module")
def files_left_open():
    """Let go of them here, where the warning about them is ignored, and not in the midst of another test."""
    yield
    gc.collect()


def listed(desk, name, *args, **parameters) -> list[str]:
    """Return what a list or chooser shows, as its rows call themselves."""
    response = desk.get(reverse(name, args=args), parameters)
    assert response.status_code == 200
    context = response.context
    shown = next(context[key] for key in ("object_list", "pages", "results", "images", "documents") if key in context)
    return [getattr(row, "title", None) or str(row) for row in shown]


class TestPages:
    def test_the_explorer_finds_drafts_in_other_forms(self, desk, tree):
        found = listed(desk, "wagtailadmin_explore", paper_index().pk, q="Ausländerbehörden")
        assert set(found) == {"Wege zur Ausländerbehörde", "Ausländerbehörden im Wandel"}
        everywhere = listed(desk, "wagtailadmin_explore_results", site_with_home().pk, q="Ansprechpartnerinnen")
        assert everywhere == ["Ansprechpartner:innen"]

    def test_the_explorer_keeps_its_order_and_its_filters(self, desk, tree):
        args = ("wagtailadmin_explore", paper_index().pk)
        ordered = listed(desk, *args, q="Ausländerbehörden", ordering="-title")
        assert ordered == ["Wege zur Ausländerbehörde", "Ausländerbehörden im Wandel"]
        assert listed(desk, *args, q="Ausländerbehörden", ordering="title") == ordered[::-1]
        kinds = {model: ContentType.objects.get_for_model(model).pk for model in (PositionPaperPage, StandardPage)}
        assert listed(desk, *args, q="Ausländerbehörden", content_type=kinds[StandardPage]) == []
        assert len(listed(desk, *args, q="Ausländerbehörden", content_type=kinds[PositionPaperPage])) == 2

    def test_the_search_counts_types_of_pages(self, desk, tree):
        response = desk.get(reverse("wagtailadmin_pages:search"), {"q": "Ausländerbehörde"})
        assert [(kind.model, count) for kind, count in response.context["content_types"]] == [("positionpaperpage", 2)]
        assert len(listed(desk, "wagtailadmin_pages:search", q='"Wege zur Ausländerbehörde"')) == 1
        assert len(listed(desk, "wagtailadmin_pages:search", q="live:no behörde")) == 1
        assert len(listed(desk, "wagtailadmin_pages:search", q="")) == 8

    def test_the_chooser_finds_a_page_to_link_to(self, desk, tree):
        assert listed(desk, "wagtailadmin_choose_page_search", q="Ansprechpartnerin") == ["Ansprechpartner:innen"]
        narrowed = {"q": "behörde", "page_type": "home.StandardPage"}
        assert listed(desk, "wagtailadmin_choose_page_search", **narrowed) == []

    def test_a_long_list_is_paginated(self, desk, tree):
        for number in range(60):
            paper(title=f"Bericht {number}", live=False)
        first = listed(desk, "wagtailadmin_explore", paper_index().pk, q="Berichte")
        second = listed(desk, "wagtailadmin_explore", paper_index().pk, q="Berichte", p=2)
        assert (len(first), len(second), len({*first, *second})) == (50, 10, 60)


class TestOtherThings:
    @pytest.mark.parametrize(
        ("name", "make", "question", "expected"),
        [
            (
                "wagtailsnippets_topics_term:list",
                lambda: TermFactory(preferred="Aufenthaltserlaubnis"),
                "Erlaubnisse",
                "Aufenthaltserlaubnis",
            ),
            (
                "wagtailsnippets_topics_topic:list",
                lambda: Topic.objects.create(name="Sprachkurse", slug="s"),
                "Sprachkurs",
                "Sprachkurse",
            ),
            (
                "wagtailsnippets_topics_fieldofaction:list",
                lambda: FieldOfAction.objects.create(name="Arbeitgeber:innen", slug="a"),
                "Arbeitgeberin",
                "Arbeitgeber:innen",
            ),
            (
                "wagtailsnippets_directory_organisation:list",
                lambda: Organisation.objects.create(name="Verein türkischer Migrant*innen", slug="v"),
                "Migranten",
                "Verein türkischer Migrant*innen",
            ),
            (
                "wagtailsnippets_groups_workinggroup:list",
                lambda: WorkingGroup.objects.create(name="Bildungsübergänge", slug="b"),
                "Übergang",
                "Bildungsübergänge",
            ),
            (
                "wagtailsnippets_places_municipality:list",
                lambda: MunicipalityFactory(name="Neuenbrück", ags="08999001"),
                "99900",
                "Neuenbrück",
            ),
            ("wagtailimages:index", lambda: picture("Ausländerbehörden"), "behörde", "Ausländerbehörden"),
            ("wagtailimages_chooser:choose_results", lambda: picture("Rathäuser"), "Rathaus", "Rathäuser"),
            ("wagtaildocs:index", lambda: document("Merkblätter"), "Merkblatt", "Merkblätter"),
            ("wagtaildocs_chooser:choose_results", lambda: document("Merkblätter"), "Merkblatt", "Merkblätter"),
        ],
    )
    def test_lists_and_choosers_know_german(self, desk, name, make, question, expected):
        make()
        assert [row.split(" (")[0] for row in listed(desk, name, q=question)] == [expected]
        assert listed(desk, name, q="Nirgendwo") == []

    def test_a_bulk_action_takes_what_the_list_showed(self, desk):
        pictures = [picture("Brücken"), picture("Brückenfest"), picture("Rathaus")]
        address = reverse("wagtail_bulk_action", args=["shared", "portalimage", "delete"])
        taken = desk.get(address, {"id": "all", "q": "Brücke", "next": "/redaktion/"}).context["items"]
        assert {entry["item"] for entry in taken} == {*pictures[:2]}
        assert set(listed(desk, "wagtailimages:index", q="Brücke")) == {"Brücken", "Brückenfest"}

    def test_filters_of_a_list_hold(self, desk):
        topic = Topic.objects.create(name="Recht", slug="recht")
        term = TermFactory(preferred="Aufenthaltserlaubnis")
        term.topics.add(topic)
        term.save()
        TermFactory(preferred="Niederlassungserlaubnis")
        name = "wagtailsnippets_topics_term:list"
        assert listed(desk, name, q="Erlaubnis", topic=topic.pk) == ["Aufenthaltserlaubnis"]
        assert listed(desk, name, q="Erlaubnis", ordering="-preferred") == [
            "Niederlassungserlaubnis",
            "Aufenthaltserlaubnis",
        ]


class TestOutage:
    @pytest.fixture
    def outage(self, monkeypatch, tree):
        def fail():
            raise EngineUnavailable("Nobody answers.")

        monkeypatch.setattr(drain, "get_engine", fail)
        monkeypatch.setattr("search.asking.targets", fail)
        monkeypatch.setattr("search.asking.drain_quietly", lambda: None)

    def test_names_are_found_without_the_engine(self, desk, outage, caplog):
        with caplog.at_level(logging.WARNING, "search.admin.contents"):
            found = listed(desk, "wagtailadmin_explore", paper_index().pk, q="Ausländerbehörden")
        assert set(found) == {"Wege zur Ausländerbehörde", "Ausländerbehörden im Wandel"}
        assert "Nobody answers." in caplog.text
        assert listed(desk, "wagtailadmin_explore", paper_index().pk, q="Lotse") == []

    def test_so_they_are_before_there_is_an_index(self, desk):
        paper(title="Ausländerbehörden im Wandel", live=False)
        found = listed(desk, "wagtailadmin_choose_page_search", q="Behörde")
        assert found == ["Ausländerbehörden im Wandel"]

    def test_a_dead_server_leaves_the_work_to_its_standby(self, desk, tree, settings):
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH = {**settings.ELASTICSEARCH, "urls": ("http://127.0.0.1:9",), "prefix": "dead"}
        _, standby = drain.targets()
        drain.drain(target=standby)
        assert listed(desk, "wagtailadmin_explore", paper_index().pk, q="Lotse") == ["Wege zur Ausländerbehörde"]


class TestWithTheServer:
    def test_contents_are_found_and_names_at_once(self, desk, tree, settings, elasticsearch_url, elasticsearch_prefix):
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH = {
            **settings.ELASTICSEARCH,
            "urls": (elasticsearch_url,),
            "prefix": elasticsearch_prefix,
        }
        for target in drain.targets():
            rebuild(target=target)
        paper(title="Lotsen")
        found = listed(desk, "wagtailadmin_explore", paper_index().pk, q="Lotse")
        assert found == ["Lotsen", "Wege zur Ausländerbehörde"]


class TestCosts:
    #: What waits for the index, twice; the texts; the page that is shown; for pages also what may be read.
    @pytest.mark.parametrize(
        ("model", "queries"), [(Page, 5), (Term, 6), (PortalImage, 5)], ids=lambda value: getattr(value, "__name__", "")
    )
    def test_a_search_costs_what_is_written_here(self, tree, django_assert_num_queries, model, queries):
        for number in range(9):
            paper(title=f"Bericht {number}")
            TermFactory(preferred=f"Bericht {number}")
            picture(f"Bericht {number}")
        rebuild()
        with django_assert_num_queries(queries):
            found = get_search_backend().autocomplete("Berichte", model.objects.all())
            assert (found.count(), len(found[:5])) == (9, 5)

    def test_a_longer_list_costs_no_more(self, desk, tree, django_assert_max_num_queries):
        address = reverse("wagtailadmin_explore", args=[paper_index().pk])
        paper(title="Bericht")
        desk.get(address, {"q": "Berichte"})
        with CaptureQueriesContext(connection) as before:
            desk.get(address, {"q": "Berichte"})
        for number in range(9):
            paper(title=f"Bericht {number}")
        drain.drain_quietly()
        with django_assert_max_num_queries(len(before)):
            desk.get(address, {"q": "Berichte"})
