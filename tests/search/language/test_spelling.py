import pytest

from search.language.spelling import Known, Vocabulary


@pytest.fixture(scope="module")
def vocabulary():
    known = [
        ("Frühwarnsystem", 2),
        ("Frühwarnsysteme", 1),
        ("Duldung", 9),
        ("Bildung", 30),
        ("Feld", 3),
        ("unter", 80),
        ("unsere", 80),
        ("beginnen", 8),
        ("Gezählt", 2),
        ("Behörde", 5),
    ]
    return Vocabulary(Known(word, count) for word, count in known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Frühwarnsystm", "Frühwarnsystem"),
        ("fruewarnsystem", "Frühwarnsystem"),
        ("Frühwransystem", "Frühwarnsystem"),
        ("Dulding", "Duldung"),
        ("Behörrde", "Behörde"),
    ],
)
def test_the_nearest_word_is_offered_as_texts_write_it(vocabulary, typed, meant):
    assert vocabulary.nearest(typed)[0][0].written == meant


def written(groups) -> list[list[str]]:
    return [[known.written for known in group] for group in groups]


@pytest.mark.parametrize("typed", ["MSO", "KI", "2014", "Xyzzyquark", "", "😀"])
def test_abbreviations_numbers_and_far_words_are_left_alone(vocabulary, typed):
    assert vocabulary.nearest(typed) == []


def test_of_equally_near_words_the_more_frequent_comes_first():
    vocabulary = Vocabulary([Known("Rahmen", 1), Known("Reihen", 50), Known("Rahmens", 9)])
    assert written(vocabulary.nearest("Rahmem")) == [["Rahmen"]]
    assert written(vocabulary.nearest("Rahmenx")) == [["Rahmens", "Rahmen"]]


def test_every_spelling_of_a_word_is_named_since_not_everybody_may_see_the_most_frequent():
    vocabulary = Vocabulary([Known("Groessenordnung", 3), Known("Größenordnung", 1)])
    assert written(vocabulary.nearest("Größenordnugn")) == [["Groessenordnung", "Größenordnung"]]


@pytest.mark.parametrize("typed", ["Mutter", "Geld", "gewinnen", "bezahlt", "unsern"])
def test_a_correct_word_is_not_taken_for_another(vocabulary, typed):
    assert vocabulary.nearest(typed) == []
