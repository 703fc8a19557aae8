"""Decides which pieces are headings, and on which level they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby

from knowledge.papers.reading import inline, labels
from knowledge.papers.reading.document import RemarkCode, RemarkKind, Run
from knowledge.papers.reading.healing import ends_mid_phrase, is_finished
from knowledge.papers.reading.pieces import Piece, PieceKind

_LONGEST = 110
_MOST_WORDS = 15
_SHORT_BEFORE_LIST = 4
_NO_HEADING_END = (",", ";", ":", "-", "–", "|", "(")
_ADDRESS = re.compile(r"https?://|www\.|@|\b\d{5}\s+[A-ZÄÖÜ]")
_LARGER = 1.08
_NESTED = 2.0


def looks_like_heading(text: str) -> bool:
    """Short, without the end of a sentence, beginning like a title."""
    _, words = labels.split_number(text)
    if not words or len(text) > _LONGEST or len(words.split()) > _MOST_WORDS or "\n" in text:
        return False
    if words.endswith(_NO_HEADING_END) or ends_mid_phrase(words) or _ADDRESS.search(words):
        return False
    if is_finished(words) and not words.rstrip('“”"').endswith(("?", "!")):
        return False
    start = words.lstrip("„“\"»«(‚'")[:1]
    return (start.isupper() or start.isdigit()) and sum(map(str.isalpha, words)) >= 2


def settle(pieces: list[Piece], *, is_broken: bool) -> list[Piece]:
    """Mark the headings among the pieces and write the level of each."""
    typographic = _typographic(pieces)
    has_declared = any(piece.kind is PieceKind.HEADING for piece in pieces)
    for index, piece in enumerate(pieces):
        if piece.kind is not PieceKind.TEXT:
            continue
        if index in typographic:
            _promote(piece)
        elif not has_declared and (is_broken or labels.split_number(piece.text)[0]):
            before = pieces[index - 1] if index else None
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            _judge(before, piece, after, may_promote=not typographic)
        elif piece.is_strong and looks_like_heading(piece.text) and index + 1 < len(pieces):
            _promote(piece)
            piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.HEADING_BY_WEIGHT)
    _level(pieces)
    return pieces


def settle_numbered_items(pieces: list[Piece]) -> None:
    """„1. …“ opens a list only if „2. …“ follows in it; alone it is a heading or plain text."""
    for is_list, group in groupby(pieces, lambda piece: piece.kind is PieceKind.ITEM):
        for sequence in _sequences(list(group)) if is_list else []:
            if len(sequence) == 1 and sequence[0].indent < _NESTED:
                _make_text(sequence[0])


def _sequences(items: list[Piece]) -> list[list[Piece]]:
    """Numbered items that count on from each other."""
    sequences: list[list[Piece]] = []
    for item in items:
        if item.ordered and item.label:
            goes_on = (known for known in reversed(sequences) if _counts_on(known, item))
            sequence = next(goes_on, None)
            if sequence is None:
                sequences.append([item])
            else:
                sequence.append(item)
    return sequences


def _counts_on(sequence: list[Piece], item: Piece) -> bool:
    last = sequence[-1]
    if int(item.label.rstrip(".)")) != int(last.label.rstrip(".)")) + 1:
        return False
    if (item.size, item.is_strong) != (last.size, last.is_strong):
        return False
    # In a list without gaps, a short line behind a gap is the next heading that happens to fit.
    is_tight = len(sequence) > 1 and not last.is_apart
    return not (is_tight and item.is_apart and item.lines == 1 and looks_like_heading(item.text))


def _make_text(item: Piece) -> None:
    item.kind = PieceKind.TEXT
    item.runs = inline.merged([Run(f"{item.label} "), *item.runs])
    item.label, item.ordered = "", False


def _typographic(pieces: list[Piece]) -> set[int]:
    """Pieces set larger or bolder than the body; empty where the format tells no sizes."""
    letters: Counter[float] = Counter()
    for piece in pieces:
        letters[piece.size] += len(piece.text)
    body = letters.most_common(1)[0][0] if letters else 0.0
    if not body:
        return set()
    return {
        index
        for index, piece in enumerate(pieces[:-1])
        if piece.kind is PieceKind.TEXT
        and looks_like_heading(piece.text)
        and (piece.size >= body * _LARGER or (piece.is_strong and piece.size >= body * 0.95))
    }


def _judge(before: Piece | None, piece: Piece, after: Piece | None, *, may_promote: bool) -> None:
    if piece.lines > 1 or after is None or not looks_like_heading(piece.text):
        return
    if (after.kind is PieceKind.ITEM and not _heads_a_list(piece, after)) or (
        not may_promote and not labels.split_number(piece.text)[0]
    ):
        piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.MAYBE_HEADING)
    else:
        _promote(piece)
        if _is_doubtful(before, piece, after):
            piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.HEADING_BY_SHAPE)


def _heads_a_list(piece: Piece, item: Piece) -> bool:
    """„Ziele“ heads a list, „Die Stadt will künftig“ begins a sentence that its items end."""
    number, words = labels.split_number(piece.text)
    return bool(number) or (len(words.split()) <= _SHORT_BEFORE_LIST and item.text.lstrip('„“"')[:1].isupper())


def _is_doubtful(before: Piece | None, piece: Piece, after: Piece) -> bool:
    if after.kind is PieceKind.ITEM and not labels.split_number(piece.text)[0]:
        return True
    is_after_open_text = before is not None and before.kind is PieceKind.TEXT and not is_finished(before.text)
    return is_after_open_text or not any(char in after.text for char in ".!?:,")


def _promote(piece: Piece) -> None:
    piece.kind = PieceKind.HEADING
    piece.level = -1


def _level(pieces: list[Piece]) -> None:
    """Levels from the format if it declares them, else from the numbers, else from the size of letters."""
    headings = [piece for piece in pieces if piece.kind is PieceKind.HEADING]
    declared = [piece.level for piece in headings if piece.level >= 1]
    offset = min(declared, default=1) - 1
    sizes = sorted({(piece.size, piece.is_strong) for piece in headings}, reverse=True)
    top_numbers = {piece.text for piece in headings if _depth(piece) == 1}
    last = last_declared = 0
    for piece in headings:
        if piece.level >= 1:
            level = last_declared = piece.level - offset
        elif _depth(piece):
            level = _depth(piece)
        elif len(sizes) > 1:
            level = sizes.index((piece.size, piece.is_strong)) + 1
        elif declared:
            level = last_declared + 1
        else:
            level = _unnumbered_level(piece, last, len(top_numbers))
        piece.level = last = max(1, min(level, last + 1))
        _split_number(piece)


def _depth(piece: Piece) -> int:
    number, _ = labels.split_number(piece.text)
    return labels.depth_of(number) if number else 0


def _unnumbered_level(piece: Piece, last: int, top_numbers: int) -> int:
    """Between „1.“ and „2.“ a heading without a number most likely stands below „1.“."""
    if top_numbers < 2 or not last:
        return 1
    piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.LEVEL_GUESSED)
    return 2


def _split_number(piece: Piece) -> None:
    if piece.label:
        return
    number, _ = labels.split_number(piece.text)
    if number:
        first = piece.runs[0]
        rest = first.text[len(number) :]
        piece.label = number
        piece.runs = inline.merged([replace(first, text=rest), *piece.runs[1:]])
