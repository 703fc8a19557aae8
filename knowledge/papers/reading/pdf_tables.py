"""Sees tables in a PDF, which knows none: words that begin under each other behind wide gaps."""

from __future__ import annotations

from itertools import pairwise

from knowledge.papers.reading import labels
from knowledge.papers.reading.footnotes import starts_note
from knowledge.papers.reading.pdf_lines import Fragment, Line

_ALIGNED = 2.0
_SAME_SIZE = 0.5
_WIDE_GAP = 1.2
_LONGEST_SIGN = 3


def table_rows(lines: list[Line]) -> list[list[list[Fragment]]]:
    """The rows of a table that begins with the first line; empty if none does."""
    if len(lines) < 2 or any(map(_opens_with_sign, lines[:2])):
        return []
    top, second = lines[0], lines[1]
    below = _starts(second)
    columns = [
        start for start in _starts(top) if _near(start, below) and _is_wide(top, start) | _is_wide(second, start)
    ]
    if not has_columns(top) and len(top.fragments) != len(columns) + 1:
        return []
    rows: list[list[list[Fragment]]] = []
    for line in lines if columns else []:
        if not _is_row(line, top, columns):
            break
        row: list[list[Fragment]] = [[] for _ in range(len(columns) + 1)]
        for part in line.fragments:
            row[sum(part.x >= column - _ALIGNED for column in columns)].append(part)
        rows.append(row)
    return rows if len(rows) > 1 else []


def has_columns(line: Line) -> bool:
    """There is a gap in the line that no space between words explains."""
    return any(_is_wide(line, start) for start in _starts(line))


def _is_row(line: Line, top: Line, columns: list[float]) -> bool:
    if abs(line.size - top.size) > _SAME_SIZE or starts_note(line.text):
        return False
    has_column = any(_near(start, columns) for start in _starts(line))
    return has_column and not any(
        part.x < column - _ALIGNED and part.end > column + line.size for part in line.fragments for column in columns
    )


def _starts(line: Line) -> list[float]:
    return [part.x for part in line.fragments[1:]]


def _near(start: float, others: list[float]) -> bool:
    return any(abs(start - other) <= _ALIGNED for other in others)


def _is_wide(line: Line, start: float) -> bool:
    """The gap before this place is wider than any space between words."""
    for before, part in pairwise(line.fragments):
        if abs(part.x - start) <= _ALIGNED:
            return part.x - before.end > _WIDE_GAP * line.size
    return False


def _opens_with_sign(line: Line) -> bool:
    """A label or a footnote mark and the text behind it are no columns."""
    first, *rest = line.fragments
    sign = first.text.strip()
    if labels.match(f"{sign} x"):
        return True
    return bool(rest) and len(sign) <= _LONGEST_SIGN and rest[0].x - first.end < 2 * line.size
