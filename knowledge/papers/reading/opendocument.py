"""Reads .odt: the XML of LibreOffice and its relatives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from knowledge.papers.reading import inline
from knowledge.papers.reading.cells import Cell, cells_are_bold, grid
from knowledge.papers.reading.document import RemarkCode, Run, Runs, Table
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.odf_names import Styles, name
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind
from knowledge.papers.reading.xml_parts import DAMAGED, each, part

_PARAGRAPHS = (name("text:p"), name("text:h"))
_CONTENTS = (name("text:table-of-content"), name("text:alphabetical-index"), name("text:illustration-index"))
_RUNNING = (
    name("style:header"),
    name("style:footer"),
    name("style:header-first"),
    name("style:footer-first"),
)
_ANNOTATION = name("office:annotation")
_DELETIONS = name("text:tracked-changes")
_NOTE = name("text:note")
_FRAME = name("draw:frame")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_REPEATS = 1000


def read(data: bytes) -> Extract:
    """The pieces of an OpenDocument text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_encrypted(archive)
            content = part(archive, "content.xml")
            styles = part(archive, "styles.xml")
            meta = part(archive, "meta.xml")
    except DAMAGED as error:
        raise PaperUnreadable(Reason.DAMAGED) from error
    body = content.find(f".//{name('office:text')}") if content is not None else None
    if content is None or body is None:
        raise PaperUnreadable(Reason.DAMAGED)
    extract = Extract([], source="\n".join(_source(body)))
    _Walk(extract, Styles([root for root in (styles, content) if root is not None])).read(body)
    if styles is not None:
        _tell_running_lines(styles, extract)
    if meta is not None:
        extract.properties["title"] = meta.findtext(f".//{name('dc:title')}") or ""
    return extract


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    manifest = part(archive, "META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{name('manifest:encryption-data')}") is not None:
        raise PaperUnreadable(Reason.ENCRYPTED)


def _tell_running_lines(styles: Element, extract: Extract) -> None:
    lines: dict[str, None] = {}
    for running in each(styles, *_RUNNING):
        lines |= dict.fromkeys("".join(line.itertext()).strip() for line in running.iter(name("text:p")))
    for line in filter(None, lines):
        extract.drop(RemarkCode.RUNNING_LINE, line)


def _source(element: Element) -> Iterator[str]:
    """The words of every paragraph and heading, without asking what they are good for."""
    for child in element:
        if child.tag not in (_ANNOTATION, _DELETIONS):
            if child.tag in _PARAGRAPHS:
                yield "".join(_own_words(child))
            yield from _source(child)


def _own_words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in (_NOTE, _FRAME, _ANNOTATION):
            yield from _own_words(child)
        yield child.tail or ""


@dataclass(slots=True)
class _Walk:
    """Goes through the body once; what it finds ends up in the extract."""

    extract: Extract
    styles: Styles

    def read(self, element: Element) -> None:
        for child in element:
            if reader := self._readers().get(child.tag):
                reader(child)
            elif child.tag in _CONTENTS:
                for line in each(child, *_PARAGRAPHS):
                    self._drop(RemarkCode.CONTENTS_LINE, line)
            elif child.tag != _ANNOTATION:
                self.read(child)

    def _readers(self) -> dict[str, Callable[[Element], None]]:
        return {
            name("text:p"): self._paragraph,
            name("text:h"): self._heading,
            name("text:list"): self._list,
            name("table:table"): self._table,
            _FRAME: self._frame,
            _DELETIONS: self._deletions,
        }

    def _drop(self, code: RemarkCode, element: Element) -> None:
        if words := "".join(element.itertext()).strip():
            self.extract.drop(code, words)

    def _deletions(self, element: Element) -> None:
        for deletion in element.iter(name("text:deletion")):
            for line in each(deletion, *_PARAGRAPHS):
                self._drop(RemarkCode.DELETED_TEXT, line)

    def _heading(self, element: Element) -> None:
        runs = [replace(run, bold=False, italic=False) for run in self._line(element)]
        if runs:
            level = int(element.get(name("text:outline-level")) or 1)
            self.extract.pieces.append(Piece(PieceKind.HEADING, runs, level))

    def _paragraph(self, element: Element) -> None:
        runs = self._line(element)
        if not runs:
            return
        styles = self.styles.ancestry(element.get(name("text:style-name")))
        if {"Title", "Titel"} & set(styles):
            undressed = [replace(run, bold=False, italic=False) for run in runs]
            self.extract.pieces.append(Piece(PieceKind.HEADING, undressed, 0))
            return
        is_quote = {"Quotations", "Zitat", "Quotation"} & set(styles)
        piece = Piece(PieceKind.QUOTE if is_quote else PieceKind.TEXT, runs)
        piece.is_strong = all(run.bold or run.mark for run in runs)
        self.extract.pieces.append(piece)

    def _list(self, element: Element, depth: int = 0, style: str | None = None) -> None:
        style = element.get(name("text:style-name")) or style
        is_ordered = self.styles.is_ordered(style, depth)
        for item in element:
            runs: list[Run] = []
            inner: list[Element] = []
            for child in item:
                if child.tag == name("text:h"):
                    self._heading(child)
                elif child.tag in _PARAGRAPHS:
                    line = self._line(child)
                    runs += [Run("\n"), *line] if runs and line else line
                elif child.tag == name("text:list"):
                    inner.append(child)
            if runs:
                self.extract.pieces.append(Piece(PieceKind.ITEM, inline.merged(runs), depth, is_ordered))
            for child in inner:
                self._list(child, depth + 1, style)

    def _table(self, element: Element) -> None:
        rows = list(element.iter(name("table:table-row")))
        cells = [self._cells(row) for row in rows]
        cells = [row for row in cells if any(cell.runs for cell in row)] or cells
        if len(cells) == 1 and len(cells[0]) == 1:
            # A table of one cell is a frame around text.
            self.read(rows[0])
            return
        has_header = element.find(name("table:table-header-rows")) is not None
        has_header = has_header or (bool(cells) and cells_are_bold(cells[0]))
        self.extract.pieces.append(Piece(PieceKind.TABLE, table=Table(grid(cells), has_header)))

    def _cells(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        for cell in row.findall(name("table:table-cell")):
            runs: Runs = tuple(self._text_of(cell))
            columns = int(cell.get(name("table:number-columns-spanned")) or 1)
            lines = int(cell.get(name("table:number-rows-spanned")) or 1)
            repeats = int(cell.get(name("table:number-columns-repeated")) or 1) if runs else 1
            cells += [Cell(runs, columns, lines)] * min(repeats, _MOST_REPEATS)
        return cells

    def _frame(self, element: Element) -> None:
        if element.find(name("draw:text-box")) is not None:
            self.read(element)
            return
        alt = element.findtext(name("svg:title")) or element.findtext(name("svg:desc")) or ""
        self.extract.drop(RemarkCode.PICTURE, alt or element.get(name("draw:name")) or "")
        self.extract.pieces.append(Piece(PieceKind.FIGURE, [Run(alt)]))

    def _text_of(self, element: Element) -> list[Run]:
        """All text below an element, a line for each paragraph; also of lists and tables inside."""
        runs: list[Run] = []
        for child in element:
            line = self._line(child) if child.tag in _PARAGRAPHS else self._text_of(child)
            runs += [Run("\n"), *line] if runs and line else line
        return inline.merged(runs)

    def _line(self, element: Element) -> list[Run]:
        dress = self.styles.dressed(element.get(name("text:style-name")), Run())
        return inline.merged(self._runs(element, dress))

    def _runs(self, element: Element, dress: Run) -> list[Run]:
        runs = _words(element.text, dress)
        for child in element:
            runs += self._inner(child, dress) + _words(child.tail, dress)
        return runs

    def _inner(self, child: Element, dress: Run) -> list[Run]:
        if child.tag == name("text:span"):
            style = child.get(name("text:style-name"))
            runs = self._runs(child, self.styles.dressed(style, dress))
            return inline.raised(runs) if self.styles.is_raised(style) else runs
        if child.tag == name("text:a"):
            return self._runs(child, replace(dress, link=child.get(name("xlink:href")) or ""))
        if child.tag == _NOTE:
            return [Run(mark=self._note(child))]
        if child.tag in (name("text:s"), name("text:tab")):
            return [replace(dress, text=" ")]
        if child.tag == name("text:line-break"):
            return [replace(dress, text="\n")]
        if child.tag == _ANNOTATION:
            self._drop(RemarkCode.EDITOR_COMMENT, child)
            return []
        if child.tag == _FRAME:
            self._frame(child)
            return []
        return self._runs(child, dress)

    def _note(self, element: Element) -> str:
        key = str(len(self.extract.notes) + 1)
        self.extract.notes[key] = []
        body = element.find(name("text:note-body"))
        self.extract.notes[key] = self._text_of(body) if body is not None else []
        return key


def _words(text: str | None, dress: Run) -> list[Run]:
    words = _BLANKS.sub(" ", text or "")
    if not words or dress.link:
        return [replace(dress, text=words)] if words else []
    return [replace(dress, text=run.text, link=run.link) for run in inline.linked(words)]
