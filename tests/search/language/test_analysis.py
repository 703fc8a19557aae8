import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.analysis import Analyzer
from search.language.compounds import Splitter
from search.language.folding import fold, fold_with_offsets
from search.language.lexicon import Lexicon, build_lexicon
from search.language.tokens import words_of


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer(build_lexicon([]))


def stems(analyzer, text):
    return [word.stem for word in analyzer.words(words_of(text))]


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Ausländerbehörde",
            "Auslaenderbehoerde",
            "ausländerbehörde",
            "AUSLÄNDERBEHÖRDE",
            "Ausla\u0308nderbeho\u0308rde",
        ),
        ("Straße", "Strasse", "STRASSE"),
        ("Schüler", "Schueler"),
        ("Kindergarten", "Kinder\u00adgarten"),
    ],
)
def test_spellings_of_one_word_fold_alike(spellings):
    assert len({fold(word) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("word", "folded"), [("neue", "neue"), ("Bauer", "bauer"), ("Quelle", "quelle"), ("Steuer", "steuer")]
)
def test_two_vowels_that_are_no_umlaut_stay(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("female", "male"),
    [
        ("Schülerinnen", "Schüler"),
        ("Expertin", "Experten"),
        ("Ärztin", "Arzt"),
        ("Ärztinnen", "Ärzte"),
        ("Migrantinnen", "Migranten"),
        ("Bildungsreferentin", "Bildungsreferenten"),
        ("Studentin", "Student"),
    ],
)
def test_feminine_forms_share_the_stem(analyzer, female, male):
    assert stems(analyzer, female) == stems(analyzer, male)


@pytest.mark.parametrize("word", ["Termin", "Medizin", "Magazin", "Berlin"])
def test_words_that_only_end_like_a_feminine_keep_their_end(analyzer, word):
    assert stems(analyzer, word) == [fold(word)]


def test_a_person_word_is_learned_from_the_collection():
    taught = Analyzer(build_lexicon(["Die Komponistinnen und der Komponist."]))
    assert stems(taught, "Komponistin") == stems(taught, "Komponisten")


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Ausländerbehörden", ("ausland", "behord")),
        ("Frühwarnsystem", ("fruh", "warn", "system")),
        ("Übergangssystem", ("ubergang", "system")),
        ("Schulabschluss", ("schul", "abschluss")),
        ("Schülerinnenvertretung", ("schul", "vertret")),
        ("Sozialämter", ("sozial", "amt")),
        ("Stadtrat", ("stadt", "rat")),
        ("Apparat", ()),
        ("insgesamt", ()),
        ("Behörde", ()),
        ("Unternehmen", ()),
    ],
)
def test_compounds_come_apart_without_a_collection_to_learn_from(analyzer, compound, parts):
    assert analyzer.word(compound).parts == parts


def test_frequent_words_of_the_collection_decide_how_a_compound_comes_apart():
    taught = Analyzer(build_lexicon(["Kleingarten Laube", "Die Laube im Garten", "Garten", "klein", "Klein aber fein"]))
    assert taught.word("Gartenlaube").parts == ("gart", "laub")


def test_a_lexicon_survives_being_saved_and_is_named_by_its_content(tmp_path):
    lexicon = build_lexicon(["Der Fachdienst hilft."])
    lexicon.save(tmp_path / "lexicon")
    loaded = Lexicon.load(tmp_path / "lexicon")
    assert loaded == lexicon
    assert loaded.fingerprint == lexicon.fingerprint != build_lexicon(["Etwas anderes."]).fingerprint


@given(st.text(max_size=60))
def test_analysis_never_fails(text):
    analyzer = Analyzer(build_lexicon([text]))
    assert [analyzer.analyse(word) for word in words_of(text)] == analyzer.words(words_of(text))


@given(st.text(alphabet="aeouäöüßÄÖÜxn\u0308", min_size=1, max_size=12))
def test_offsets_of_a_folded_word_lead_back_into_the_word(word):
    folded, offsets = fold_with_offsets(word)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset <= len(word) for offset in offsets)


@pytest.mark.parametrize("word", ["Lernende", "Studierende", "Mitarbeitenden", "Auszubildende"])
def test_a_participle_is_not_taken_apart_at_its_ending(word):
    frequencies = {"lern": 5, "lernen": 5, "ende": 9, "studier": 3, "mitarbeit": 4, "auszubild": 2, "enden": 3}
    assert Splitter(frequencies).split(fold(word)) == ()
