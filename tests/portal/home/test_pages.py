import datetime

import pytest

from knowledge.topics.models import FieldOfAction
from portal.home.models import AccessibilityPage, EasyLanguagePage, SignLanguagePage, StandardPage
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper, paper_index, site_with_home

pytestmark = pytest.mark.django_db

PAGES = {
    "imprint": lambda: StandardPage(title="Impressum", slug="impressum", navigation="footer"),
    "accessibility": lambda: AccessibilityPage(
        title="Erklärung zur Barrierefreiheit",
        slug="barrierefreiheit",
        as_of=datetime.date(2026, 11, 1),
        navigation="footer",
    ),
    "easy": lambda: EasyLanguagePage(title="Leichte Sprache", slug="leichte-sprache", navigation="footer"),
    "sign": lambda: SignLanguagePage(title="Gebärdensprache", slug="gebaerdensprache", navigation="footer"),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_answers_and_is_linked_from_the_foot(client, name):
    page = site_with_home().add_child(instance=PAGES[name]())
    assert client.get(page.url).status_code == 200
    assert f'href="{page.url}"' in client.get("/").content.decode()


def test_a_page_for_members_is_linked_for_members_only(client):
    page = site_with_home().add_child(
        instance=StandardPage(title="Interna", slug="interna", navigation="main", chosen_audience="member")
    )
    assert page.url not in client.get("/").content.decode()
    client.force_login(UserFactory())
    assert page.url in client.get("/").content.decode()


def test_easy_language_is_marked_as_such(client):
    page = site_with_home().add_child(instance=PAGES["easy"]())
    assert 'lang="de-simple"' in client.get(page.url).content.decode()


def test_the_home_page_shows_what_is_new_and_every_field_with_its_count(client):
    school = FieldOfAction.objects.create(slug="schule-x", name="Schule X")
    FieldOfAction.objects.create(slug="leer-x", name="Noch leer X")
    paper(title="Ganz neu", fields_of_action=[school])
    paper(title="Intern neu", fields_of_action=[school], audience="editor")
    response = client.get("/")
    counts = {entry["field"].slug: entry["counts"][0]["number"] for entry in response.context["fields"]}
    assert counts["schule-x"] == 1
    assert counts["leer-x"] == 0
    html = response.content.decode()
    assert "Ganz neu" in html
    assert "Stand 17. Mai 2024" in html
    assert "Intern neu" not in html


def test_the_home_page_costs_a_fixed_number_of_queries(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    paper_index()
    paper()
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(8):
        FieldOfAction.objects.create(slug=f"feld-{number}", name=f"Feld {number}")
        paper()
    with django_assert_num_queries(len(few)):
        client.get("/")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/suche/opensearch.xml"])
def test_machines_are_answered(client, path):
    site_with_home()
    assert client.get(path).status_code == 200


def test_a_hidden_paper_is_not_in_the_sitemap(client):
    shown, hidden = paper(), paper(audience="member")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert shown.url in sitemap
    assert hidden.url not in sitemap


def test_the_list_of_papers_is_linked_for_those_alone_who_may_read_it(client):
    index = paper_index()
    index.chosen_audience = "member"
    index.save()
    assert f'href="{index.url}"' not in client.get("/").content.decode()
    client.force_login(UserFactory())
    assert f'href="{index.url}"' in client.get("/").content.decode()
