"""The public glossary: what stands there, what never does, and how its addresses behave."""

import itertools
import re

import pytest
from django.urls import reverse

from tests.factories.topics import TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    TermFactory(preferred="Übergangssystem", words=[("Warteschleife", "outdated"), ("Übergangsbereich", "same")])
    TermFactory(preferred="Unterricht")
    return TermFactory(
        preferred="Duldung",
        definition="Vorübergehende Aussetzung der <b>Abschiebung</b>.",
        source="§ 60a AufenthG",
        source_url="https://www.gesetze-im-internet.de/aufenthg_2004/__60a.html",
        scope_note="Kein Aufenthaltstitel.",
        editorial_note="Nur für die Redaktion.",
        words=[("Geduldete", "same"), ("Unterricht", "related"), ("Ausbildungsduldung", "narrower")],
    )


def page(client, query=""):
    response = client.get(f"/glossar/{query}")
    assert response.status_code == 200
    return response


def test_all_terms_stand_from_a_to_z_with_anchors(client, terms):
    response = page(client)
    order = [(letter, [row.term.preferred for row in rows]) for letter, rows in response.context["groups"]]
    assert order == [("D", ["Duldung"]), ("U", ["Übergangssystem", "Unterricht"])]
    assert 'id="duldung"' in response.text
    assert "3 Begriffe" in response.text or "3 terms" in response.text


def test_one_letter_can_be_chosen(client, terms):
    response = page(client, "?buchstabe=d")
    assert response.context["count"] == 1
    assert 'id="unterricht"' not in response.text
    assert 'aria-current="page">D<' in response.text


@pytest.mark.parametrize("query", ["?buchstabe=Q", "?buchstabe=%3Cscript%3E", "?buchstabe=%C3%9F", "?buchstabe=%00"])
def test_a_letter_without_terms_says_so(client, terms, query):
    response = page(client, query)
    assert response.context["count"] == 0
    assert "<script>" not in response.text.split("<main", 1)[1]
    assert "empty-state" in response.text


def test_readers_see_definition_source_and_other_words_but_no_outdated_ones(client, terms):
    text = page(client).text
    for shown in ("Geduldete", "Ausbildungsduldung", "Kein Aufenthaltstitel.", "§ 60a AufenthG", "Übergangsbereich"):
        assert shown in text
    assert "&lt;b&gt;Abschiebung" in text
    for hidden in ("Warteschleife", "Nur für die Redaktion"):
        assert hidden not in text


def test_a_related_word_that_is_a_term_is_a_link(client, terms):
    assert '<a href="/glossar/unterricht/">Unterricht</a>' in page(client).text


def test_the_list_leads_to_the_page_of_each_term(client, terms):
    assert '<h3 class="entry__title"><a href="/glossar/duldung/">Duldung</a></h3>' in page(client).text


def test_letters_without_terms_are_no_empty_items_to_a_screen_reader(client, terms):
    text = page(client).text
    assert '<li aria-hidden="true"><span class="pagination__gap">Q</span></li>' in text
    assert "<li></li>" not in text


def test_a_term_has_a_page_of_its_own(client, terms):
    response = client.get(reverse("topics:term", kwargs={"slug": "duldung"}))
    assert response.status_code == 200
    main = response.text.split("<main", 1)[1]
    assert "<title>Duldung – " in response.text
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", main) == ["Duldung"]
    for shown in (
        "&lt;b&gt;Abschiebung",
        "Geduldete",
        "Ausbildungsduldung",
        "Kein Aufenthaltstitel.",
        "§ 60a AufenthG",
    ):
        assert shown in main
    for address in ("/glossar/unterricht/", "/glossar/#duldung", "/suche/?q=Duldung"):
        assert f'href="{address}"' in main
    assert "Nur für die Redaktion" not in main


def test_outdated_words_stay_off_the_page_of_a_term(client, terms):
    assert "Warteschleife" not in client.get("/glossar/uebergangssystem/").text


def test_the_page_of_a_term_costs_the_same_in_a_large_glossary(client, terms, django_assert_num_queries):
    client.get("/glossar/duldung/")
    for number in range(20):
        TermFactory(preferred=f"Wort {number}", words=[(f"Nebenwort {number}", "same")])
    with django_assert_num_queries(5):
        client.get("/glossar/duldung/")


def test_an_unknown_term_is_not_found(client, terms):
    assert client.get("/glossar/gibt-es-nicht/").status_code == 404


def test_the_glossary_is_read_only(client, terms):
    assert client.post("/glossar/").status_code == 405


def test_an_empty_glossary_says_what_will_stand_there(client):
    assert "empty-state" in page(client).text


def test_headings_form_an_outline_without_gaps(client, terms):
    levels = [int(level) for level in re.findall(r"<h([1-6])", page(client).text.split("<main", 1)[1])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_number_of_queries_does_not_grow_with_the_glossary(client, terms, django_assert_max_num_queries):
    page(client)
    for number in range(20):
        TermFactory(preferred=f"Wort {number}", words=[(f"Nebenwort {number}", "same")])
    with django_assert_max_num_queries(12):
        page(client)
