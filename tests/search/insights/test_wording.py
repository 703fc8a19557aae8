"""Which questions could tell about a person; the table says what must never be kept, whatever is public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.insights.given_names import GIVEN_NAMES
from search.insights.wording import is_given_name, may_be_heard, normalised, tells_of_a_person

NEVER = [
    "zeynep.aydin@kommune.example",
    "aydin (at) kommune.example",
    "aydin[at]kommune.example",
    "https://kommune.example/akte/7",
    "www.kommune.example",
    "kommune-neuenbrueck.de",
    "0171 2345678",
    "+49 (0) 631 / 365-0",
    "Tel. 06 31 - 12 34",
    "AZ 33-4711/23",
    "12 K 345/23.NW",
    "AZR 160512345678",
    "C01X00T47",
    "DE89 3704 0044 0532 0130 00",
    "67655",
    "geboren 12.03.1984",
    "12. März 1984",
    "12-3-84",
    "Lindenstr. 12",
    "Lindenstraße 7a",
    "Am Alten Markt 1, Marktplatz 3",
    "2014 2015 2016",
    "٠١٧١٢٣٤٥٦٧٨",
    "Frau Aydın",
    "herr müller duldung",
    "Familie Yılmaz Wohnung",
    "Dr. Größer",
    "Name Aydın",
    "geb. Kaya",
    "meine Nachbarin hat gesagt dass ihr Mann wegziehen musste",
    "x" * 90,
]
KEPT = [
    "Duldung",
    "Ausbildung und Duldung",
    "§ 60a AufenthG",
    "§ 16b Abs. 1 AufenthG",
    "Integrationsbericht 2024",
    "Haushalt 2025 2026",
    "B1 Sprachkurs",
    "Frauen",
    "Frau",
    "Frau und Beruf",
    "Familiennachzug",
    "„Schülerinnen und Schüler“",
]


@pytest.mark.parametrize("query", NEVER)
def test_what_numbers_dates_addresses_or_describes_somebody_is_never_kept(query):
    assert tells_of_a_person(query)


@pytest.mark.parametrize("query", KEPT)
def test_what_editors_need_is_kept(query):
    assert not tells_of_a_person(query)


@pytest.mark.parametrize("word", ["Zeynep", "MEHMET", "jörg", "Joerg", "Oleksandr", "fatima", "Ayşe", "ayse"])
def test_given_names_are_known_however_they_are_written(word):
    assert is_given_name(word)
    assert not may_be_heard(word.lower())


@pytest.mark.parametrize("word", ["chancenkarte", "sprachmittlerpool", "straßensozialarbeit"])
def test_an_unknown_word_of_letters_may_be_heard(word):
    assert may_be_heard(word)


@pytest.mark.parametrize("word", ["za", "abc", "a1b2c3", "k345", "x" * 41, "ab-cd", ""])
def test_initials_numbers_and_what_is_no_word_are_not_heard(word):
    assert not may_be_heard(word)


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("  DULDUNG  ", "duldung"),
        ('"Duldung", bitte!', "duldung bitte"),
        ("Duldung / Ausbildung", "duldung ausbildung"),
        ("Straße", "straße"),
        ("???", ""),
    ],
)
def test_a_question_is_counted_in_one_form(query, counted):
    assert normalised(query) == counted


digits = st.text("0123456789", min_size=4, max_size=14)
signs = st.text(" -/.()+", min_size=0, max_size=2)


@given(st.text(max_size=20), st.lists(st.tuples(digits, signs), min_size=1, max_size=3), st.text(max_size=20))
def test_no_long_number_passes_whatever_stands_around_it(before, numbers, after):
    middle = "".join(f"{number}{sign}" for number, sign in numbers)
    is_years_alone = all(number[:2] in ("19", "20") and len(number) == 4 for number, _sign in numbers)
    # What is written directly at a paragraph sign or in front of it is a provision.
    assert is_years_alone or "§" in before or "a" in before.lower() or tells_of_a_person(f"{before} {middle} {after}")


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_mail_address_passes(local, domain):
    assert tells_of_a_person(f"{local}@{domain}")


def test_the_list_of_given_names_holds_no_word_of_the_subject():
    subjects = "arbeit asyl ausbildung beruf bildung duldung familie frau jugend kita schule sprache wohnen mandat"
    assert GIVEN_NAMES.isdisjoint(subjects.split())
