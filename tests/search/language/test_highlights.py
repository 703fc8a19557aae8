import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.analysis import Analyzer
from search.language.highlights import Wanted, find_matches, segments
from search.language.lexicon import build_lexicon
from search.language.passages import LONGEST_PASSAGE, best_passage, sentences
from tests.search.language.test_tokens import tricky_texts


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer(build_lexicon([]))


def wanted(analyzer, *words):
    analysed = [analyzer.word(word) for word in words]
    return Wanted(
        words=frozenset(word.stem for word in analysed),
        forms=frozenset(word.form for word in analysed),
        parts=frozenset(part for word in analysed for part in word.parts),
    )


def marked(analyzer, text, *words):
    matches = find_matches(text, analyzer, wanted(analyzer, *words))
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in segments(text, matches))


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("Behörde", "Die Ausländerbehörden helfen.", "Die Ausländer[behörden] helfen."),
        ("Behoerde", "AUSLÄNDERBEHÖRDE", "AUSLÄNDER[BEHÖRDE]"),
        ("Schüler", "Alle Schüler*innen kommen.", "Alle [Schüler*innen] kommen."),
        ("Schüler", "Schülerinnen und Schüler", "[Schülerinnen und Schüler]"),
        ("Bericht", "Die Berichterstattung", "Die [Bericht]erstattung"),
        ("Ausländerbehörde", "Behörde für Ausländer", "[Behörde] für [Ausländer]"),
        ("Ausländerbehörde", "Ausländerbehörde, eine Behörde", "[Ausländerbehörde], eine Behörde"),
        ("Amt", "Nichts davon", "Nichts davon"),
    ],
)
def test_the_letters_that_answer_are_marked(analyzer, query, text, expected):
    assert marked(analyzer, text, query) == expected


def test_a_phrase_is_marked_only_as_a_whole(analyzer):
    phrase = Wanted(phrases=(("interkulturell", "offnung"),))
    text = "Öffnung, interkulturelle Öffnung, interkulturell"
    matches = find_matches(text, analyzer, phrase)
    assert [text[match.start : match.end] for match in matches] == ["interkulturelle Öffnung"]


@given(st.text() | tricky_texts, st.lists(st.text(min_size=1, max_size=8) | st.just("Schüler"), max_size=3))
def test_segments_joined_are_the_text(text, words):
    analyzer = Analyzer(build_lexicon([text]))
    cut = segments(text, find_matches(text, analyzer, wanted(analyzer, *words)))
    assert "".join(part.text for part in cut) == text


def test_sentences_do_not_end_at_abbreviations_and_dates(analyzer):
    text = "Am 30. April kam z. B. Frau Dr. Meier. Danach sprach Herr Ay.\nEin Punkt ohne Punkt\nSchluss."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Am 30. April kam z. B. Frau Dr. Meier.",
        "Danach sprach Herr Ay.",
        "Ein Punkt ohne Punkt",
        "Schluss.",
    ]


def test_the_sentence_with_most_of_the_words_is_quoted(analyzer):
    text = "Die Stadt hilft. Wer die Verantwortung trägt, zieht Schlussfolgerungen. Die Verantwortung bleibt."
    passage, _ = best_passage(text, analyzer, wanted(analyzer, "verantwortlich", "Schlussfolgerung"), {})
    assert "".join(part.text for part in passage) == "Wer die Verantwortung trägt, zieht Schlussfolgerungen."


def test_the_very_word_wins_over_another_of_its_stem(analyzer):
    passage, _ = best_passage("Die Schule ruft. Die Schüler kommen.", analyzer, wanted(analyzer, "Schülerinnen"), {})
    assert "".join(part.text for part in passage) == "Die Schüler kommen."


@given(st.text(alphabet="Behörde amt.\n", max_size=1200))
def test_a_passage_is_short_and_from_the_text(text):
    analyzer = Analyzer(build_lexicon([]))
    passage, _ = best_passage(text, analyzer, wanted(analyzer, "Behörde"), {})
    quoted = "".join(part.text for part in passage).removeprefix("… ").removesuffix(" …")
    assert quoted in text
    assert len(quoted) <= LONGEST_PASSAGE
