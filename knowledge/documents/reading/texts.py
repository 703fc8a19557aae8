"""Reads .docx and .odt chapter by chapter, .txt and .csv as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from knowledge.documents.reading.outcome import Notes, Part, Reason, State, Unreadable
from knowledge.documents.reading.running_text import clean
from knowledge.papers.reading import opendocument, plain, word
from knowledge.papers.reading.document import plain as plain_text
from knowledge.papers.reading.errors import PaperUnreadable
from knowledge.papers.reading.errors import Reason as PaperReason
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

#: Unit: characters. About a page; a longer chapter is given in several parts with the same name.
LONGEST_PART = 4_000
_ENDS: dict[PaperReason, tuple[State, Reason]] = {
    PaperReason.ENCRYPTED: (State.PROTECTED, Reason.NONE),
    PaperReason.EMPTY: (State.EMPTY, Reason.NONE),
    PaperReason.WRONG_TYPE: (State.DAMAGED, Reason.CONTENT),
}


def read_word(data: bytes, notes: Notes) -> Iterator[Part]:
    """Give the chapters of a Word document, without comments and deleted text."""
    return _chapters(_extract(word.read, data))


def read_opendocument(data: bytes, notes: Notes) -> Iterator[Part]:
    """Give the chapters of an OpenDocument text, without comments and deleted text."""
    return _chapters(_extract(opendocument.read, data))


def read_plain(data: bytes, notes: Notes) -> Iterator[Part]:
    """Give a text or a table as text in parts of about a page."""
    for lines in packed(clean(_extract(plain.decode, data)).split("\n"), LONGEST_PART):
        yield Part("\n".join(lines))


def packed(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    """Put lines together until they fill `size` characters."""
    pack: list[str] = []
    length = 0
    for line in lines:
        if pack and length + len(line) > size:
            yield pack
            pack, length = [], 0
        pack.append(line)
        length += len(line) + 1
    if pack:
        yield pack


def _extract(reader: Callable[[bytes], Extract | str], data: bytes):
    try:
        return reader(data)
    except PaperUnreadable as unreadable:
        raise Unreadable(*_ENDS.get(unreadable.reason, (State.DAMAGED, Reason.NONE))) from unreadable


def _chapters(extract: Extract) -> Iterator[Part]:
    chapter, name = [], ""
    for piece in extract.pieces:
        if piece.kind is PieceKind.HEADING and piece.text.strip():
            yield from _parts(chapter, name)
            chapter, name = [], _one_line(f"{piece.label} {piece.text}")
        else:
            chapter.append(piece)
    yield from _parts(chapter, name)
    for note in extract.notes.values():
        yield Part(_one_line(plain_text(tuple(note))))


def _parts(chapter: list[Piece], name: str) -> Iterator[Part]:
    lines = [clean(piece.text).strip() for piece in chapter]
    packs = list(packed(filter(None, lines), LONGEST_PART))
    if not packs and name:
        yield Part("", name=name)
    for pack in packs:
        yield Part("\n".join(pack), name=name)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
