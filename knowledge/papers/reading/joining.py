"""Joins pieces that one sentence runs through, across a page break or a footnote in between."""

from __future__ import annotations

from knowledge.papers.reading import labels
from knowledge.papers.reading.document import RemarkCode, RemarkKind
from knowledge.papers.reading.headings import looks_like_heading
from knowledge.papers.reading.healing import continues, ends_mid_phrase, is_finished, join_runs
from knowledge.papers.reading.pieces import Piece, PieceKind

_LONGEST_HEADING = 60
_SAME_MARGIN = 2.0
_EXCERPT = 40


def join_broken(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, each sentence in one of them; every seam is told as a remark."""
    result: list[Piece] = []
    for piece in pieces:
        if result and _belongs_to(result[-1], piece):
            _join(result[-1], piece)
        else:
            if result:
                _mark_open_end(result[-1], piece)
            result.append(piece)
    return result


def _belongs_to(before: Piece, after: Piece) -> bool:
    if before.kind not in (PieceKind.TEXT, PieceKind.ITEM, PieceKind.QUOTE):
        return False
    if after.kind is not PieceKind.TEXT or (before.size, before.is_strong) != (after.size, after.is_strong):
        return False
    if before.kind is PieceKind.ITEM and before.text.endswith(",") and after.text[:1].isupper():
        # Items of a list often end with a comma, the last one included.
        return False
    if before.is_cut and after.page == before.page + 1 and not is_finished(before.text):
        return not labels.split_number(after.text)[0]
    if after.lines == 1 and looks_like_heading(after.text):
        return False
    is_shifted = before.kind is PieceKind.TEXT and abs(before.indent - after.indent) > _SAME_MARGIN
    if is_shifted or not continues(before.text, after.text):
        return False
    return before.kind is PieceKind.ITEM or not _may_be_heading(before)


def _may_be_heading(piece: Piece) -> bool:
    if ends_mid_phrase(piece.text):
        return False
    is_numbered = bool(labels.split_number(piece.text)[0])
    return is_numbered or (piece.lines == 1 and len(piece.text) <= _LONGEST_HEADING)


def _join(before: Piece, after: Piece) -> None:
    text = f"{before.text[-_EXCERPT:]} | {after.text[:_EXCERPT]}"
    before.runs, healed = join_runs(before.runs, after.runs)
    before.lines += after.lines
    before.is_cut = after.is_cut
    before.doubts += after.doubts
    before.doubt(RemarkKind.HEALED, RemarkCode.SENTENCE, text)
    if healed:
        before.doubt(RemarkKind.HEALED, RemarkCode.HYPHEN, healed)


def _mark_open_end(piece: Piece, after: Piece) -> None:
    """A long paragraph without a full stop before another one may have lost its end."""
    if piece.kind is not PieceKind.TEXT or after.kind is not PieceKind.TEXT:
        return
    if len(piece.text) > 2 * _LONGEST_HEADING and not is_finished(piece.text):
        piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.OPEN_ENDED, piece.text[-2 * _EXCERPT :])
