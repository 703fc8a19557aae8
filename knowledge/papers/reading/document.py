"""What the reading of a paper yields: title, sections, blocks, footnotes, and what was doubtful."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one dress, or (with `mark`) the place where a footnote hangs."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""
    #: Key of the footnote; such a run carries no text of its own.
    mark: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    runs: Runs

    @property
    def text(self) -> str:
        """The words without their dress."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, set apart."""

    runs: Runs

    @property
    def text(self) -> str:
        """The words without their dress."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item with the lists inside it."""

    runs: Runs
    children: tuple[ListBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, numbered or not; numbered ones count from 1."""

    ordered: bool
    items: tuple[ListItem, ...]

    @property
    def text(self) -> str:
        """The words without their dress."""
        lines = []
        for item in self.items:
            lines.append(plain(item.runs))
            lines.extend(child.text for child in item.children)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows all have the same number of cells."""

    #: The first row holds the column headings when `has_header` says so.
    rows: tuple[tuple[Runs, ...], ...]
    has_header: bool = False
    caption: str = ""

    @property
    def text(self) -> str:
        """The words without their dress."""
        rows = ["\t".join(plain(cell) for cell in row) for row in self.rows]
        return "\n".join([self.caption, *rows] if self.caption else rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """Stands where the file has a picture; the picture itself is not taken over."""

    alt: str = ""

    @property
    def text(self) -> str:
        """The words without their dress."""
        return self.alt


Block = Paragraph | Quote | ListBlock | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; subsections follow as sections of a deeper level."""

    level: int
    number: str
    heading: str
    blocks: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        """Number and heading as they are printed, for outlines and for saying where something is."""
        return f"{self.number} {self.heading}".strip()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note with its wording as printed and, taken out of it, where and when it was looked up."""

    key: str
    runs: Runs
    source: str = ""
    url: str = ""
    #: ISO 8601, as exact as the paper is: "2014", "2014-04" or "2014-04-30".
    retrieved: str = ""

    @property
    def text(self) -> str:
        """The words without their dress."""
        return plain(self.runs)


class RemarkKind(StrEnum):
    """What a remark tells: something to check, something left out, something repaired."""

    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    HEALED = "healed"


class RemarkCode(StrEnum):
    """Why a remark was made; the words for it belong to whoever shows it."""

    TITLE_FROM_FILE_NAME = "title_from_file_name"
    DAY_ASSUMED = "day_assumed"
    HEADING_BY_SHAPE = "heading_by_shape"
    HEADING_BY_WEIGHT = "heading_by_weight"
    MAYBE_HEADING = "maybe_heading"
    NUMBER_COUNTED = "number_counted"
    LEVEL_GUESSED = "level_guessed"
    OPEN_ENDED = "open_ended"
    LIST_BY_INDENT = "list_by_indent"
    TABLE_GUESSED = "table_guessed"
    MARK_WITHOUT_NOTE = "mark_without_note"
    NOTE_WITHOUT_MARK = "note_without_mark"
    NOTES_RENUMBERED = "notes_renumbered"
    NUMBERING_KEPT_AS_TEXT = "numbering_kept_as_text"
    CODE_AS_PARAGRAPH = "code_as_paragraph"
    PAGE_WITHOUT_TEXT = "page_without_text"
    LINK_TARGET = "link_target"
    FRONT_LINE = "front_line"
    RUNNING_LINE = "running_line"
    PAGE_NUMBER = "page_number"
    CONTENTS_LINE = "contents_line"
    NOTES_HEADING = "notes_heading"
    PICTURE = "picture"
    EDITOR_COMMENT = "editor_comment"
    DELETED_TEXT = "deleted_text"
    FILE_PROPERTY = "file_property"
    NOT_PLACED = "not_placed"
    HYPHEN = "hyphen"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the person who imports should look at; `section` and `block` count from 0."""

    kind: RemarkKind
    code: RemarkCode
    text: str
    #: None: before the first section, or (dropped) nowhere in the text.
    section: int | None = None
    #: None: the heading of the section itself.
    block: int | None = None
    #: Page of the file, where the format knows pages; 0 otherwise.
    page: int = 0


@dataclass(frozen=True, slots=True)
class RecognisedPaper:
    """A paper as it was recognised, with a remark for everything that was not plain."""

    title: str
    issuing_body: str = ""
    as_of: datetime.date | None = None
    work_phase: str = ""
    preamble: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def remarks_of(self, kind: RemarkKind) -> tuple[Remark, ...]:
        """One of the three lists that the preview shows."""
        return tuple(remark for remark in self.remarks if remark.kind == kind)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return self.preamble + tuple(block for section in self.sections for block in section.blocks)

    @property
    def text(self) -> str:
        """Every word that was taken over, so that it can be held against the words of the file."""
        lines = [self.title, self.work_phase, *(block.text for block in self.preamble)]
        for section in self.sections:
            lines += [section.title, *(block.text for block in section.blocks)]
        lines += [f"{note.key} {note.text}" for note in self.footnotes]
        return "\n".join(line for line in lines if line)


def plain(runs: Runs) -> str:
    """The words of the runs without dress and without footnote marks."""
    return "".join(run.text for run in runs)


def runs_of(block: Block) -> list[Runs]:
    """Every stretch of runs in a block, in reading order."""
    if isinstance(block, ListBlock):
        return [
            runs
            for item in block.items
            for runs in [item.runs, *(inner for child in item.children for inner in runs_of(child))]
        ]
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row]
    return [] if isinstance(block, Figure) else [block.runs]
