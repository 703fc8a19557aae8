"""What modelsearch's interface promises: any queryset, its filters and order, slices, counts, facets, operators."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db.models import Count, Q
from modelsearch.query import MATCH_ALL, MATCH_NONE, Boost, Fuzzy, Phrase, PlainText, SearchQuery
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from knowledge.papers.models import PositionPaperPage
from knowledge.topics.models import FieldOfAction, Term, TermLabel
from portal.shared.models import PortalDocument, PortalImage
from tests.factories.pages import paper
from tests.factories.topics import TermFactory
from tests.search.admin.conftest import document, picture

pytestmark = pytest.mark.django_db


#: One tree serves all of these, because planting it takes longer than searching it.
FOUND = {
    "Ausländerbehörde": {"live", "draft"},
    "behörden": {"live", "draft"},
    "Ansprechpartner": {"plain"},
    "Ansprechpartnerinnen": {"plain"},
    "Integrationskurs": {"changed"},
    "Sprachkurs": {"changed"},
    "Lotse": {"live"},
    "nirgendwo": set(),
    "Ausländerbehörde Wandel": {"draft"},
    "": set(),
}
UNDERSTOOD = [
    (PlainText("Wandel Lotse"), set()),
    (PlainText("Wandel Lotse", operator="or"), {"live", "draft"}),
    (PlainText("Lotse Termin"), {"live"}),
    (Phrase("Wege zur Ausländerbehörden"), {"live"}),
    (Phrase("Ausländerbehörde Wege"), set()),
    (Phrase("Termine beim Lotsen"), {"live"}),
    (Phrase("Lotsen Termine"), set()),
    (Phrase("§"), set()),
    (PlainText("Ausländerbehörde") & ~PlainText("Wandel"), {"live"}),
    (PlainText("Wandel") | PlainText("Ansprechpartner"), {"draft", "plain"}),
    (Boost(PlainText("Wandel"), 2.0), {"draft"}),
    (Fuzzy("Wandel"), {"draft"}),
    (MATCH_NONE, set()),
]


def named(results, tree) -> set[str]:
    names = {page.pk: name for name, page in tree.items()}
    return {names.get(page.pk, page.title) for page in results}


def titles(results) -> list[str]:
    return [page.title for page in results]


class TestWhatIsFound:
    def test_pages_of_every_type_and_state(self, tree):
        for question, expected in FOUND.items():
            for found in (Page.objects.search(question), Page.objects.autocomplete(question)):
                assert named(found, tree) == expected, question

    def test_what_was_saved_a_moment_ago(self, tree):
        tree["plain"].title = "Jugendhilfe"
        tree["plain"].save_revision()
        assert titles(Page.objects.search("Jugendhilfen")) == ["Ansprechpartner:innen"]
        tree["plain"].save()
        assert titles(Page.objects.search("Jugendhilfen")) == ["Jugendhilfe"]
        assert titles(Page.objects.search("Ansprechpartner")) == []

    def test_related_words_and_tags(self, tree):
        term = TermFactory(preferred="Aufenthaltserlaubnis")
        TermLabel.objects.create(term=term, text="Aufenthaltstitel")
        image = picture("Brücke", description="Blick auf die Ausländerbehörde")
        image.tags.add("Stadtansichten")
        backend = get_search_backend()
        assert list(backend.autocomplete("Aufenthaltstiteln", Term.objects.all())) == [term]
        assert list(backend.autocomplete("Stadtansicht", PortalImage)) == [image]
        assert list(backend.autocomplete("Behörde", PortalImage)) == [image]

    def test_only_in_the_fields_that_were_named(self, tree):
        FieldOfAction.objects.create(name="Wohnen", slug="wohnen", description="Unterkünfte")
        backend = get_search_backend()
        assert backend.search("Unterkunft", FieldOfAction, fields=["name"]).count() == 0
        assert backend.search("Unterkunft", FieldOfAction, fields=["description"]).count() == 1
        assert backend.search("Unterkunft", FieldOfAction, fields=[]).count() == 0


class TestTheQueryset:
    def test_filters_hold(self, tree):
        live = Page.objects.live().filter(Q(title__startswith="Wege") | Q(pk=tree["draft"].pk))
        assert titles(live.search("Ausländerbehörde")) == ["Wege zur Ausländerbehörde"]
        assert titles(Page.objects.none().search("Ausländerbehörde")) == []
        assert titles(Page.objects.child_of(tree["live"]).search("Ausländerbehörde")) == []

    def test_specific_pages_and_annotations_come_as_asked(self, tree):
        found = list(Page.objects.specific().annotate(sites=Count("sites_rooted_here")).search("Ausländerbehörde"))
        assert {type(page) for page in found} == {PositionPaperPage}
        assert list(PositionPaperPage.objects.search("Lotse")) == [tree["live"]]

    def test_an_order_is_kept_where_relevance_is_not_asked_for(self, tree):
        by_title = Page.objects.order_by("-title")
        assert titles(by_title.search("Ausländerbehörde", order_by_relevance=False)) == [
            "Wege zur Ausländerbehörde",
            "Ausländerbehörden im Wandel",
        ]
        assert titles(Page.objects.search("Ausländerbehörde", order_by="title")) == [
            "Ausländerbehörden im Wandel",
            "Wege zur Ausländerbehörde",
        ]

    def test_names_lead_and_contents_follow(self, tree):
        paper(title="Lotsendienste", live=False)
        paper(title="Lotsen", live=False)
        found = titles(Page.objects.search("Lotse"))
        assert found == ["Lotsen", "Lotsendienste", "Wege zur Ausländerbehörde"]

    def test_slices_and_counts(self, tree):
        for number in range(7):
            paper(title=f"Bericht {number}", live=False)
        found = Page.objects.search("Berichte")
        assert (found.count(), len(found[2:5]), found[2:5].count(), found[5:99].count()) == (7, 3, 3, 2)
        assert [page.title for page in found[2:5]] == [found[place].title for place in (2, 3, 4)]
        assert found[2:5][1].title == found[3].title

    def test_more_rows_than_fit_into_one_query(self, tree, monkeypatch):
        monkeypatch.setattr("search.admin.results._AT_ONCE", 2)
        for number in range(5):
            paper(title=f"Bericht {number}", live=False)
        assert titles(Page.objects.search("Berichte")) == [f"Bericht {number}" for number in range(5)]

    def test_rows_of_single_values_as_in_bulk_actions(self, tree):
        found = Page.objects.values_list("pk", flat=True).search("Ausländerbehörde").results()
        assert found == [page.pk for page in Page.objects.search("Ausländerbehörde")]

    def test_a_row_that_a_filter_brings_twice_counts_once(self, tree):
        image = picture("Brücke")
        image.tags.add("Stadt", "Fluss")
        joined = PortalImage.objects.filter(tags__name__in=["Stadt", "Fluss"])
        assert joined.search("Brücken").count() == 1
        assert list(joined.search("Brücken")) == [image]

    def test_facets_count_what_was_found(self, tree):
        papers, plain = (ContentType.objects.get_for_model(type(tree[name])).pk for name in ("live", "plain"))
        found = Page.objects.autocomplete(PlainText("Ausländerbehörde Ansprechpartner", operator="or"))
        assert list(found.facet("content_type_id").items()) == [(papers, 2), (plain, 1)]

    def test_a_score_may_be_asked_for(self, tree):
        first, second = Page.objects.search("Wandel Ausländerbehörde", operator="or").annotate_score("worth")
        assert first.title == "Ausländerbehörden im Wandel"
        assert first.worth > second.worth > 0


class TestFormsOfQuestions:
    def test_questions_are_understood(self, tree):
        for question, expected in UNDERSTOOD:
            assert named(Page.objects.search(question), tree) == expected, question

    def test_without_a_question_everything_stands_in_its_own_order(self, tree):
        everything = list(Page.objects.all())
        assert list(Page.objects.search(MATCH_ALL)) == everything
        assert Page.objects.search(MATCH_ALL).count() == len(everything)

    def test_what_is_not_known_is_refused(self, tree):
        with pytest.raises(NotImplementedError):
            list(Page.objects.search(SearchQuery()))


class TestNothingIsKept:
    def test_saving_and_deleting_write_nothing_for_modelsearch(self, tree):
        tree["live"].save()
        document("Protokoll").delete()
        picture("Brücke")
        TermFactory().save()
        assert IndexEntry.objects.count() == 0

    def test_nobody_listens_to_saving(self):
        from django.db.models import signals

        listeners = [
            f"{receiver.__module__}.{receiver.__qualname__}"
            for signal in (signals.post_save, signals.post_delete)
            for sender in (Page, PositionPaperPage, PortalDocument, PortalImage, Term)
            for receiver in signal._live_receivers(sender)[0]
        ]
        assert [name for name in listeners if "modelsearch" in name or "wagtail.search" in name] == []

    @pytest.mark.parametrize("command", ["update_index", "wagtail_update_index"])
    def test_the_commands_of_modelsearch_do_no_harm(self, tree, command):
        call_command(command, verbosity=0)
        assert IndexEntry.objects.count() == 0
