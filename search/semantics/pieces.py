"""How a record is cut into stretches that the model takes in as a whole."""

import hashlib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from search.language.passages import sentences
from search.records import SearchRecord

#: Unit: characters. With its name in front a piece stays below about 130 tokens of the model.
LONGEST_PIECE = 480
#: Unit: characters. A longer title or heading says nothing more about a piece.
LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a record: what the model reads, and what a reader is shown of it."""

    name: str
    text: str
    heading: str = ""
    anchor: str = ""
    number: str = ""

    @property
    def read(self) -> str:
        """Return what the model reads."""
        return f"{self.name}: {self.text}" if self.text else self.name

    def digest(self, model: str) -> str:
        """Name what the model makes of it, so that no text is given to the same model twice."""
        return hashlib.sha256(f"{model}\n{self.read}".encode()).hexdigest()[:32]


def pieces(record: SearchRecord) -> list[Piece]:
    """Cut title, summary and sections; remarks such as footnotes are left to the search by words."""
    title = _short(str(record.title))
    introduction = str(record.summary or record.caption)
    found = [Piece(title, text) for text in _cut(introduction)]
    for section in record.sections:
        if not section.is_aside:
            heading = str(section.heading)
            name = f"{title} – {_short(heading)}" if heading and heading != record.title else title
            place = {"heading": heading, "anchor": section.anchor, "number": section.number}
            found += [Piece(name, text, **place) for text in _cut(str(section.text))]
    # Without any text the title alone still means something.
    distinct = {piece.read: piece for piece in reversed(found or [Piece(title, "")])}
    return list(reversed(distinct.values()))


def _short(name: str) -> str:
    return textwrap.shorten(name, LONGEST_NAME, placeholder="…")


def _cut(text: str) -> Iterator[str]:
    """Put sentences together as long as they fit; a longer one is cut between words."""
    gathered = ""
    for sentence in _sentences(text):
        if gathered and len(gathered) + len(sentence) >= LONGEST_PIECE:
            yield gathered
            gathered = ""
        gathered = f"{gathered} {sentence}".strip()
    if gathered:
        yield gathered


def _sentences(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        written = " ".join(text[sentence.start : sentence.end].split())
        yield from textwrap.wrap(written, LONGEST_PIECE, break_on_hyphens=False) or ()
