import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.tokens import hyphenated, tokenize, words_of

#: Texts dense with everything the tokenizer treats in its own way.
tricky_texts = st.lists(
    st.sampled_from(
        [
            "Schüler",
            "innen",
            "in",
            "In",
            "Innen",
            "und",
            "bzw",
            "*",
            ":",
            "_",
            "/",
            "-",
            "(",
            ")",
            "·",
            ".",
            " ",
            "\n",
            "U3",
            "§",
            "̈",
            "\xad",
            "😀",
            "\x00",
            "r",
            "n",
            "Ärzte",
        ]
    ),
    max_size=25,
).map("".join)


def words(text):
    return [token.word for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 16h SGB II", ["16h", "SGB", "II"]),
        ("U3, Ü50.", ["U3", "Ü50"]),
        ("Wort.Wort", ["Wort", "Wort"]),
        ("Bund-Länder-Kommission", ["Bund", "Länder", "Kommission"]),
        ("und/oder", ["und", "oder"]),
        ("80 km/s", ["80", "km", "s"]),
        ("", []),
        ("„“ – !", []),
    ],
)
def test_text_is_split_at_everything_but_letters_and_digits(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Schüler/innen",
        "SchülerInnen",
        "Schüler*innen",
        "Schüler:innen",
        "Schüler_innen",
        "Schüler(innen)",
        "Schüler(inn)en",
        "Schüler/-innen",
        "Schüler·innen",
        "Schüler/in",
        "Schüler:in",
        "Schüler(in)",
        "SchülerIn",
        "Schülerinnen und Schüler",
        "Schüler und Schülerinnen",
        "Schülerin/Schüler",
        "Schülerinnen bzw. Schüler",
    ],
)
def test_every_way_to_write_a_person_word_is_one_word(written):
    (token,) = tokenize(written)
    assert token == (0, len(written), "Schüler")


def test_small_letters_after_a_word_are_no_inner_i():
    assert words("schülerinnen Termin und Termine") == ["schülerinnen", "Termin", "und", "Termine"]


def test_a_gender_mark_inside_a_compound_keeps_the_compound_whole():
    assert words("Migrant*innenorganisation") == words("MigrantInnenorganisation") == ["Migrantinnenorganisation"]


def test_hyphenated_words_are_also_found_joined():
    assert list(hyphenated("Die Bund-Länder-Kommission – und mehr")) == ["BundLänderKommission"]


@given(st.text() | tricky_texts)
def test_offsets_lie_in_the_text_in_order(text):
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.text() | tricky_texts)
def test_the_quick_way_gives_the_same_words(text):
    assert words_of(text) == words(text)
