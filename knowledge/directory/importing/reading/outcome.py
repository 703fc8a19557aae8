"""What the reading of a table ends with: columns and rows as text, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

#: Larger lists are split up; nobody could look through more.
MOST_ROWS = 10_000
MOST_COLUMNS = 100
#: Unit: characters. Longer than whatever a field of the directory holds, so that a cell cut here is refused later.
LONGEST_CELL = 8_000


class Reason(StrEnum):
    """Why a table cannot be read."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    PROTECTED = "protected"
    CONTENT = "content"
    UNCLOSED = "unclosed"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    DEMANDING = "demanding"
    UNSUPPORTED = "unsupported"


class Remark(StrEnum):
    """What else there is to say about a table that was read."""

    #: Its other sheets were not read.
    MORE_SHEETS = "more-sheets"
    #: No heading was recognised; the columns must be named by hand.
    NO_HEADINGS = "no-headings"
    #: The same heading stands above several columns.
    SAME_HEADINGS = "same-headings"
    #: Some cells are longer than anything that could be taken over.
    LONG_CELLS = "long-cells"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: headings, and rows that begin with their number in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple, ...]
    remarks: tuple[Remark, ...] = field(default=())


class Unreadable(Exception):  # noqa: N818 -- it is an answer about the file.
    """The file holds no table for us."""

    def __init__(self, reason: Reason, place: int = 0) -> None:
        super().__init__(str(reason))
        self.reason = reason
        #: The line at which reading ended, where that helps.
        self.place = place
