"""The search for programs: what the page shows, as JSON, under the same rights and limits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import results
from search.api import views
from search.engines.base import EngineUnavailable
from tests.factories.accounts import UserFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/suche/"


def ask(client, **parameters):
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def test_it_answers_what_the_page_shows_as_plain_text(client, offices):
    office = offices("Ausländerbehörde <b>2024-05-01</b>")
    answer = ask(client, q="Behörde")
    (hit,) = answer["hits"]
    assert answer["total"] == 1
    assert hit["title"] == "Ausländerbehörde <b>2024-05-01</b>"
    assert (hit["kind"], hit["kind_label"], hit["date"]) == (DEPARTMENT, "Amt", "2024-05-01")
    assert hit["url"].endswith(f"/aemter/{office.pk}/")
    assert hit["url"].startswith("http")
    assert "Ausländerbehörde" in hit["passage"]
    assert "<mark>" not in hit["passage"]
    assert hit["section"]["url"].endswith("#zustaendig")
    (facet,) = [facet for facet in answer["facets"] if facet["parameter"] == "art"]
    assert facet["choices"] == [{"value": DEPARTMENT, "label": "Amt", "count": 1, "chosen": False}]


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "Amt"},
        {"q": "Amt", "art": DEPARTMENT, "jahr": "2024"},
        {"q": "Amt", "sortierung": "datum", "seite": "2"},
        {"q": "Amdt", "schreibung": "genau"},
        {},
    ],
)
def test_page_and_api_answer_the_same(client, offices, parameters):
    for number in range(12):
        offices(f"Amt {number:02} 20{number + 14}-05-01")
    page = client.get(reverse("search:results"), parameters).context["results"]
    answer = ask(client, **parameters)
    assert [hit["id"] for hit in answer["hits"]] == [f"{hit.kind}:{hit.id}" for hit in page.hits]
    assert (answer["total"], answer["page"], answer["pages"]) == (page.total, page.request.page, page.last_page)
    assert [facet["parameter"] for facet in answer["facets"]] == [facet.param for facet in page.facets]


def test_links_lead_through_all_pages_and_end(client, offices):
    made = [offices(f"Amt {number}") for number in range(23)]
    answer, found = ask(client, q="Amt", art=DEPARTMENT), []
    assert answer["links"]["prev"] is None
    while True:
        found += [hit["id"] for hit in answer["hits"]]
        if answer["links"]["next"] is None:
            break
        answer = client.get(answer["links"]["next"]).json()
    assert answer["links"]["self"] == answer["links"]["last"]
    assert sorted(found) == sorted(f"{DEPARTMENT}:{office.pk}" for office in made)


def test_whoever_asks_gets_what_they_may_read(client, offices):
    offices("Amt offen")
    offices("Amt Geheimwort", "editor")
    answer = client.get(ADDRESS, {"q": "Amt Geheimwort"})
    assert "Geheimwort" not in answer.text.replace('"query": "Amt Geheimwort"', "").replace(
        '"searched_query": "Amt Geheimwort"', ""
    ).replace("q=Amt+Geheimwort", "")
    assert answer.json()["total"] == 1
    client.force_login(UserFactory(editor=True))
    response = client.get(ADDRESS, {"q": "Amt"})
    assert response.json()["total"] == 2
    assert "no-store" in response.headers["Cache-Control"]


def test_an_outage_is_a_problem_and_no_empty_answer(client, offices, monkeypatch):
    def nobody(question):
        raise EngineUnavailable("außer Betrieb")

    monkeypatch.setattr(results, "ask", nobody)
    response = client.get(ADDRESS, {"q": "Amt"})
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Retry-After"]
    assert set(response.json()) == {"type", "title", "status", "detail"}
    assert response.json()["status"] == 503


def test_who_asks_too_often_waits(client, offices, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = {}
    monkeypatch.setattr(views, "REQUESTS_PER_MINUTE", 2)
    answers = [client.get(ADDRESS, {"q": "Amt"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["status"] == 429


@pytest.mark.parametrize("query", ["x" * 10_000, '"', "\x00", "😀", "<script>", "AND OR NOT"])
def test_odd_questions_are_answered(client, offices, query):
    ask(client, q=query)


def test_it_is_read_only(client, db):
    assert client.post(ADDRESS, {"q": "Amt"}).status_code == 405


def test_it_costs_as_many_queries_for_ten_hits_as_for_one(client, offices):
    def cost() -> int:
        ask(client, q="Amt")
        with CaptureQueriesContext(connection) as queries:
            ask(client, q="Amt")
        return len(queries)

    offices("Amt")
    few = cost()
    for number in range(9):
        offices(f"Amt {number}")
    assert cost() == few
    assert few < 8
