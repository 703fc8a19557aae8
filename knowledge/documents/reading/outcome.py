"""What the reading of a file ends with: its text in parts, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What is known of the text of a file."""

    WAITING = "waiting"
    READ = "read"
    SCANNED = "scanned"
    EMPTY = "empty"
    PROTECTED = "protected"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"


class Reason(StrEnum):
    """What else there is to say about a state."""

    NONE = ""
    #: Of a file that was read: only its beginning was.
    CUT = "cut"
    #: Of a file that was read: some of its pages are pictures of text.
    SCANNED_PAGES = "scanned_pages"
    #: Of a file that was read: some of its pages cannot be opened.
    DAMAGED_PAGES = "damaged_pages"
    #: Takes more time or memory than a reading may.
    DEMANDING = "demanding"
    UNPACKED = "unpacked"
    #: The content is not of the kind that the name promises.
    CONTENT = "content"
    #: The store does not have the file.
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text with a place in the file: a page, rows of a sheet, a chapter."""

    text: str
    #: The page, counted from 1, or the first row of a sheet.
    number: int = 0
    #: The name of a sheet, the heading of a chapter.
    name: str = ""


@dataclass(slots=True)
class Notes:
    """What a reader learns about the file besides its text."""

    #: Pages that the file has, where its kind has pages.
    page_count: int = 0
    scanned_pages: int = 0
    damaged_pages: int = 0
    #: As the file declares it, e.g. "de-DE".
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reading ended."""

    state: State
    reason: Reason = Reason.NONE
    parts: tuple[Part, ...] = ()
    notes: Notes = field(default_factory=Notes)


class Unreadable(Exception):  # noqa: N818 -- it is an answer about the file.
    """The file has no text for us."""

    def __init__(self, state: State, reason: Reason = Reason.NONE) -> None:
        super().__init__(str(state))
        self.state = state
        self.reason = reason
