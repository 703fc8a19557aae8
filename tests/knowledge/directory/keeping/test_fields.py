"""What people type on a phone: hours and languages as they write them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.keeping.fields import HoursField, LanguagesField, find_language, hours_in_words


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("9-12", [("09:00", "12:00", "")]),
        ("9–12, 14:30–18", [("09:00", "12:00", ""), ("14:30", "18:00", "")]),
        ("9.30 bis 12 Uhr und 14 Uhr – 16 Uhr", [("09:30", "12:00", ""), ("14:00", "16:00", "")]),
        ("17–19 (nur Frauen, mit Kindern)", [("17:00", "19:00", "nur Frauen, mit Kindern")]),
        ("20–24", [("20:00", "23:59", "")]),
    ],
)
def test_hours_are_read_as_people_write_them(text, spans):
    assert [(span["opens"], span["closes"], span["note"]) for span in HoursField(label="x").clean(text)] == spans


@pytest.mark.parametrize("text", ["nachmittags", "9", "12–9", "9–9", "25–26", "9–12–14", "9:75–10"])
def test_what_are_no_hours_is_said(text):
    with pytest.raises(ValidationError):
        HoursField(label="x").clean(text)


_MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(_MINUTES, _MINUTES).filter(lambda span: span[0] < span[1]), max_size=3),
       st.text(st.characters(exclude_characters="()", exclude_categories=("C", "Z")), max_size=20))  # fmt: skip
def test_hours_read_back_what_they_show(spans, note):
    kept = [
        {"opens": f"{a // 60:02}:{a % 60:02}", "closes": f"{b // 60:02}:{b % 60:02}", "note": note} for a, b in spans
    ]
    assert HoursField(label="x").clean(hours_in_words(kept)) == kept


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Tigrinya", "ti"), ("dari", "prs"), ("Kurmandschi (Kurdisch)", "kmr"), ("Kurmandschi", "kmr"), ("ti", "ti"),
     ("Elbisch", None), ("", None)],
)  # fmt: skip
def test_languages_are_found_by_name_and_tag(name, tag):
    assert find_language(name) == tag


def test_a_language_that_nobody_knows_is_named():
    with pytest.raises(ValidationError, match="Elbisch"):
        LanguagesField(label="x").clean("Dari, Elbisch")
