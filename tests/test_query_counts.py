"""How many queries a page costs; a change here is a decision, not an accident."""

import pytest

from knowledge.topics.models import FieldOfAction, Topic
from portal.home.models import StandardPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import footnote, paper, section, site_with_home

pytestmark = pytest.mark.django_db

#: address → queries of an anonymous reader.
COSTS = {
    "/": 9,
    "/papiere/": 15,
    "/papiere/anschluss/": 20,
    "/suche/?q=Anschluss": 6,
    "/impressum/": 8,
    "/glossar/": 3,
    "/kontakt/": 2,
    "/healthz": 0,
}


@pytest.fixture
def furnished():
    """A small portal; what makes lists longer must not make pages dearer, so there are several of everything."""
    from django.core.management import call_command

    topics = [Topic.objects.create(slug=f"thema-{number}", name=f"Thema {number}") for number in range(3)]
    fields = [FieldOfAction.objects.create(slug=f"feld-{number}", name=f"Feld {number}") for number in range(3)]
    about = {"topics": topics, "fields_of_action": fields}
    first = paper(title="Anschluss früher", slug="anschluss-frueher", **about)
    paper(
        title="Anschluss",
        slug="anschluss",
        supersedes=first,
        edition=2,
        sections=[section("Ziele", "<p>Anschluss[^1]</p>"), section("Wege", "<p>Anschluss</p>")],
        footnotes=[footnote("1", "<p>Quelle</p>")],
        **about,
    )
    for number in range(4):
        paper(title=f"Anschluss {number}", sections=[section("Ziele", "<p>Anschluss</p>")], **about)
    site_with_home().add_child(instance=StandardPage(title="Impressum", slug="impressum", navigation="footer"))
    call_command("search", "rebuild", verbosity=0)


@pytest.mark.parametrize("path", COSTS)
def test_a_page_costs_what_is_written_here(client, furnished, django_assert_num_queries, path):
    client.get(path)
    with django_assert_num_queries(COSTS[path]):
        assert client.get(path).status_code == 200


def test_signing_in_adds_session_person_and_rights_only(client, furnished, django_assert_num_queries):
    client.force_login(UserFactory())
    client.get("/impressum/")
    with django_assert_num_queries(COSTS["/impressum/"] + 4):
        client.get("/impressum/")
