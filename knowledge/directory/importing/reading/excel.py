"""Reads the first visible sheet with rows of an .xlsx file; formulas stand as their last result."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from knowledge.directory.importing.reading.columns import as_table
from knowledge.directory.importing.reading.outcome import MOST_COLUMNS, Reason, Remark, Table, Unreadable
from portal.shared.unpacking import stays_small

#: What openpyxl lets through when a file is malformed; lxml's own error is a SyntaxError.
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    DefusedXmlException,
    InvalidFileException,
    ParseError,
    SyntaxError,
    AttributeError,
    AssertionError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Lines without any cell that may follow each other; a sheet of a million empty rows ends there.
_MOST_EMPTY = 2_000


def read(data: bytes) -> Table:
    """Read a workbook; raises Unreadable."""
    if data.startswith(_OLD_OFFICE):
        raise Unreadable(Reason.PROTECTED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not stays_small(archive, len(data)):
                raise Unreadable(Reason.DEMANDING)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return _first_table(sheets)
    except _DAMAGED as error:
        raise Unreadable(Reason.DAMAGED) from error
    except RecursionError as error:
        raise Unreadable(Reason.DEMANDING) from error
    except RuntimeError as error:
        # zipfile says so of what is encrypted.
        raise Unreadable(Reason.PROTECTED) from error


def _first_table(sheets: list) -> Table:
    for sheet in sheets:
        try:
            return as_table(_lines(sheet), [Remark.MORE_SHEETS] if len(sheets) > 1 else [])
        except Unreadable as unreadable:
            if unreadable.reason is not Reason.EMPTY:
                raise
    raise Unreadable(Reason.EMPTY)


def _lines(sheet):
    # What a sheet says about its own size may be a lie, and every row would be filled up to it.
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        cells = [_words(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield number, cells


def _words(value: object) -> str:
    """Return a cell as it would be written by hand."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case datetime.datetime() | datetime.date():
            return value.strftime("%d.%m.%Y")
        case datetime.time():
            return f"{value:%H:%M}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.10g}".replace(".", ",")
        case _:
            return str(value)
