"""How records are cut."""

from hypothesis import given
from hypothesis import strategies as st

from search.records import SearchRecord, Section
from search.semantics.pieces import LONGEST_NAME, LONGEST_PIECE, pieces


def record(*sections, title="Leitfaden", **kwargs) -> SearchRecord:
    return SearchRecord(kind="paper", id="1", url="/1/", title=title, sections=sections, **kwargs)


def test_a_piece_is_named_by_its_title_and_heading():
    (piece,) = pieces(record(Section("Fristen", "fristen", "Bis Mai.", "2")))
    assert piece.read == "Leitfaden – Fristen: Bis Mai."
    assert (piece.anchor, piece.number) == ("fristen", "2")


def test_a_record_without_text_is_its_title():
    assert [piece.read for piece in pieces(record())] == ["Leitfaden"]


def test_remarks_are_left_to_the_words():
    found = pieces(record(Section("", "", "Text."), Section("", "", "Quelle.", is_aside=True)))
    assert [piece.text for piece in found] == ["Text."]


def test_the_same_text_under_the_same_name_is_one_piece():
    assert len(pieces(record(Section("", "a", "Text."), Section("", "b", "Text.")))) == 1


def test_another_model_or_text_has_another_digest():
    (one,) = pieces(record(Section("", "", "Eins.")))
    (two,) = pieces(record(Section("", "", "Zwei.")))
    assert len({one.digest("a"), one.digest("b"), two.digest("a")}) == 3
    (again,) = pieces(record(Section("", "elsewhere", "Eins.")))
    assert again.digest("a") == one.digest("a")


@given(st.text(max_size=3_000), st.text(max_size=400))
def test_no_piece_is_too_long_and_no_word_is_lost(text, title):
    found = pieces(record(Section("", "", text), title=title))
    assert all(len(piece.text) <= LONGEST_PIECE and len(piece.name) <= LONGEST_NAME for piece in found)
    kept = "".join(piece.text for piece in found)
    distinct = {word for word in text.split() if len(word) <= LONGEST_PIECE}
    assert all(word in kept for word in distinct)
