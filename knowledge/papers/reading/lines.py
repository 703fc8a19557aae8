"""Groups the lines of a plain text into paragraphs, list items, quotes and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.papers.reading import inline, labels
from knowledge.papers.reading.document import RemarkCode, RemarkKind, Table
from knowledge.papers.reading.footnotes import starts_note
from knowledge.papers.reading.healing import ends_mid_phrase, is_finished, join_lines
from knowledge.papers.reading.labels import Label
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

_LONG_LINE = 120
_RULE = re.compile(r"[=\-_*~–—]{3,}")
_CELLS = re.compile(r"\s*\|\s*|\t+")
_TABLE_RULE = re.compile(r"[|:\-+=\s]+")


@dataclass(slots=True)
class _Open:
    """The piece that is being put together."""

    kind: PieceKind
    lines: list[str]
    page: int
    label: Label | None = None
    is_apart: bool = False


@dataclass(slots=True)
class Grouping:
    """Walks over the lines once; `extract` receives the pieces and what was left out."""

    extract: Extract
    is_wrapped: bool
    page: int = 1
    current: _Open | None = None
    #: The last piece was closed by an empty line and could still go on in an indented one.
    closed: _Open | None = None
    block: list[str] = field(default_factory=list)
    #: The line that is being read stands behind an empty one.
    is_first: bool = True
    #: The numbers of the list that is going on.
    numbers: set[int] = field(default_factory=set)

    def read(self, text: str) -> None:
        """Split the text at empty lines; a block is what stands between them."""
        for line in text.split("\n"):
            if "\f" in line:
                self._end_block()
                self.page += line.count("\f")
                line = line.replace("\f", "")
            if line.strip():
                self.block.append(line.expandtabs(4) if _is_indented(line) else line.rstrip())
            else:
                self._end_block()
        self._end_block()

    def _end_block(self) -> None:
        rows = _table(self.block)
        if rows:
            piece = Piece(PieceKind.TABLE, table=rows, page=self.page)
            piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.TABLE_GUESSED)
            self.extract.pieces.append(piece)
        else:
            for index, line in enumerate(self.block):
                self.is_first = index == 0
                self._take(line, self.block[index + 1 :])
        self._close()
        self.block = []

    def _take(self, line: str, following: list[str]) -> None:
        stripped = line.strip()
        label = labels.match(line)
        if _RULE.fullmatch(stripped):
            self._close()
        elif labels.is_contents_line(stripped):
            self._close()
            self.extract.drop(RemarkCode.CONTENTS_LINE, stripped, self.page)
        elif starts_note(stripped):
            self._open(PieceKind.TEXT, stripped)
        elif label and self._opens_item(label, following):
            self._open(PieceKind.ITEM, label.rest, label)
        elif stripped.startswith("> "):
            self._quote(stripped[2:])
        elif self.current and self._goes_on():
            self.current.lines.append(stripped)
        elif self._is_next_paragraph_of_item(line):
            self.extract.pieces.pop()
            self.current, self.closed = self.closed, None
            self.current.lines.append("\n" + stripped)
        else:
            self._open(PieceKind.TEXT, stripped)

    def _goes_on(self) -> bool:
        return self.is_wrapped and self.current.kind is not PieceKind.QUOTE

    def _opens_item(self, label: Label, following: list[str]) -> bool:
        """A dash or number in the middle of a paragraph opens a list only if the list goes on."""
        if not self.current or not self.is_wrapped:
            return True
        if self.current.kind is PieceKind.ITEM:
            return not label.is_ordered or label.number == 1 or label.number - 1 in self.numbers
        before = self.current.lines[-1]
        if label.is_certain or before.endswith(":"):
            return True
        siblings = [found for line in following if (found := labels.match(line))]
        if label.is_ordered:
            return label.number == 1 and any(sibling.number == 2 for sibling in siblings)
        is_break = is_finished(before) or before.endswith(",") or ends_mid_phrase(before)
        return is_break or any(sibling.mark == label.mark for sibling in siblings)

    def _is_next_paragraph_of_item(self, line: str) -> bool:
        if not self.closed or not self.closed.label:
            return False
        label = self.closed.label
        indent = len(line) - len(line.lstrip())
        return indent >= 2 and indent == label.indent + len(label.mark) + 1

    def _quote(self, line: str) -> None:
        if self.current and self.current.kind is PieceKind.QUOTE:
            self.current.lines.append(line)
        else:
            self._open(PieceKind.QUOTE, line)

    def _open(self, kind: PieceKind, line: str, label: Label | None = None) -> None:
        self._close()
        self.closed = None
        self.current = _Open(kind, [line], self.page, label, self.is_first)
        if label is None:
            self.numbers.clear()
        elif label.is_ordered:
            self.numbers.add(label.number)

    def _close(self) -> None:
        if self.current:
            self.extract.pieces.append(_piece(self.current))
            self.closed = self.current
        self.current = None


def is_wrapped(text: str) -> bool:
    """Most of the text stands in lines of a printed line's length, so a line end is no paragraph end."""
    lengths = [len(line) for line in text.split("\n")]
    return sum(length for length in lengths if length > _LONG_LINE) * 2 < sum(lengths)


def _piece(opened: _Open) -> Piece:
    parts = "\n".join(opened.lines).split("\n\n")
    joined = [join_lines(part.split("\n")) for part in parts]
    piece = Piece(
        opened.kind,
        inline.merged(inline.parse("\n".join(text for text, _ in joined))),
        page=opened.page,
        lines=len(opened.lines),
        is_apart=opened.is_apart,
    )
    if opened.label:
        piece.label, piece.indent = opened.label.mark, opened.label.indent
        piece.ordered = opened.label.is_ordered
    for _, healed in joined:
        for word in healed:
            piece.doubt(RemarkKind.HEALED, RemarkCode.HYPHEN, word)
    return piece


def _is_indented(line: str) -> bool:
    return line[:1] in " \t"


def _table(lines: list[str]) -> Table | None:
    """Two or more lines with the same number of cells between bars or tabs."""
    if len(lines) < 2 or any(labels.match(line) for line in lines[:2]):
        return None
    content = [line.strip() for line in lines if not _TABLE_RULE.fullmatch(line)]
    rows = [_CELLS.split(line.removeprefix("|").removesuffix("|").strip()) for line in content]
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths == {1}:
        return None
    cells = tuple(tuple(tuple(inline.merged(inline.parse(cell))) for cell in row) for row in rows)
    return Table(cells, has_header=len(content) < len(lines))
