"""The questions people really type, asked of the paper that started the portal."""

import re

import pytest
from django.urls import reverse

from portal.places.models import Municipality
from search import door
from search.door import SearchRecord, Section, ThesaurusLabel, ThesaurusTerm
from search.drain import drain
from search.registry import registry
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.search.kinds import visible_rows

pytestmark = pytest.mark.django_db

PAPER = "test_paper"
_HEADING = re.compile(r"(?:\d+\. )?[^\n.:?!-]{5,70}")
_TERMS = (
    ThesaurusTerm(
        "mo",
        "Migrantenorganisation",
        (ThesaurusLabel("MSO", "same", is_abbreviation=True), ThesaurusLabel("Migrantenselbstorganisation", "same")),
    ),
    ThesaurusTerm("ki", "Künstliche Intelligenz", (ThesaurusLabel("KI", "ambiguous", is_abbreviation=True),)),
    ThesaurusTerm("kiz", "Kommunales Integrationszentrum", (ThesaurusLabel("KI", "ambiguous", is_abbreviation=True),)),
)
_OTHER_RECORDS = (
    "Behörde für Bildung",
    "Sportamt",
    "Bericht aus dem Sportverein",
    "Wer ist wer im Rathaus",
    "Schulamt",
)


def sections_of(text: str):
    """Cut the paper at its headings, roughly as the import does."""
    heading, body = "", []
    for block in filter(None, map(str.strip, text.split("\n\n"))):
        if _HEADING.fullmatch(block):
            if body:
                yield Section(heading, f"abschnitt-{len(heading)}", "\n".join(body))
            heading, body = block, []
        else:
            body.append(block)
    yield Section(heading, f"abschnitt-{len(heading)}", "\n".join(body))


@pytest.fixture
def paper(seed_paper, engine, terms):
    """The paper arrives in a portal whose index was built before it came."""
    sections = tuple(sections_of(seed_paper.read_text()))
    door.register(
        Municipality,
        kind=PAPER,
        label="Papier",
        project=lambda place: SearchRecord(
            PAPER, str(place.pk), "/papiere/fokus/", "Fokus Migration", sections=sections
        ),
        queryset=lambda: Municipality.objects.filter(name="Papier").order_by("pk"),
        visible_to=visible_rows(Municipality),
    )
    terms.replace(*_TERMS)
    place = MunicipalityFactory(name="Papier")
    for name in _OTHER_RECORDS:
        DepartmentFactory(name=name, email="public@kommune.example", municipality__name="Neuenbrück")
    drain()
    yield place
    registry.remove(PAPER)


def ask(client, query):
    return client.get(reverse("search:results"), {"q": query}).context["results"]


def keys(results):
    return [(hit.kind, hit.id) for hit in results.hits]


def quoted(hit):
    return "".join(segment.text for segment in hit.passage)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Schülerinnen", "SchülerInnen", "Schüler*innen", "Schüler:innen"),
        ("Migrantenorganisation", "MSO", "Migrantenselbstorganisationen"),
        ("Ausländerbehörde", "Auslaenderbehoerde"),
    ],
)
def test_spellings_and_synonyms_give_the_same_hits(client, paper, spellings):
    answers = [keys(ask(client, query)) for query in spellings]
    assert (PAPER, str(paper.pk)) in answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_behoerde_finds_the_auslaenderbehoerde_below_the_exact_hit(client, paper):
    first, second = ask(client, "Behörde").hits
    assert "Behörde für Bildung" in quoted(first)
    assert second.id == str(paper.pk)
    assert [part.text for part in second.passage if part.is_match] == ["behörde"]


def test_a_misprint_offers_and_finds_the_word(client, paper):
    results = ask(client, "Frühwarnsystm")
    assert results.searched_query == "Frühwarnsystem"
    assert "Frühwarnsystem" in quoted(results.hits[0])


def test_a_whole_question_leads_to_the_closing_section(client, paper):
    best = ask(client, "wer ist verantwortlich für Schlussfolgerungen aus dem Bericht").hits[0]
    assert best.id == str(paper.pk)
    assert best.place.heading == "Fachliche Anforderungen und Steuerung"
    assert "Bei wem liegt die Verantwortung bzw. Kompetenz" in quoted(best)


def test_an_ambiguous_abbreviation_offers_its_meanings(client, paper):
    assert {link.label for link in ask(client, "KI").meanings} == {
        "Künstliche Intelligenz",
        "Kommunales Integrationszentrum",
    }


def test_a_quoted_phrase_matches_only_as_a_phrase(client, paper):
    assert ask(client, '"interkulturelle Öffnung"').total == 1
    assert ask(client, '"Öffnung interkulturelle"').total == 0
