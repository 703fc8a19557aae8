"""The door of this room: the bytes of a file in, a recognised paper out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from knowledge.papers.reading import markdown, opendocument, pdf, plain, word
from knowledge.papers.reading.document import RecognisedPaper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.pieces import Extract
from knowledge.papers.reading.structure import recognise

READERS: dict[str, Callable[[bytes], Extract]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".docx": word.read,
    ".odt": opendocument.read,
    ".pdf": pdf.read,
}
#: A paper of more parts is none: nobody could look through its preview or edit its page.
MOST_SECTIONS = 1_000
MOST_NOTES = 2_000
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = {".docx": b"PK\x03\x04", ".odt": b"PK\x03\x04", ".pdf": b"%PDF-"}
_SIGNATURE_WITHIN = 1024


def read_paper(data: bytes, file_name: str) -> RecognisedPaper:
    """Read a file by its extension; content that does not fit the extension is refused."""
    extension = PurePath(file_name).suffix.lower()
    reader = READERS.get(extension)
    if reader is None:
        raise PaperUnreadable(Reason.UNSUPPORTED, extension=extension)
    if not data.strip():
        raise PaperUnreadable(Reason.EMPTY)
    if extension == ".docx" and data.startswith(_OLD_WORD):
        # Word wraps a document with a password into the container of its old format.
        raise PaperUnreadable(Reason.ENCRYPTED)
    signature = _SIGNATURES.get(extension, b"")
    if signature not in data[:_SIGNATURE_WITHIN]:
        raise PaperUnreadable(Reason.WRONG_TYPE, extension=extension)
    extract = reader(data)
    if not any(piece.text.strip() for piece in extract.pieces):
        raise PaperUnreadable(Reason.EMPTY)
    paper = recognise(extract, file_name)
    if len(paper.sections) > MOST_SECTIONS or len(paper.footnotes) > MOST_NOTES:
        raise PaperUnreadable(Reason.TOO_MANY_PARTS, sections=MOST_SECTIONS, notes=MOST_NOTES)
    return paper
