"""Makes a paper out of pieces: front, sections, blocks, footnotes, and a remark for every doubt."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from knowledge.papers.reading import footnotes, front, headings, inline, labels, lists, loss
from knowledge.papers.reading.document import (
    Block,
    Figure,
    Paragraph,
    Quote,
    RecognisedPaper,
    Remark,
    RemarkCode,
    RemarkKind,
    Section,
    runs_of,
)
from knowledge.papers.reading.joining import join_broken
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

_UNKNOWN_MARK = re.compile(r"\[\^[\w-]+\]")
_NOTE_HEADINGS = frozenset({"Fußnoten", "Anmerkungen", "Endnoten", "Fussnoten"})


def recognise(extract: Extract, file_name: str = "") -> RecognisedPaper:
    """The paper that a reader's pieces make up; whatever found no place in it is told as dropped."""
    pieces = _without_note_heading(footnotes.take_out(extract), extract)
    if extract.is_broken:
        pieces = join_broken(pieces)
        headings.settle_numbered_items(pieces)
    opening = front.read(extract, pieces, file_name)
    pieces = headings.settle(opening.rest, is_broken=extract.is_broken)
    preamble, sections = _Sections(extract).build(pieces)
    paper = RecognisedPaper(
        title=opening.title,
        issuing_body=opening.issuing_body,
        as_of=opening.as_of,
        work_phase=opening.work_phase,
        preamble=preamble,
        sections=sections,
        footnotes=tuple(footnotes.described(key, runs) for key, runs in extract.notes.items()),
        remarks=tuple(extract.remarks),
    )
    return _checked(paper, extract)


class _Sections:
    """Lays pieces into sections and remembers where each doubt belongs."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.preamble: list[Block] = []
        self.sections: list[tuple[Piece, list[Block]]] = []

    def build(self, pieces: list[Piece]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        for is_list, group in groupby(pieces, lambda piece: piece.kind is PieceKind.ITEM):
            if is_list:
                self._add_list(list(group))
            else:
                for piece in group:
                    self._add(piece)
        sections = tuple(
            Section(piece.level, piece.label, piece.text.replace("\n", " "), tuple(blocks))
            for piece, blocks in self.sections
        )
        return tuple(self.preamble), sections

    @property
    def _blocks(self) -> list[Block]:
        return self.sections[-1][1] if self.sections else self.preamble

    def _add_list(self, items: list[Piece]) -> None:
        if self.extract.is_broken:
            lists.set_depths(items)
        blocks = lists.assemble(items)
        for item in items:
            self._tell(item, len(self._blocks))
        self._blocks.extend(blocks)

    def _add(self, piece: Piece) -> None:
        if piece.kind is PieceKind.HEADING:
            self.sections.append((piece, []))
            self._tell(piece, None)
            return
        self._tell(piece, len(self._blocks))
        self._blocks.append(_block(piece))

    def _tell(self, piece: Piece, block: int | None) -> None:
        section = len(self.sections) - 1 if self.sections else None
        for kind, code, text in piece.doubts:
            self.extract.remarks.append(Remark(kind, code, text, section, block, piece.page))


def _without_note_heading(pieces: list[Piece], extract: Extract) -> list[Piece]:
    """„Anmerkungen“ above the notes heads nothing once the notes hang on their marks."""
    if not pieces or not extract.notes:
        return pieces
    _, words = labels.split_number(pieces[-1].text)
    if words.strip(": ") not in _NOTE_HEADINGS:
        return pieces
    extract.drop(RemarkCode.NOTES_HEADING, pieces[-1].text, pieces[-1].page)
    return pieces[:-1]


def _block(piece: Piece) -> Block:
    if piece.kind is PieceKind.TABLE and piece.table:
        return piece.table
    if piece.kind is PieceKind.FIGURE:
        return Figure(piece.text)
    runs = tuple(inline.merged(piece.runs))
    return Quote(runs) if piece.kind is PieceKind.QUOTE else Paragraph(runs)


def _checked(paper: RecognisedPaper, extract: Extract) -> RecognisedPaper:
    """The paper with the last remarks: notes without a mark, and lines that got lost on the way."""
    remarks = list(paper.remarks)
    used = {run.mark for block in paper.blocks for runs in runs_of(block) for run in runs}
    for note in paper.footnotes:
        if note.key not in used:
            text = f"{note.key} {note.text}"
            remarks.append(Remark(RemarkKind.UNCERTAIN, RemarkCode.NOTE_WITHOUT_MARK, text))
    for mark in _UNKNOWN_MARK.findall(paper.text):
        remarks.append(Remark(RemarkKind.UNCERTAIN, RemarkCode.MARK_WITHOUT_NOTE, mark))
    told = "\n".join([paper.text, *(remark.text for remark in remarks if remark.kind is RemarkKind.DROPPED)])
    for line in loss.lost_lines(extract.source, told):
        remarks.append(Remark(RemarkKind.DROPPED, RemarkCode.NOT_PLACED, line))
    return replace(paper, remarks=tuple(remarks))
