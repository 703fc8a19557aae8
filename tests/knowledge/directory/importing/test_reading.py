"""Tables as people bring them: every encoding, sign and format is read, and whatever is wrong is told."""

import contextlib
import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.importing.reading.door import read_table
from knowledge.directory.importing.reading.headings import EXACT, PERSON, field_for, guessed, squeezed
from knowledge.directory.importing.reading.outcome import MOST_ROWS, Reason, Remark, Unreadable
from knowledge.directory.importing.reading.runner import read_in_child
from tests.knowledge.directory.importing.files import BRIDGES, HEADINGS, WAYS, as_csv, as_excel

ROWS = (HEADINGS, BRIDGES, WAYS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_same_list_is_read_from_every_program(encoding, delimiter):
    table = read_table(as_csv(ROWS, encoding=encoding, delimiter=delimiter), "liste.csv")

    assert table.columns == HEADINGS
    assert table.rows == ((2, *BRIDGES), (3, *WAYS))
    assert table.remarks == ()


def test_a_workbook_is_read_as_the_same_list():
    table = read_table(as_excel(ROWS, sheets=2), "liste.xlsx")

    assert (table.columns, table.rows) == (HEADINGS, ((2, *BRIDGES), (3, *WAYS)))
    assert table.remarks == (Remark.MORE_SHEETS,)


def test_titles_above_the_headings_and_empty_lines_are_left_out_and_rows_keep_their_numbers():
    rows = [("Liste der Vereine, Stand 2025",), (), HEADINGS, (), BRIDGES, ("", "", ""), WAYS]

    for data, name in ((as_csv(rows), "a.csv"), (as_excel(rows), "a.xlsx")):
        table = read_table(data, name)
        assert table.columns == HEADINGS
        assert [row[0] for row in table.rows] == [5, 7]


def test_a_list_without_headings_loses_no_row():
    table = read_table(as_csv([BRIDGES, WAYS]), "a.csv")

    assert table.columns == ("A", "B", "C", "D", "E", "F", "G", "H")
    assert [row[1:] for row in table.rows] == [BRIDGES, WAYS]
    assert Remark.NO_HEADINGS in table.remarks


def test_headings_that_stand_twice_are_counted():
    table = read_table(as_csv([("Name", "Telefon", "Telefon", "Telefon"), ("a", "1", "2", "3")]), "a.csv")

    assert table.columns == ("Name", "Telefon", "Telefon (2)", "Telefon (3)")
    assert Remark.SAME_HEADINGS in table.remarks


def test_lines_within_cells_and_quotation_marks_are_kept():
    table = read_table(b'Name;Beschreibung\n"Der ""gute"" Verein";"Zeile 1\nZeile 2; mit Strichpunkt"\n', "a.csv")

    assert table.rows == ((3, 'Der "gute" Verein', "Zeile 1\nZeile 2; mit Strichpunkt"),)


def test_text_behind_a_quotation_mark_is_no_fault():
    assert read_table(b'Name;Ort\n"Haus" der Kulturen;Ravensfurt\n', "a.csv").rows[0][2] == "Ravensfurt"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.csv", Reason.EMPTY),
        (b" \n ;;; \n", "a.csv", Reason.EMPTY),
        (b"Name;Ort\n", "a.csv", Reason.EMPTY),
        (b'Name;Ort\n"Verein;Ravensfurt\nNoch einer;Ort\n', "a.csv", Reason.UNCLOSED),
        (b"\xff\xfea", "a.csv", Reason.DAMAGED),
        (b"PK\x03\x04kaputt", "a.xlsx", Reason.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", Reason.PROTECTED),
        (b"Name", "a.ods", Reason.UNSUPPORTED),
        (as_excel([]), "a.xlsx", Reason.EMPTY),
        (as_csv([["x"] * 101] * 2), "a.csv", Reason.TOO_MANY_COLUMNS),
        (as_excel([["x"] * 101] * 2), "a.xlsx", Reason.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_wrong_is_an_answer(data, name, reason):
    with pytest.raises(Unreadable) as refused:
        read_table(data, name)

    assert refused.value.reason == reason


def test_ten_thousand_rows_are_read_and_one_more_is_told():
    rows = [("Name", "Ort"), *(("Verein", "Ort") for _ in range(MOST_ROWS))]

    assert len(read_table(as_csv(rows), "a.csv").rows) == MOST_ROWS
    with pytest.raises(Unreadable) as refused:
        read_table(as_csv([*rows, ("Verein", "Ort")]), "a.csv")
    assert refused.value.reason == Reason.TOO_MANY_ROWS


def zip_bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60 * 1024 * 1024)
    return written.getvalue()


def test_a_container_that_swells_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable) as refused:
        read_table(zip_bomb(), "a.xlsx")

    assert refused.value.reason == Reason.DEMANDING


def test_formulas_stand_as_their_stored_result_and_never_as_formulas():
    table = read_table(as_excel([("Name", "Telefon"), ("Verein", "=1+1"), ("=HYPERLINK()", "0491")]), "a.xlsx")

    assert [cell for row in table.rows for cell in row if str(cell).startswith("=")] == []


def test_figures_of_a_workbook_are_written_as_people_write_them():
    table = read_table(as_excel([("Name", "PLZ", "Gründungsjahr"), (7, 26789.0, 1998)]), "a.xlsx")

    assert table.rows == ((2, "7", "26789", "1998"),)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_a_table_or_an_answer(data, name):
    for candidate in (data, b"Name;Ort\n" + data, b"PK\x03\x04" + data):
        try:
            table = read_table(candidate, name)
        except Unreadable:
            continue
        assert table.rows
        assert all(len(row) == len(table.columns) + 1 for row in table.rows)
        assert len(set(table.columns)) == len(table.columns)


WORKBOOK = as_excel(ROWS)


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_with_faults_is_a_table_or_an_answer(place, fault):
    with contextlib.suppress(Unreadable):
        read_table(WORKBOOK[:place] + fault + WORKBOOK[place + len(fault) :], "a.xlsx")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_cell_of_a_list_gets_lost(rows):
    from knowledge.directory.importing.reading.columns import tidy

    written = as_csv([("Name", "Ort", "PLZ", "Telefon", "E-Mail", "Website"), *rows])
    expected = [tidy(cell) for row in rows for cell in row if tidy(cell)]
    try:
        table = read_table(written, "a.csv")
    except Unreadable:
        assert expected == []
        return
    found = [cell for row in table.rows for cell in row[1:] if cell]
    assert found == expected


def test_the_reading_process_answers_as_the_reading_itself():
    data = as_csv(ROWS, encoding="cp1252")

    assert read_in_child(data, "a.csv") == read_table(data, "a.csv")
    with pytest.raises(Unreadable) as refused:
        read_in_child(b"PK\x03\x04kaputt", "a.xlsx")
    assert refused.value.reason == Reason.DAMAGED


def test_the_reading_process_knows_no_settings(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(ROWS))
    package = "knowledge.directory.importing.reading"
    code = (
        f"import runpy, sys\nsys.argv = ['x', {str(path)!r}, 'a.csv']\n"
        f"try:\n    runpy.run_module({package!r}, run_name='__main__')\n"
        "finally:\n    assert 'django' not in sys.modules"
    )

    ended = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, check=False)

    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["columns"] == list(HEADINGS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name des Vereins", "name"), ("Organisation", "name"), ("Träger", "name"), ("Straße, Hausnummer", "street"),
        ("PLZ / Ort", "address"), ("Telefonnummer (Büro)", "phone"), ("E-Mail-Adresse", "email"),
        ("Homepage", "website"), ("VR-Nr.", "register_number"), ("Vereinsregister-Nummer", "register_number"),
        ("Registergericht", "register_court"), ("Gegründet", "founded_year"), ("Rechtsform", "legal_form"),
        ("Handlungsfelder", "fields_of_action"), ("Gesprochene Sprachen", "languages"), ("Sprechzeiten", "reachable"),
        ("Ansprechpartner/in", PERSON), ("Telefon Ansprechperson", PERSON), ("E-Mail Vorsitzende", PERSON),
        ("Mobil", PERSON), ("Vorname", PERSON), ("Name der Geschäftsführung", PERSON), ("Fax", ""), ("Bemerkung", ""),
        ("", ""), ("x" * 500, ""),
    ],
)  # fmt: skip
def test_german_headings_are_understood(heading, field):
    assert field_for(heading) == field


def test_beside_first_names_a_name_is_that_of_a_person():
    assert guessed(["Organisation", "Vorname", "Name"]) == ["name", PERSON, PERSON]


def test_no_heading_stands_for_two_fields():
    words = [word for some in EXACT.values() for word in some]

    assert len(words) == len(set(words))
    assert all(squeezed(word) == word for word in words)
