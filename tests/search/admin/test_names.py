"""German in titles: what finds what, and what comes first."""

import pytest

from search.admin.names import Reading, sought_sequence, sought_words, worth
from search.language.analysis import Analyzer
from search.language.folding import fold
from search.language.lexicon import build_lexicon

ANALYZER = Analyzer(build_lexicon(["Ausländer Behörde Bürger Migranten Organisation Sprache Förderung Bund Länder"]))


def found(question: str, *texts: str, needs_all: bool = True) -> float:
    reading = Reading(ANALYZER)
    words = sought_words(question, ANALYZER)
    if not (all if needs_all else any)(word.may_be_in(reading.skimmed["\n".join(texts)]) for word in words):
        return 0.0
    return worth(words, [reading.read[text] for text in texts], needs_all=needs_all)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Ausländerbehörden", "Ausländerbehörde"),
        ("Auslaenderbehoerde", "Die Ausländerbehörden der Länder"),
        ("Behörden", "Ausländerbehörde"),
        ("Ausländerbehörde", "Behörde für Ausländer"),
        ("Bürgerinnen", "Bürger:innen"),
        ("Bürger:innen", "Bürgerinnen und Bürger"),
        ("Bürger*innen", "Ein Bürger"),
        ("Bürger", "BürgerInnen"),
        ("Migrantenorganisationen", "Organisationen der Migrantinnen und Migranten"),
        ("Bund-Länder-Programm", "Bund-Länder-Programme"),
        ("strasse", "Straße 12"),
        ("Bauern", "Bauer"),
        ("Ausländerb", "Ausländerbehörde"),
        ("beh", "Behörde"),
        ("länderbeh", "Ausländerbehörde"),
        ("059", "Musterstadt 05900000"),
        ("900", "Musterstadt 05900000"),
        ("für", "Behörde für Ausländer"),
        ("Behörde der Ausländer", "Ausländerbehörde"),
        ("§ 60a AufenthG", "Duldung (§ 60a AufenthG)"),
    ],
)
def test_a_question_finds_a_title(question, title):
    assert found(question, title)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Behörde Sprache", "Ausländerbehörde"),
        ("Rat", "Beratung"),
        ("§", "Duldung (§ 60a)"),
        ("", "Behörde"),
        ("Ausländerbehörde", "Ausländer"),
    ],
)
def test_a_question_does_not_find_a_title(question, title):
    assert not found(question, title)


def test_any_of_the_words_is_enough_where_that_is_asked():
    assert found("Behörde Sprache", "Ausländerbehörde", needs_all=False)


def test_words_may_stand_in_different_texts():
    assert found("Ausländer Sprache", "Für Ausländer", "Was mit Sprache zu tun hat")


def test_what_is_nearer_to_the_question_is_worth_more():
    titles = ["Behörde", "Behörden", "Behördenhaus", "Ausländerbehörde", "Musterbehördig"]
    worths = [found("Behörde", title) for title in titles]
    assert worths == sorted(worths, reverse=True)
    assert worths[0] > worths[1] > worths[2] > worths[3] > 0


def test_the_name_is_worth_more_than_what_is_said_about_it():
    assert found("Behörde", "Behörden", "Text") > found("Behörde", "Text", "Behörde")


def test_a_sequence_is_found_by_stems_in_their_order():
    read = Reading(ANALYZER).read
    assert sought_sequence("Förderung der Sprachen", ANALYZER) in read["Förderungen der Sprache"]
    assert sought_sequence("Sprachen der Förderung", ANALYZER) not in read["Förderungen der Sprache"]


@pytest.mark.parametrize("form", ["{}", "{}en", "{}innen", "{}behörde", "Bauer{}"])
def test_skimming_overlooks_no_stem_and_no_part(form):
    for word in ANALYZER.lexicon.frequencies:
        written = form.format(word)
        (sought,) = sought_words(written, ANALYZER)
        skimmed = Reading(ANALYZER).skimmed[written]
        assert sought.clue in skimmed, (written, fold(written))
        assert all(clue in skimmed for clue in sought.other_clues)


def test_texts_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr("search.admin.names._MOST_SKIMMED", 2)
    monkeypatch.setattr("search.admin.names._MOST_READ", 2)
    reading = Reading(ANALYZER)
    for text in ("eins", "zwei", "drei"):
        assert reading.skimmed[text] == text
        assert text in reading.read[text]
    assert (len(reading.skimmed), len(reading.read)) == (1, 1)
