"""Reads tables as text: whatever encoding and sign between the cells the program used that wrote them."""

from __future__ import annotations

import csv
import io
from collections import Counter

from knowledge.directory.importing.reading.columns import as_table
from knowledge.directory.importing.reading.outcome import Reason, Table, Unreadable

DELIMITERS = (";", ",", "\t")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Lines by which the sign between the cells is found.
_LOOKED_AT = 50
#: Unit: characters. What is longer was never closed by a quotation mark.
_FIELD_LIMIT = 10 * 1024 * 1024
csv.field_size_limit(_FIELD_LIMIT)


def read(data: bytes) -> Table:
    """Read a table as text; raises Unreadable."""
    text = decoded(data)
    delimiter = _delimiter(text)
    try:
        return as_table(_lines(text, delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Unreadable(Reason.UNCLOSED, _last_opened(text, delimiter)) from error
    try:
        # Some programs write quotation marks inside of cells as they are.
        return as_table(_lines(text, delimiter, strict=False))
    except csv.Error as error:
        raise Unreadable(Reason.DAMAGED) from error


def decoded(data: bytes) -> str:
    """Return the text: by its mark, else as UTF-8, else as Windows writes it; the last one never fails."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(Reason.DAMAGED) from error
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _lines(text: str, delimiter: str, *, strict: bool):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    for cells in reader:
        yield reader.line_num, cells


def _delimiter(text: str) -> str:
    """Return the sign that divides most lines into the same number of cells, more than one."""
    sample = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = count / len(widths) * min(width, 10)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    try:
        return [len(cells) for _, cells in _lines(sample, delimiter, strict=False) if any(map(str.strip, cells))]
    except csv.Error:
        return []


def _last_opened(text: str, delimiter: str) -> int:
    """Return the line in which the quotation mark stands that is never closed."""
    number, last = 1, 1
    try:
        for line_number, _cells in _lines(text, delimiter, strict=False):
            last, number = number, line_number + 1
    except csv.Error:
        return last
    return last
