"""The door of this package: the bytes of a file in, its text in parts out, or why there is none."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from knowledge.documents.reading.outcome import Notes, Part, Reading, Reason, State, Unreadable
from portal.shared.unpacking import stays_small

#: Unit: characters. Whatever stands further back is not found; the editors are told.
MOST_CHARACTERS = 2_000_000
MOST_PARTS = 2_000
#: Unit: seconds of computing. A reading that takes longer ends with what it has.
PATIENCE = 60.0
_HERE = __package__
#: Ending → module and function; loaded when needed, because the parsers are large.
_READERS = {
    ".pdf": ("pdf", "read"),
    ".docx": ("texts", "read_word"),
    ".odt": ("texts", "read_opendocument"),
    ".xlsx": ("sheets", "read"),
    ".csv": ("texts", "read_plain"),
    ".txt": ("texts", "read_plain"),
}
#: Ending → a member that tells this container from others.
_MEMBERS = {".docx": "word/document.xml", ".odt": "content.xml", ".xlsx": "xl/workbook.xml"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
#: As far as BCP 47 matters here; a file may declare anything.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")


def read_text(data: bytes, file_name: str, *, clock: Callable[[], float] = time.process_time) -> Reading:
    """Read a file by its ending; whatever is wrong with it is an answer, too."""
    notes = Notes()
    try:
        extension = PurePath(file_name).suffix.lower()
        _look_at(data, extension)
        module, function = _READERS[extension]
        reader = getattr(import_module(f"{_HERE}.{module}"), function)
        parts, is_cut = _gathered(reader(data, notes), clock() + PATIENCE, clock)
    except Unreadable as unreadable:
        return Reading(unreadable.state, unreadable.reason, notes=notes)
    if not _LANGUAGE.fullmatch(notes.language):
        notes.language = ""
    return Reading(*_judged(parts, notes, is_cut=is_cut), tuple(parts), notes)


def _look_at(data: bytes, extension: str) -> None:
    """Refuse what no reader should begin with."""
    if extension not in _READERS:
        raise Unreadable(State.UNSUPPORTED)
    if not data.strip():
        raise Unreadable(State.EMPTY)
    if extension == ".pdf" and b"%PDF-" not in data[:_PDF_WITHIN]:
        raise Unreadable(State.DAMAGED, Reason.CONTENT)
    if extension in _MEMBERS:
        if data.startswith(_OLD_OFFICE):
            # Office wraps a document with a password into the container of its old format.
            raise Unreadable(State.PROTECTED)
        _look_into(data, _MEMBERS[extension])


def _look_into(data: bytes, member: str) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise Unreadable(State.DAMAGED, Reason.CONTENT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(found.flag_bits & 0x1 for found in archive.infolist()):
                raise Unreadable(State.PROTECTED)
            if member not in archive.namelist():
                raise Unreadable(State.DAMAGED, Reason.CONTENT)
            if not stays_small(archive, len(data)):
                raise Unreadable(State.TOO_LARGE, Reason.UNPACKED)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(State.DAMAGED) from error


def _gathered(parts: Iterator[Part], until: float, clock: Callable[[], float]) -> tuple[list[Part], bool]:
    """Take parts as long as there is room and time; tell whether something was left behind."""
    kept: list[Part] = []
    room = MOST_CHARACTERS
    for part in parts:
        if len(part.text) > room or len(kept) == MOST_PARTS or clock() > until:
            return kept, True
        if part.text or (part.name and not part.number):
            kept.append(part)
            room -= len(part.text)
    return kept, False


def _judged(parts: list[Part], notes: Notes, *, is_cut: bool) -> tuple[State, Reason]:
    is_telling = any(char.isalnum() for part in parts for char in f"{part.text}{part.name}")
    readable_pages = notes.page_count - notes.scanned_pages - notes.damaged_pages
    if notes.scanned_pages and (not is_telling or readable_pages <= 0):
        return State.SCANNED, Reason.NONE
    if not is_telling:
        return (State.DAMAGED if notes.damaged_pages else State.EMPTY), Reason.NONE
    if is_cut:
        return State.READ, Reason.CUT
    if notes.scanned_pages:
        return State.READ, Reason.SCANNED_PAGES
    return State.READ, Reason.DAMAGED_PAGES if notes.damaged_pages else Reason.NONE
