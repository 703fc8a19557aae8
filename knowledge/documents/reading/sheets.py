"""Reads .xlsx sheet by sheet, a few rows at a time; hidden sheets stay hidden."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.documents.reading.outcome import Notes, Part, State, Unreadable
from knowledge.documents.reading.running_text import clean
from knowledge.documents.reading.texts import LONGEST_PART

#: What openpyxl lets through when a file is malformed; lxml's own error is a SyntaxError.
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    DefusedXmlException,
    InvalidFileException,
    ParseError,
    SyntaxError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
#: Further columns hold no text that anybody wrote by hand.
_MOST_COLUMNS = 200


def read(data: bytes, notes: Notes) -> Iterator[Part]:
    """Give rows that hold something, with the name of their sheet and the number of the first of them."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        notes.language = str(book.properties.language or "")
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield from _parts(sheet)
    except _DAMAGED as error:
        raise Unreadable(State.DAMAGED) from error


def _parts(sheet) -> Iterator[Part]:
    # What a sheet says about its own size may be a lie, and every row would be filled up to it.
    sheet.reset_dimensions()
    name = " ".join(clean(sheet.title).split())
    lines: list[str] = []
    first = length = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
        line = " | ".join(filter(None, map(_words, row)))
        if lines and (length + len(line) > LONGEST_PART):
            yield Part("\n".join(lines), first, name)
            lines, length = [], 0
        if line:
            first = first if lines else number
            lines.append(line)
            length += len(line) + 1
        elif not number % _MOST_COLUMNS:
            # Lets whoever counts the time stop a sheet of a million empty rows.
            yield Part("", number, name)
    if lines:
        yield Part("\n".join(lines), first, name)


def _words(value: object) -> str:
    """Return a cell as a reader would write it; a formula stands as its last result."""
    match value:
        case None | bool():
            return ""
        case datetime.datetime():
            return value.strftime("%d.%m.%Y")
        case datetime.date():
            return value.strftime("%d.%m.%Y")
        case float():
            return f"{value:.10g}".replace(".", ",")
        case _:
            return " ".join(clean(str(value)).split())
