import pytest

from search.language.spelling import Known, Vocabulary


@pytest.fixture(scope="module")
def vocabulary():
    known = [
        ("Frühwarnsystem", 2),
        ("Frühwarnsysteme", 1),
        ("Duldung", 9),
        ("Bildung", 30),
        ("Wald", 3),
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
        ("Wlad", "Wald"),
    ],
)
def test_the_nearest_word_is_offered_as_texts_write_it(vocabulary, typed, meant):
    assert vocabulary.nearest(typed)[0].written == meant


@pytest.mark.parametrize("typed", ["MSO", "KI", "2014", "Xyzzyquark", "", "😀"])
def test_abbreviations_numbers_and_far_words_are_left_alone(vocabulary, typed):
    assert vocabulary.nearest(typed) == []


def test_of_equally_near_words_the_more_frequent_comes_first():
    vocabulary = Vocabulary([Known("Rahmen", 1), Known("Namen", 50)])
    assert [known.written for known in vocabulary.nearest("Nahmen")] == ["Namen", "Rahmen"]
