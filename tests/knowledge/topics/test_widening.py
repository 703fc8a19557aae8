"""The shipped vocabulary as the search compiles it: which words widen a query, and which never do."""

import pytest

from knowledge.topics.vocabulary.entries import shipped_terms
from search.language.analysis import Analyzer
from search.language.lexicon import Lexicon
from search.thesaurus import Thesaurus, ThesaurusLabel, ThesaurusTerm


@pytest.fixture(scope="module")
def compiled():
    terms = [
        ThesaurusTerm(
            entry.slug,
            entry.preferred,
            tuple(ThesaurusLabel(label.text, label.relation, label.is_abbreviation) for label in entry.labels),
            entry.definition,
        )
        for entry in shipped_terms()
    ]
    return Thesaurus(terms, Analyzer(Lexicon({}, frozenset())))


def shown(compiled, query):
    return {word for expansion in compiled.expansions(query.split()) for word in expansion.ways}


def test_mso_and_its_long_forms_widen_to_the_same_words(compiled):
    widened = [shown(compiled, query) for query in ("MSO", "Migrantenorganisation", "Migrantenselbstorganisationen")]
    assert widened[0] == widened[1] == widened[2]
    assert {"Migrantenorganisation", "MSO", "Migrantenselbstorganisation"} <= widened[0]


@pytest.mark.parametrize("query", ["KI", "LEA", "BA", "MO", "BK", "AE", "AG", "IK", "BO", "ABH"])
def test_an_ambiguous_abbreviation_offers_two_meanings_and_widens_nothing(compiled, query):
    assert len(compiled.meanings([query])) == 2
    assert shown(compiled, query) == set()


def test_ki_offers_its_two_meanings(compiled):
    meanings = {term.preferred for term in compiled.meanings(["KI"])}
    assert meanings == {"Kommunales Integrationszentrum", "Künstliche Intelligenz"}


@pytest.mark.parametrize(
    ("query", "never"),
    [
        ("Flüchtling", {"Duldung", "Geduldete", "Asylsuchende", "Asylbewerber:innen", "Anerkannte Flüchtlinge"}),
        ("Geduldete", {"Geflüchtete", "Flüchtlinge", "Asylsuchende"}),
        ("Asylbewerber", {"Geflüchtete", "Duldung", "Anerkannte Flüchtlinge"}),
    ],
)
def test_legal_categories_stay_apart(compiled, query, never):
    assert shown(compiled, query) & never == set()


def test_geduldete_leads_to_duldung(compiled):
    assert "Duldung" in shown(compiled, "Geduldete")


def test_narrower_words_are_added_downwards_only(compiled):
    assert "Jugendintegrationskurs" in shown(compiled, "Integrationskurs")
    assert "Integrationskurs" not in shown(compiled, "Jugendintegrationskurs")
