"""What editors find stays in the editing interface, and contents stay with those who may read them."""

import pytest
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search.asking import ask
from search.audit import audit
from search.engines.base import Withheld
from search.language.folding import fold
from search.rebuild import rebuild
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, section

pytestmark = pytest.mark.django_db


def contents(question: str, person=None) -> list[str]:
    with LogContext(user=person):
        found = Page.objects.search(question)
    # Read only now, as lists are, when Wagtail has forgotten who asked.
    return [page.title for page in found]


class TestContents:
    def test_those_who_may_read_a_page_find_it_by_its_text(self, tree, editor):
        assert contents("Kaulbarschquoten", editor) == ["Vertraulicher Vermerk"]

    @pytest.mark.parametrize("person", [None, "member", "staff"])
    def test_others_learn_nothing_of_its_text(self, tree, person):
        someone = UserFactory(staff=person == "staff") if person else None
        assert contents("Kaulbarschquote", someone) == []
        assert contents("Lotse", someone) == ["Wege zur Ausländerbehörde"]

    def test_nobody_finds_the_text_of_a_draft(self, tree, editor):
        paper(title="Entwurf", live=False, sections=[section("Ziele", "<p>Quastenflosser</p>")])
        rebuild()
        assert contents("Quastenflosser", editor) == []

    def test_a_page_that_was_closed_a_moment_ago_is_not_found_by_its_text(self, tree):
        assert contents("Lotse") == ["Wege zur Ausländerbehörde"]
        tree["live"].chosen_audience = "editor"
        tree["live"].save()
        assert contents("Lotse") == []

    def test_a_page_that_is_read_no_more_is_not_found_by_its_text(self, tree, monkeypatch):
        """The index says so still, but the database has the last word."""
        monkeypatch.setattr("search.asking.withheld", lambda target: Withheld())
        monkeypatch.setattr("search.asking.drain_quietly", lambda: None)
        Page.objects.filter(pk=tree["live"].pk).update(live=False)
        assert contents("Lotse") == []


class TestReaders:
    """Readers notice nothing of what editors look for or find."""

    SECRET = "Quastenflosserschutz"

    @pytest.fixture
    def secret(self, tree):
        paper(title=self.SECRET, live=False)
        tree["plain"].draft_title = self.SECRET
        tree["plain"].save()
        rebuild()

    def test_searching_writes_nothing_into_the_index(self, desk, tree, secret):
        before = audit()
        found = desk.get(reverse("wagtailadmin_choose_page_search"), {"q": "Quastenfl"}).context["pages"]
        assert len(found) == 2
        assert audit() == before

    @pytest.mark.parametrize("question", [SECRET, "Quastenflosserschuzt", "Quast", ""])
    def test_no_result_count_facet_or_spelling_tells(self, client, secret, question):
        get_search_backend().search(self.SECRET, Page).count()
        response = client.get("/suche/", {"q": question})
        # An empty question finds what is public: two papers and a page.
        assert response.context["results"].total == (0 if question else 3)
        assert question == self.SECRET or self.SECRET not in response.content.decode()
        assert "Quast" not in client.get("/suche/vorschlaege/", {"q": "Quast"}).content.decode()

    def test_neither_vocabulary_nor_lexicon_knows_its_words(self, secret):
        list(Page.objects.search(self.SECRET))
        vocabulary, words = ask(lambda found: (found.vocabulary("q"), found.analyzer.lexicon.frequencies)).value
        assert vocabulary.nearest("Quastenflosserschuzt") == []
        assert fold(self.SECRET) not in words
