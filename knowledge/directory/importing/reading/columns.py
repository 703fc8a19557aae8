"""Finds the row of headings in what was read, and makes a table of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.directory.importing.reading.headings import field_for
from knowledge.directory.importing.reading.outcome import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Reason,
    Remark,
    Table,
    Unreadable,
)

#: Titles and remarks may stand above the headings.
_LOOKED_AT = 12
_LONGEST_HEADING = 80
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return a cell without what nobody sees and without blanks around it; lines stay lines.

    Nor with halves of a character, which JSON can hold and no database keeps.
    """
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def as_table(lines: Iterable[tuple[int, Sequence[str]]], remarks: Iterable[Remark] = ()) -> Table:
    """Make a table of numbered lines; raises Unreadable. Empty lines are left out and keep their numbers."""
    kept, notes = _kept(lines), set(remarks)
    if not kept:
        raise Unreadable(Reason.EMPTY)
    width = max(len(cells) for _, cells in kept)
    if width > MOST_COLUMNS:
        raise Unreadable(Reason.TOO_MANY_COLUMNS)
    if any(len(cell) > LONGEST_CELL for _, cells in kept for cell in cells):
        notes.add(Remark.LONG_CELLS)
    headings, rows = _split(kept)
    if headings is None:
        notes.add(Remark.NO_HEADINGS)
        headings = []
    columns = _named([*headings, *[""] * (width - len(headings))], notes)
    # One more than allowed stays, so that the field says that the cell is too long; nothing is cut silently.
    filled = tuple((number, *_wide(cells, len(columns))) for number, cells in rows)
    if not filled:
        raise Unreadable(Reason.EMPTY)
    return Table(tuple(columns), filled, tuple(sorted(notes)))


def _kept(lines: Iterable[tuple[int, Sequence[str]]]) -> list[tuple[int, list[str]]]:
    kept = []
    for number, raw in lines:
        cells = [tidy(cell)[: LONGEST_CELL + 1] for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append((number, cells))
        if len(kept) > MOST_ROWS + _LOOKED_AT:
            raise Unreadable(Reason.TOO_MANY_ROWS)
    return kept


def _split(kept: list[tuple[int, list[str]]]) -> tuple[list[str] | None, list]:
    """Return the headings and the rows below them; no headings where no line looks like it."""
    scores = [sum(bool(field_for(cell)) for cell in cells) for _, cells in kept[:_LOOKED_AT]]
    best = max(scores)
    if best >= 1 and (best >= 2 or len(kept[scores.index(best)][1]) == 1 or _looks_like_headings(kept, scores, best)):
        at = scores.index(best)
        rows = kept[at + 1 :]
        headings: list[str] | None = kept[at][1]
    else:
        rows, headings = kept, None
    if len(rows) > MOST_ROWS:
        raise Unreadable(Reason.TOO_MANY_ROWS)
    return headings, rows


def _looks_like_headings(kept, scores: list[int], best: int) -> bool:
    """Tell whether a line with one known word is a line of headings: short words without figures and addresses."""
    cells = kept[scores.index(best)][1]
    return all(len(cell) <= _LONGEST_HEADING and not re.search(r"[0-9@]", cell) for cell in cells)


def _named(headings: list[str], notes: set[Remark]) -> list[str]:
    """Return a name for every column, none of them twice; a column without one is called by its letter."""
    columns: list[str] = []
    for position, heading in enumerate(headings):
        name = " ".join(heading.split())[:_LONGEST_HEADING] or letter(position)
        if name in columns:
            notes.add(Remark.SAME_HEADINGS)
            name = next(other for count in range(2, MOST_COLUMNS + 2) if (other := f"{name} ({count})") not in columns)
        columns.append(name)
    return columns


def letter(position: int) -> str:
    """Return how spreadsheet programs call a column."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def _wide(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
