"""Registers are read in both layouts; whatever is wrong is named with its line, its field and its remedy."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places.enums import MunicipalityKind
from portal.places.register import Code, Kind, read_register
from tests.portal.places.registers import CITIES, fixed_width, gv100ad

DAY = datetime.date(2025, 12, 31)


def read(text, encoding="utf-8", as_of=DAY):
    return read_register(text.encode(encoding), as_of=as_of)


def only_problem(text, **options):
    reading = read(text, **options)
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def test_the_kinds_are_those_of_the_model():
    assert {kind.value for kind in Kind} == set(MunicipalityKind.values)


# --- Gemeindeverzeichnis -----------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("iso-8859-1", b""), ("cp850", b"")]
)
def test_the_gemeindeverzeichnis_is_read_in_every_edition_s_encoding(encoding, bom):
    reading = read_register(bom + gv100ad().encode(encoding))
    assert reading.problems == []
    assert {row.ags: row.name for row in reading.rows} == {
        "05900000": "Großenhall",
        "05901000": "Ebbetal",
        "05901004": "Süderlügum-Öst",
        "05901008": "Talheim",
        "11000000": "Berlin",
    }


def test_kinds_follow_from_record_and_mark():
    kinds = {row.ags: row.kind for row in read(gv100ad()).rows}
    assert kinds == {
        "05900000": Kind.INDEPENDENT_CITY,
        "05901000": Kind.DISTRICT,
        "05901004": Kind.MUNICIPALITY,
        "05901008": Kind.MUNICIPALITY,
        "11000000": Kind.CITY_STATE,
    }


def test_name_designation_day_and_population_come_from_their_columns():
    rows = {row.ags: row for row in read(gv100ad(), as_of=None).rows}
    city = rows["05900000"]
    assert (city.name, city.designation, city.population) == ("Großenhall", "Stadt", 240_112)
    assert city.area_as_of == datetime.date(2025, 12, 31)
    assert rows["05901000"].designation == "Kreis"


def test_a_districts_population_is_the_sum_of_everything_inside():
    rows = {row.ags: row for row in read(gv100ad()).rows}
    # 8.450 + 12.003, and 17 people in an area that belongs to no municipality.
    assert rows["05901000"].population == 20_470


def test_areas_outside_of_municipalities_are_counted_not_taken_over():
    reading = read(gv100ad())
    assert reading.unincorporated == 2
    assert "Staatsforst" not in {row.name for row in reading.rows}


def test_a_city_that_is_its_own_district_comes_once():
    assert [row.ags for row in read(gv100ad()).rows].count("05900000") == 1


@pytest.mark.parametrize("name", ["Ennepe-Ruhr-Kreis", "Region Hannover", "Städteregion Aachen"])
def test_a_district_whose_name_says_so_gets_no_second_word(name):
    (row,) = read(fixed_width("40", "05901", name, mark="43")).rows
    assert (row.name, row.designation) == (name, "")


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (fixed_width("60", "05901004", "Talheim", mark="64")[:100], Code.LINE_SHORT, "record"),
        (fixed_width("70", "05901004", "Talheim", mark="64"), Code.RECORD_TYPE, "record"),
        (fixed_width("60", "0590100X", "Talheim", mark="64"), Code.AGS_DIGITS, "ags"),
        (fixed_width("60", "99901004", "Talheim", mark="64"), Code.AGS_LAND, "ags"),
        (fixed_width("60", "05901004", "", mark="64"), Code.MISSING, "name"),
        (fixed_width("60", "05901004", "Talheim", mark="64", population="zwölf"), Code.NUMBER, "population"),
        (fixed_width("60", "05901004", "Talheim", mark="64", day="20251399"), Code.DATE, "area_as_of"),
    ],
)
def test_a_damaged_record_is_named_with_line_and_field(line, code, field):
    problem = only_problem(gv100ad() + line + "\n")
    assert (problem.code, problem.field, problem.line) == (code, field, len(gv100ad().splitlines()) + 1)


def test_an_unknown_mark_of_a_later_edition_does_not_stop_the_load():
    (row,) = read(fixed_width("60", "05901004", "Talheim", mark="69")).rows
    assert row.kind == Kind.MUNICIPALITY


# --- CSV -----------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_is_read_however_the_spreadsheet_wrote_it(delimiter, encoding, newline):
    lines = [
        "ags;name;kind;population",
        "05901004;Süderlügum-Öst;Gemeinde;8450",
        "",
        "01002000;Förde;kreisfreie Stadt;",
    ]
    text = newline.join(lines).replace(";", delimiter)
    reading = read(text, encoding)
    assert reading.problems == []
    assert [(row.ags, row.name, row.population) for row in reading.rows] == [
        ("05901004", "Süderlügum-Öst", 8450),
        ("01002000", "Förde", None),
    ]


def test_german_column_names_and_extra_columns_are_fine():
    reading = read(
        "Gemeindeschlüssel;Name;Art;Einwohner;Gebietsstand;Fläche\n05901004;Talheim;Gemeinde;12.003;01.01.2026;9"
    )
    assert reading.ignored_columns == ("Fläche",)
    assert reading.rows[0].population == 12_003
    assert reading.rows[0].area_as_of == datetime.date(2026, 1, 1)


def test_a_quoted_name_may_hold_the_separator():
    assert read('ags;name;kind\n05901004;"Talheim; an der Au";Gemeinde').rows[0].name == "Talheim; an der Au"


@pytest.mark.parametrize(
    ("row", "code", "field", "hint"),
    [
        ("1001000;Förde;kreisfreie Stadt;1", Code.AGS_ZERO, "ags", "01001000"),
        ("5901004;Talheim;Gemeinde;1", Code.AGS_ZERO, "ags", "05901004"),
        ("0590100;Talheim;Gemeinde;1", Code.AGS_LENGTH, "ags", ""),
        ("05901;Ebbetal;Kreis;1", Code.AGS_LENGTH, "ags", ""),
        ("059010004;Talheim;Gemeinde;1", Code.AGS_LENGTH, "ags", ""),
        ("059010000004;Talheim;Gemeinde;1", Code.AGS_REGIONAL, "ags", "05901004"),
        ("1,001E+06;Talheim;Gemeinde;1", Code.AGS_DIGITS, "ags", ""),
        ("٠5901004;Talheim;Gemeinde;1", Code.AGS_DIGITS, "ags", ""),
        ("17901004;Talheim;Gemeinde;1", Code.AGS_LAND, "ags", ""),
        ("00901004;Talheim;Gemeinde;1", Code.AGS_LAND, "ags", ""),
        (";Talheim;Gemeinde;1", Code.MISSING, "ags", ""),
        ("05901004;;Gemeinde;1", Code.MISSING, "name", ""),
        (f"05901004;{'T' * 121};Gemeinde;1", Code.NAME_LENGTH, "name", "120"),
        ("05901004;Talheim;;1", Code.MISSING, "kind", ""),
        ("05901004;Talheim;Dorf;1", Code.KIND_UNKNOWN, "kind", ""),
        ("05901004;Talheim;Landkreis;1", Code.KIND_AGS, "kind", "05901004"),
        ("05901000;Talheim;Gemeinde;1", Code.KIND_AGS, "kind", "05901000"),
        ("05901004;Talheim;Gemeinde;zwölf", Code.NUMBER, "population", ""),
        ("05901004;Talheim;Gemeinde;12340008468", Code.NUMBER, "population", ""),
        ("05901004;Talheim;Gemeinde;-5", Code.NUMBER, "population", ""),
        ("05901004;Talheim;Gemeinde;12,5", Code.NUMBER, "population", ""),
        ("05901004;Talheim;Gemeinde", Code.CELL_COUNT, "", "4"),
        ("05901004;Talheim;Gemeinde;1;2", Code.CELL_COUNT, "", "4"),
    ],
)
def test_a_broken_row_is_named_with_field_and_remedy(row, code, field, hint):
    problem = only_problem(f"ags;name;kind;population\n05901008;Gutau;Gemeinde;1\n{row}\n")
    assert (problem.line, problem.field, problem.code, problem.hint) == (3, field, code, hint)


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_its_lines():
    reading = read("ags;name;kind\n1001000;A;kreisfrei\n05901004;B;Gemeinde\n05901004;C;Gemeinde\n05901008;;Gemeinde")
    assert [(problem.line, problem.code) for problem in reading.problems] == [
        (2, Code.AGS_ZERO),
        (4, Code.AGS_TWICE),
        (5, Code.MISSING),
    ]
    assert reading.problems[1].hint == "3"


def test_a_lost_zero_in_the_successor_is_named_too():
    problem = only_problem("ags;name;kind;successor_ags\n05901004;Talheim;Gemeinde;5901008")
    assert (problem.field, problem.code) == ("successor_ags", Code.AGS_ZERO)


@pytest.mark.parametrize("day", ["31.13.2025", "gestern", "2025"])
def test_a_wrong_day_is_named(day):
    assert only_problem(f"ags;name;kind;area_as_of\n05901004;Talheim;Gemeinde;{day}").code == Code.DATE


def test_a_csv_without_area_status_asks_for_it():
    assert only_problem("ags;name;kind\n05901004;Talheim;Gemeinde", as_of=None).code == Code.DATE_MISSING


@pytest.mark.parametrize("missing", ["ags", "name", "kind"])
def test_a_missing_column_is_named(missing):
    header = ";".join(name for name in ("ags", "name", "kind", "population") if name != missing)
    problem = only_problem(f"{header}\na;b;c\n")
    assert (problem.code, problem.field, problem.line) == (Code.COLUMN_MISSING, missing, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY),
        (b"\n \n", Code.EMPTY),
        (b"ags;name;kind\n", Code.EMPTY),
        (b"PK\x03\x04rest of a spreadsheet", Code.NOT_TEXT),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Code.NOT_TEXT),
        (b"ags;name;kind\n05901004;T\x81\xe4;Gemeinde\n", Code.ENCODING),
    ],
)
def test_a_file_that_is_no_register_is_refused(data, code):
    reading = read_register(data, as_of=DAY)
    assert code in {problem.code for problem in reading.problems}
    assert reading.rows == []


@given(st.binary(max_size=400))
def test_no_file_whatever_makes_the_reader_fail(data):
    reading = read_register(data, as_of=DAY)
    assert reading.rows or reading.problems


@given(st.text(max_size=200))
def test_no_row_whatever_makes_the_reader_fail(text):
    reading = read_register(f"ags;name;kind;population\n{text}".encode("utf-8", "replace"), as_of=DAY)
    assert reading.rows or reading.problems


def test_the_fixture_itself_has_the_register_s_width():
    assert {len(line) for line in gv100ad().splitlines()} == {220}
    assert CITIES
