"""The vocabulary leaves the portal in SKOS terms."""

import re

import pytest

from knowledge.topics.models import Term, Topic
from knowledge.topics.skos import turtle
from tests.factories.topics import TermFactory, TopicFactory

pytestmark = pytest.mark.django_db

BASE = "https://portal.example/glossar/"


def export():
    return turtle(Term.objects.for_reading(), Topic.objects.all(), base=BASE)


def block(text, address):
    return re.search(rf"^<{re.escape(address)}>\n(.*?) \.\n", text, re.DOTALL | re.MULTILINE).group(1)


def test_every_relation_has_its_property():
    words = [("Geduldete", "same"), ("DU", "ambiguous"), ("Altwort", "outdated"), ("Rückkehr", "related")]
    topic = TopicFactory(slug="bleiberecht", name="Bleiberecht")
    TermFactory(preferred="Duldung", words=[*words, ("Ausbildungsduldung", "narrower")], topics=[topic])
    TermFactory(preferred="Ausbildungsduldung")
    concept = block(export(), f"{BASE}duldung/")
    for line in (
        'skos:prefLabel "Duldung"@de',
        'skos:altLabel "Geduldete"@de',
        'skos:altLabel "DU"@de',
        'skos:hiddenLabel "Altwort"@de',
        'skos:note "Rückkehr"@de',
        f"skos:narrower <{BASE}ausbildungsduldung/>",
        f"dct:subject <{BASE}skos.ttl#bleiberecht>",
    ):
        assert line in concept


def test_the_topic_tree_is_written_upwards():
    broader = TopicFactory(slug="schule")
    TopicFactory(slug="vorbereitungsklassen", broader=broader)
    assert f"skos:broader <{BASE}skos.ttl#schule>" in block(export(), f"{BASE}skos.ttl#vorbereitungsklassen")


def test_quotes_and_line_breaks_stay_inside_their_text():
    TermFactory(preferred="Zitat", definition='Ein "Wort"\nund ein \\ Strich.')
    assert r'skos:definition "Ein \"Wort\"\nund ein \\ Strich."@de' in export()


def test_the_editors_notes_stay_inside():
    TermFactory(preferred="Sensibel", editorial_note="Nur für die Redaktion.")
    assert "Redaktion" not in export()


def test_it_is_served_as_turtle(client, django_assert_max_num_queries):
    for number in range(5):
        TermFactory(preferred=f"Wort {number}")
    with django_assert_max_num_queries(6):
        response = client.get("/glossar/skos.ttl")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/turtle; charset=utf-8"
    assert "<http://testserver/glossar/wort-3/>" in response.text
