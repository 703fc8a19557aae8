"""Groups the lines of a PDF into paragraphs, headings, list items and tables by their place on the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from knowledge.papers.reading import inline, labels
from knowledge.papers.reading.document import RemarkCode, RemarkKind, Run, Table
from knowledge.papers.reading.footnotes import starts_note
from knowledge.papers.reading.healing import is_finished, join_runs
from knowledge.papers.reading.labels import Label
from knowledge.papers.reading.pdf_lines import Fragment, Line, width_of
from knowledge.papers.reading.pdf_tables import has_columns, table_rows
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

_GAP = 1.3
_USUAL_LEADING = 1.5
_WIDEST = 3.0
_FEW = 3
_INDENT = 0.8
_RAGGED = 0.2
_TOLERANCE = 0.08
_USUAL_END = 0.95
_SMALL = 0.93
_CHARACTER = 0.5
_LIST_INDENT = 3.0
_NOTE_NUMBER = re.compile(r"(\d{1,3})(\s+)(?=[A-ZÄÖÜ„])")


@dataclass(frozen=True, slots=True)
class _Type:
    """The measures of the paper's running text."""

    size: float
    leading: float
    left: float
    right: float

    def is_full(self, line: Line) -> bool:
        """The line reaches the right margin, or nearly."""
        return line.end >= self.right - _RAGGED * (self.right - self.left)

    def had_room(self, line: Line, text: str) -> bool:
        """The first word of the text would have fitted on the line, so that it was broken on purpose."""
        first = text.split(maxsplit=1)[0] if text else ""
        needed = line.end + line.size * (width_of(first) + width_of(" "))
        return needed <= self.right - _TOLERANCE * (self.right - self.left)


def pieces_of(pages: list[list[Line]], extract: Extract) -> list[Piece]:
    """The pieces of all pages in reading order."""
    measures = _measures(pages)
    marks = {part for page in pages for line in page for part in inline.mark_keys(line.runs)}
    builder = _Builder(extract, measures, marks)
    for page in pages:
        builder.read(page)
        if page:
            builder.close_page(page[0].page)
    for piece in builder.pieces:
        piece.runs = [part for run in piece.runs for part in _linked(run)]
    _find_unmarked_lists(builder.pieces)
    return builder.pieces


def _linked(run: Run) -> list[Run]:
    if run.link:
        return [run]
    return [replace(run, text=part.text, link=part.link) for part in inline.linked(run.text)]


def _find_unmarked_lists(pieces: list[Piece]) -> None:
    """Some programs draw the bullets instead of writing them; what is left are indented paragraphs."""
    start = 0
    for is_indented, group in groupby(pieces, _is_indented_text):
        members = list(group)
        before = pieces[start - 1] if start else None
        start += len(members)
        if not is_indented or len(members) < 2 or before is None:
            continue
        leads_in = before.text.endswith(":") or not is_finished(before.text)
        if leads_in or any(member.text[:1].islower() for member in members):
            for member in members:
                member.kind = PieceKind.ITEM
            members[0].doubt(RemarkKind.UNCERTAIN, RemarkCode.LIST_BY_INDENT)


def _is_indented_text(piece: Piece) -> bool:
    return piece.kind is PieceKind.TEXT and piece.indent >= _LIST_INDENT and not starts_note(piece.text)


def _measures(pages: list[list[Line]]) -> _Type:
    letters: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        letters[line.size] += len(line.text)
    size = letters.most_common(1)[0][0] if letters else 1.0
    body = [line for page in pages for line in page if line.size == size and not has_columns(line)]
    ends = sorted(line.end for line in body) or [0.0]
    left = min((line.x for line in body), default=0.0)
    rough = _Type(size, size * _USUAL_LEADING, left, ends[int((len(ends) - 1) * _USUAL_END)])
    steps = [
        above.y - below.y
        for page in pages
        for above, below in pairwise(page)
        if above.size == below.size == size
        and rough.is_full(above)
        and not has_columns(above)
        and 0 < above.y - below.y < _WIDEST * size
    ]
    return replace(rough, leading=_leading(steps) or rough.leading)


def _leading(steps: list[float]) -> float:
    """The distance of lines within a paragraph: the smallest one that is not rare; 0 if there are too few."""
    counted = Counter(round(step, 1) for step in steps)
    return min((step for step, count in counted.items() if count >= max(_FEW, len(steps) // 10)), default=0.0)


@dataclass(slots=True)
class _Builder:
    extract: Extract
    type: _Type
    marks: set[str]
    pieces: list[Piece] = field(default_factory=list)
    before: Line | None = None
    #: Where the words of the current item begin, behind its label.
    text_x: float = 0.0

    def read(self, page: list[Line]) -> None:
        index = 0
        while index < len(page):
            rows = table_rows(page[index:])
            if rows:
                self._add_table(rows)
                index += len(rows)
                continue
            self._take(page[index])
            index += 1
        self.before = None

    def close_page(self, number: int) -> None:
        """Only the last paragraph above the notes can run on over the page break."""
        on_page = [piece for piece in self.pieces if piece.page == number and not starts_note(piece.text)]
        for piece in on_page[:-1]:
            piece.is_cut = False

    def _take(self, line: Line) -> None:
        runs = self._with_note_mark(line)
        text = "".join(run.text for run in runs)
        if labels.is_contents_line(text):
            self.extract.drop(RemarkCode.CONTENTS_LINE, text, line.page)
            return
        label = self._label(line, text)
        if label or self._opens(line, text):
            self._open(line, runs, label)
        else:
            piece = self.pieces[-1]
            piece.runs, healed = join_runs(piece.runs, runs)
            piece.lines += 1
            if healed:
                piece.doubt(RemarkKind.HEALED, RemarkCode.HYPHEN, healed)
        self.before = line
        self.pieces[-1].is_cut = self.type.is_full(line) and not is_finished(line.text)

    def _with_note_mark(self, line: Line) -> list[Run]:
        """Small lines that open with a known number are notes even if their number is not raised."""
        runs = line.runs
        match = _NOTE_NUMBER.match(runs[0].text) if runs else None
        if match and line.size <= self.type.size * _SMALL and match[1] in self.marks:
            rest = runs[0].text[match.end() :]
            runs[0] = replace(runs[0], text=f"{inline.superscript(match[1])}{match[2]}{rest}")
        return runs

    def _label(self, line: Line, text: str) -> Label | None:
        label = labels.match(text)
        if not label or self.before is None or label.is_certain:
            return label
        is_new = self._is_apart(line) or not self.type.is_full(self.before)
        is_hanging = abs(line.x - self.text_x) > self.type.size * _CHARACTER
        current = self.pieces[-1]
        if current.kind is PieceKind.ITEM:
            return label if is_new or is_hanging else None
        return label if is_new or line.x > self.type.left + self.type.size * _CHARACTER else None

    def _opens(self, line: Line, text: str) -> bool:
        if self.before is None or starts_note(text):
            return True
        if abs(line.size - self.before.size) > 0.5 or self._is_apart(line):
            return True
        if line.is_strong != self.before.is_strong and self._is_weighty(line):
            return True
        indent = line.x - (self.text_x if self.pieces[-1].label else self.before.x)
        if indent > _INDENT * self.type.size:
            return True
        if indent < -_INDENT * self.type.size and self.pieces[-1].lines > 1:
            return True
        return self.type.had_room(self.before, text)

    def _is_weighty(self, line: Line) -> bool:
        return line.is_strong or (self.before is not None and self.before.is_strong)

    def _is_apart(self, line: Line) -> bool:
        if self.before is None:
            return True
        step = self.before.y - line.y
        leading = self.type.leading * max(line.size / self.type.size, 1.0)
        return step > leading * _GAP or step < 0

    def _open(self, line: Line, runs: list[Run], label: Label | None) -> None:
        kind = PieceKind.ITEM if label else PieceKind.TEXT
        piece = Piece(kind, runs, page=line.page, size=line.size, is_strong=line.is_strong)
        piece.is_apart = self._is_apart(line)
        piece.indent = (line.x - self.type.left) / (self.type.size * _CHARACTER)
        self.text_x = line.x
        if label:
            piece.label, piece.ordered = label.mark, label.is_ordered
            piece.runs = _without_label(runs, label)
            self.text_x = _text_x(line, label)
        self.pieces.append(piece)

    def _add_table(self, rows: list[list[list[Fragment]]]) -> None:
        cells = tuple(tuple(tuple(Line(0, cell).runs) if cell else () for cell in row) for row in rows)
        page = self.pieces[-1].page if self.pieces else 1
        has_header = all(part.is_bold for cell in rows[0] for part in cell)
        piece = Piece(PieceKind.TABLE, table=Table(cells, has_header), page=page)
        piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.TABLE_GUESSED)
        self.pieces.append(piece)
        self.before = None


def _without_label(runs: list[Run], label: Label) -> list[Run]:
    """Take the label off the front of the runs, even if it is a run of its own."""
    surplus = len("".join(run.text for run in runs)) - len(label.rest)
    result = []
    for run in runs:
        taken = min(surplus, len(run.text))
        surplus -= taken
        result.append(replace(run, text=run.text[taken:]))
    return inline.merged(result)


def _text_x(line: Line, label: Label) -> float:
    if len(line.fragments) > 1 and len(line.fragments[0].text.strip()) <= len(label.mark):
        return line.fragments[1].x
    return line.x + (len(label.mark) + 1) * line.size * _CHARACTER
