"""Reads .pdf page by page, and notices pages that are pictures of text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from knowledge.documents.reading.outcome import Notes, Part, State, Unreadable
from knowledge.documents.reading.running_text import letters_in, running_text
from knowledge.papers.reading.pdf import DAMAGED, LIGATURES

#: A page with fewer letters beside its pictures is a scan with a stamp on it.
FEWEST_LETTERS = 15
#: Pictures stand in forms, which may stand in forms; deeper nesting is no drawing but a trap.
_DEEPEST = 4
_MOST_LOOKED_AT = 200
_MOST_PAGES = 100_000


def read(data: bytes, notes: Notes) -> Iterator[Part]:
    """Give the pages in their order; those without text are counted and left out."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(State.PROTECTED)
        # What an encrypted file says about its own length may be anything.
        notes.page_count = min(max(len(reader.pages), 0), _MOST_PAGES)
        notes.language = str(reader.root_object.get("/Lang", "") or "")
    except DAMAGED as error:
        raise Unreadable(State.DAMAGED) from error
    for index in range(notes.page_count):
        try:
            text, is_scanned = _page(reader.pages[index])
        except DAMAGED:
            # One page that cannot be drawn takes nothing from the others.
            notes.damaged_pages += 1
            continue
        notes.scanned_pages += is_scanned
        if text:
            yield Part(text, number=index + 1)


def _page(page: PageObject) -> tuple[str, bool]:
    text = running_text(page.extract_text().translate(LIGATURES))
    return text, letters_in(text) < FEWEST_LETTERS and _has_picture(page, _DEEPEST)


def _has_picture(holder: DictionaryObject, depth: int) -> bool:
    """Look for pictures without unpacking one."""
    resources = holder.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None or depth == 0:
        return False
    drawn = [entry.get_object() for entry in list(objects.get_object().values())[:_MOST_LOOKED_AT]]
    return any(
        found.get("/Subtype") == "/Image" or (found.get("/Subtype") == "/Form" and _has_picture(found, depth - 1))
        for found in drawn
        if isinstance(found, DictionaryObject)
    )
