"""What a reader takes out of a file before anybody judges it: pieces in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.papers.reading.document import Remark, RemarkCode, RemarkKind, Run, Table, plain


class PieceKind(StrEnum):
    """What the format, or the look of it, says a piece is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    FIGURE = "figure"


@dataclass(slots=True)
class Piece:
    """One paragraph, heading, list item … with every hint the format gives about it."""

    kind: PieceKind
    runs: list[Run] = field(default_factory=list)
    #: Level of a declared heading (0: the title of the whole paper), depth of a list item.
    level: int = 0
    ordered: bool = False
    #: The number or letter that is printed before an item or a heading.
    label: str = ""
    #: How far in the line begins, in characters; tells the depth of an item where the format does not.
    indent: float = 0.0
    table: Table | None = None
    #: Height of the letters, where the format tells.
    size: float = 0.0
    #: The whole piece is bold.
    is_strong: bool = False
    #: How many lines it took in the file.
    lines: int = 1
    page: int = 0
    #: An empty line or a gap stands before it.
    is_apart: bool = False
    #: The page ends in the middle of its last line's sentence.
    is_cut: bool = False
    doubts: list[tuple[RemarkKind, RemarkCode, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words without their dress."""
        return self.table.text if self.table else plain(tuple(self.runs))

    def doubt(self, kind: RemarkKind, code: RemarkCode, text: str = "") -> None:
        """Keep a remark with the piece until it is known where in the paper it ends up."""
        self.doubts.append((kind, code, text or self.text))


@dataclass(slots=True)
class Extract:
    """Everything one reader found in one file."""

    pieces: list[Piece]
    #: The words of the file as an independent look at it finds them; nothing of it may get lost.
    source: str
    #: The format breaks lines and sentences (plain text, PDF), so that they need healing.
    is_broken: bool = False
    #: Footnotes that the format itself knows, by key, in order.
    notes: dict[str, list[Run]] = field(default_factory=dict)
    #: What the file says about itself outside of its text.
    properties: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def drop(self, code: RemarkCode, text: str, page: int = 0) -> None:
        """Leave something out, but never silently."""
        self.remarks.append(Remark(RemarkKind.DROPPED, code, text, page=page))
