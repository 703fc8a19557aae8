"""Cells become values or problems; nothing is guessed, cut, or taken from a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.importing.cells import read_row
from knowledge.directory.importing.persons import looks_personal
from knowledge.directory.importing.problems import Code
from knowledge.directory.importing.reading.headings import PERSON
from knowledge.directory.importing.words import Vocabulary, parted, parted_by_and
from knowledge.topics.models import FieldOfAction
from portal.shared.tables import cell as exported
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    FieldOfAction.objects.create(slug="bildung", name="Bildung und Sprache")
    MunicipalityFactory(ags="08999999", name="Ravensfurt")
    MunicipalityFactory(name="Neustadt")
    MunicipalityFactory(name="Neustadt")
    return Vocabulary()


def read(words, **cells):
    names = list({"name": "Verein"} | cells)
    raw = [7, *({"name": "Verein"} | cells).values()]
    return read_row(raw, dict(enumerate(names)), words)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("kind", "Migrantenorganisation", "mso"),
        ("kind", "Jugendmigrationsdienst", "jmd"),
        ("legal_form", "e. V.", "ev"),
        ("legal_form", "gGmbH", "ggmbh"),
        ("founded_year", "gegr. 12.5.1998", 1998),
        ("postal_code", "1234", "01234"),
        ("postal_code", "D-26789", "26789"),
        ("website", "www.verein.example", "https://www.verein.example"),
        ("phone", "Tel.: 0491 / 12-34", "0491 / 12-34"),
        ("languages", "Arabisch, Türkisch und Tigrinya", ["ar", "tr", "ti"]),
        ("email", "info@verein.example", "info@verein.example"),
        ("short_name", " BB  e.V. ", "BB e.V."),
    ],
)
def test_what_people_write_is_understood(words, field, cell, value):
    row = read(words, **{field: cell})

    assert row.values[field] == value
    assert row.problems == []


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("kind", "Kaninchenzucht", Code.UNKNOWN),
        ("founded_year", "2999", Code.INVALID),
        ("founded_year", "alt", Code.INVALID),
        ("postal_code", "12", Code.INVALID),
        ("postal_code", "١٢٣٤٥", Code.INVALID),
        ("website", "javascript:alert(1)", Code.INVALID),
        ("email", "kein Zeichen", Code.INVALID),
        ("phone", "anrufen", Code.INVALID),
        ("municipality", "Neustadt", Code.SEVERAL),
        ("municipality", "Nirgendwo", Code.UNKNOWN),
        ("summary", "x" * 241, Code.TOO_LONG),
        ("city", "#REF!", Code.BROKEN),
        ("fields_of_action", "Bildung und Sprache; Angeln", Code.UNKNOWN),
        ("address", "irgendwo", Code.ADDRESS),
        ("email", "selam.tesfay@verein.example", Code.PERSONAL),
        ("email", "selam77@gmx.de", Code.PERSONAL),
    ],
)
def test_what_cannot_be_read_is_left_out_and_told(words, field, cell, code):
    row = read(words, **{field: cell})

    assert [(problem.field, problem.code) for problem in row.problems] == [(field, code)]
    assert row.values.get(field) in (None, list(words.fields_of_action.values())[:1])
    assert row.is_readable
    assert row.problems[0].text
    assert row.problems[0].label


@pytest.mark.parametrize(("name", "code"), [("", Code.NO_NAME), ("x" * 201, Code.TOO_LONG), ("#N/A", Code.BROKEN)])
def test_without_a_name_nothing_is_taken_over(words, name, code):
    row = read(words, name=name)

    assert [problem.code for problem in row.problems] == [code]
    assert not row.is_readable


def test_addresses_are_divided_and_joined(words):
    assert read(words, address="Hafenstr. 3, 26789 Ravensfurt").values == {
        "name": "Verein", "street": "Hafenstr. 3", "postal_code": "26789", "city": "Ravensfurt",
    }  # fmt: skip
    assert read(words, address="26789 Ravensfurt", street="Weg", house_number="3a").values["street"] == "Weg 3a"


def test_columns_about_persons_are_not_even_looked_at(words):
    row = read_row([2, "Verein", "Selam Tesfay"], {0: "name", 1: PERSON}, words)

    assert row.values == {"name": "Verein"}


@pytest.mark.parametrize(
    ("email", "organisation", "is_personal"),
    [
        ("info@verein.example", "Verein", False),
        ("vorstand@verein.example", "Verein", False),
        ("bruecken.haus@gmx.de", "Brücken bauen", False),
        ("bauen.bruecken@web.de", "Bruecken bauen e. V.", False),
        ("a.mueller@stadt.example", "Stadt", True),
        ("selam@gmail.com", "Verein", True),
        ("selam@verein.example", "Verein", False),
        ("kontakt.bruecken@gmail.com", "Brücken", False),
    ],
)
def test_addresses_of_persons_are_recognised(email, organisation, is_personal):
    assert looks_personal(email, organisation) is is_personal


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_what_our_own_export_defused_is_read_as_it_was(text):
    plain = text.strip()
    row = read_row([2, "Verein", str(exported(plain))], {0: "name", 1: "reachable"}, _EMPTY)

    assert row.values.get("reachable", "") in (" ".join(plain.split()), "")
    if plain and not any(problem.field == "reachable" for problem in row.problems):
        assert row.values["reachable"] == " ".join(plain.split())


class _EmptyWords:
    kinds = legal_forms = languages = fields_of_action = places = {}


_EMPTY = _EmptyWords()


def test_cells_that_hold_several_are_parted():
    assert parted("Arabisch; Tigrinya / Dari und Farsi\n– Englisch") == [
        "Arabisch", "Tigrinya", "Dari und Farsi", "Englisch",
    ]  # fmt: skip
    assert parted_by_and("Dari und Farsi sowie Urdu") == ["Dari", "Farsi", "Urdu"]


def test_a_cell_of_blanks_takes_no_time(words):
    import time

    started = time.process_time()
    read(words, address="\n" * 8_000 + "x", languages=" " * 8_000 + "x", fields_of_action="x" + " " * 7_000 + "x")
    assert time.process_time() - started < 1
