"""The export door: every table that leaves the portal as CSV, so that no cell of it becomes a formula.

German spreadsheet programs open such a file by a double click: UTF-8 with a byte order mark, semicolons, and commas
in fractions.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

DELIMITER = ";"
BYTE_ORDER_MARK = "\ufeff"
#: What makes spreadsheet programs calculate (Source: OWASP, CSV Injection, read 2026-08), full-width forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: Before these some programs start a new cell.
CONTROL_STARTS = ("\t", "\r", "\n")
#: Spreadsheet programs take what follows it as text.
DEFUSER = "'"


class _Echo:
    """A file that hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def cell(value: object) -> str | int:
    """Return a value as it stands in a cell: numbers stay numbers, and text never starts like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal | float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    return f"{DEFUSER}{text}" if _calculates(text) else text


def _calculates(text: str) -> bool:
    """Tell whether a program might calculate; some overlook blanks in front."""
    return text.startswith(CONTROL_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def _number(value: Decimal | float) -> str:
    """Return a fraction in digits with a decimal comma; a point would be read as a date."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{exact:f}".replace(".", ",") if exact.is_finite() else ""


def csv_lines(header: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """Return the table line by line, without a byte order mark."""
    # Text always in quotes, so that a program that splits at commas finds no cell inside of a cell.
    writer = csv.writer(_Echo(), delimiter=DELIMITER, quoting=csv.QUOTE_NONNUMERIC)
    yield writer.writerow([cell(name) for name in header])
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def csv_file(header: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """Return the same with the byte order mark by which spreadsheet programs know UTF-8."""
    yield BYTE_ORDER_MARK
    yield from csv_lines(header, rows)


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """Answer with the table as a download, sent while it is being read."""
    response = StreamingHttpResponse(csv_file(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "tabelle"}.csv"'
    return response
