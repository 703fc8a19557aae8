"""Reads .docx: mammoth takes the file apart, this module turns its parts into pieces."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from mammoth import documents as parts
from mammoth import docx

from knowledge.papers.reading import inline
from knowledge.papers.reading.cells import Cell, cells_are_bold, grid
from knowledge.papers.reading.document import RemarkCode, RemarkKind, Run, Runs, Table
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind
from knowledge.papers.reading.xml_parts import DAMAGED, each, part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_HEADING = re.compile(r"(?:heading|überschrift)\s*([1-9])$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"(?:list bullet|list number|aufzählungszeichen|listennummer)\s*([1-9]?)$", re.IGNORECASE)
_RUNNING_PART = re.compile(r"word/(?:header|footer)\d*\.xml$")


def read(data: bytes) -> Extract:
    """The pieces of a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            extract = _look_around(archive)
        document = docx.read(io.BytesIO(data)).value
    except DAMAGED as error:
        raise PaperUnreadable(Reason.DAMAGED) from error
    reader = _Reader(extract, document)
    reader.read(document.children)
    reader.tell_comments()
    return extract


def _look_around(archive: zipfile.ZipFile) -> Extract:
    """The words of the file by themselves, and everything in it that is not its text."""
    body = part(archive, "word/document.xml")
    if body is None:
        raise PaperUnreadable(Reason.DAMAGED)
    extract = Extract([], source=_source(body))
    for element in each(body, f"{_W}del", f"{_W}moveFrom"):
        if words := "".join(word.text or "" for word in each(element, f"{_W}delText", f"{_W}t")):
            extract.drop(RemarkCode.DELETED_TEXT, words)
    running: dict[str, None] = {}
    for name in filter(_RUNNING_PART.match, archive.namelist()):
        root = part(archive, name)
        running |= dict.fromkeys(_source(root).split("\n")) if root is not None else {}
    for line in filter(str.strip, running):
        extract.drop(RemarkCode.RUNNING_LINE, line)
    root = part(archive, "docProps/core.xml")
    if root is not None:
        extract.properties["title"] = root.findtext(f"{_DC}title") or ""
    return extract


def _source(root: Element) -> str:
    removed = {word for element in each(root, f"{_W}del", f"{_W}moveFrom") for word in element.iter()}
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        words = [word.text or "" for word in paragraph.iter(f"{_W}t") if word not in removed]
        lines.append("".join(words))
    return "\n".join(lines)


@dataclass(slots=True)
class _Reader:
    extract: Extract
    document: parts.Document
    counters: list[int] = field(default_factory=list)
    note_names: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, children: list[parts.Element]) -> None:
        for child in children:
            if isinstance(child, parts.Paragraph):
                self._paragraph(child)
            elif isinstance(child, parts.Table):
                self._table(child)

    def tell_comments(self) -> None:
        for comment in self.document.comments:
            words = inline.merged(self._paragraphs(comment.body))
            self.extract.drop(RemarkCode.EDITOR_COMMENT, "".join(run.text for run in words))

    def _paragraph(self, paragraph: parts.Paragraph) -> None:
        style = paragraph.style_name or ""
        runs = inline.merged(self._runs(paragraph.children, Run()))
        if not runs:
            return
        text = "".join(run.text for run in runs)
        if style.lower().startswith("toc"):
            self.extract.drop(RemarkCode.CONTENTS_LINE, text)
            return
        piece = self._judged(paragraph, style, runs)
        piece.is_strong = all(run.bold or run.mark for run in runs)
        self.extract.pieces.append(piece)

    def _judged(self, paragraph: parts.Paragraph, style: str, runs: list[Run]) -> Piece:
        heading = _HEADING.match(style)
        if style in ("Title", "Titel"):
            return Piece(PieceKind.HEADING, _undressed(runs), 0)
        if heading:
            return self._heading(paragraph, runs, int(heading[1]))
        listed = _LIST_STYLE.match(style)
        if paragraph.numbering or listed:
            level = int(paragraph.numbering.level_index) if paragraph.numbering else 0
            level = max(level, int(listed[1] or 1) - 1 if listed else 0)
            is_ordered = bool(paragraph.numbering and paragraph.numbering.is_ordered)
            return Piece(PieceKind.ITEM, runs, level, is_ordered)
        is_quote = "quote" in style.lower() or style in ("Zitat", "Intensives Zitat")
        return Piece(PieceKind.QUOTE if is_quote else PieceKind.TEXT, runs)

    def _heading(self, paragraph: parts.Paragraph, runs: list[Run], level: int) -> Piece:
        piece = Piece(PieceKind.HEADING, _undressed(runs), level)
        if paragraph.numbering and paragraph.numbering.is_ordered:
            depth = int(paragraph.numbering.level_index) + 1
            self.counters = (self.counters + [0] * depth)[:depth]
            self.counters[-1] += 1
            piece.label = ".".join(map(str, self.counters)) + ("." if depth == 1 else "")
            piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.NUMBER_COUNTED, f"{piece.label} {piece.text}")
        return piece

    def _table(self, table: parts.Table) -> None:
        rows = [row for row in table.children if isinstance(row, parts.TableRow)]
        if len(rows) == 1 and len(rows[0].children) == 1:
            # A table of one cell is a frame around text.
            self.read(rows[0].children[0].children)
            return
        cells = [[Cell(self._cell(cell), cell.colspan, cell.rowspan) for cell in row.children] for row in rows]
        has_header = bool(rows) and (rows[0].is_header or cells_are_bold(cells[0]))
        self.extract.pieces.append(Piece(PieceKind.TABLE, table=Table(grid(cells), has_header)))

    def _cell(self, cell: parts.TableCell) -> Runs:
        return tuple(inline.merged(self._paragraphs(cell.children)))

    def _paragraphs(self, children: list[parts.Element]) -> list[Run]:
        """All text below the elements, a line for each paragraph; also of tables inside tables."""
        runs: list[Run] = []
        for child in children:
            if isinstance(child, parts.Paragraph):
                inner = inline.merged(self._runs(child.children, Run()))
            else:
                inner = self._paragraphs(getattr(child, "children", []))
            if runs and inner:
                runs.append(Run("\n"))
            runs += inner
        return runs

    def _runs(self, children: list[parts.Element], dress: Run) -> list[Run]:
        runs: list[Run] = []
        for child in children:
            if isinstance(child, parts.Text):
                bare = [Run(child.value)] if dress.link else inline.linked(child.value)
                runs += [replace(dress, text=run.text, link=run.link or dress.link) for run in bare]
            elif isinstance(child, parts.Run):
                inner = self._runs(child.children, _dressed(child, dress))
                runs += inline.raised(inner) if child.vertical_alignment == "superscript" else inner
            elif isinstance(child, parts.Hyperlink):
                runs += self._runs(child.children, replace(dress, link=child.href or ""))
            elif isinstance(child, parts.NoteReference):
                runs.append(Run(mark=self._note(child)))
            elif isinstance(child, parts.Image):
                self._picture(child)
            elif isinstance(child, parts.Tab | parts.Break):
                runs.append(replace(dress, text="\t" if isinstance(child, parts.Tab) else "\n"))
            elif isinstance(child, parts.HasChildren):
                runs += self._runs(child.children, dress)
        return runs

    def _note(self, reference: parts.NoteReference) -> str:
        """The key of the note; notes are read when their mark is met, so they count in its order."""
        address = (reference.note_type, reference.note_id)
        if address not in self.note_names:
            key = self.note_names[address] = str(len(self.note_names) + 1)
            self.extract.notes[key] = []
            body = self.document.notes.resolve(reference).body
            self.extract.notes[key] = inline.merged(self._paragraphs(body))
        return self.note_names[address]

    def _picture(self, image: parts.Image) -> None:
        self.extract.drop(RemarkCode.PICTURE, image.alt_text or image.content_type or "")
        self.extract.pieces.append(Piece(PieceKind.FIGURE, [Run(image.alt_text or "")]))


def _dressed(run: parts.Run, dress: Run) -> Run:
    style = (run.style_name or "").lower()
    return replace(
        dress,
        bold=dress.bold or run.is_bold or style == "strong",
        italic=dress.italic or run.is_italic or style == "emphasis",
    )


def _undressed(runs: list[Run]) -> list[Run]:
    """Headings are bold by their nature."""
    return [replace(run, bold=False, italic=False) for run in runs]
