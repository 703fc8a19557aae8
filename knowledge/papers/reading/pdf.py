"""Reads .pdf: opens the file, takes the text off its pages with place and letters, refuses what has none."""

from __future__ import annotations

import io
import math
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from knowledge.papers.reading.document import RemarkCode
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.pdf_furniture import without_furniture
from knowledge.papers.reading.pdf_lines import Fragment, Line, lines_of
from knowledge.papers.reading.pdf_pieces import pieces_of
from knowledge.papers.reading.pieces import Extract

MOST_PAGES = 500
#: What pypdf lets through when a file is malformed below its own checks.
DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\0": ""})
_BOLD = ("bold", "black", "heavy", "-bd", "semibold", "demi")
_ITALIC = ("italic", "oblique", "-it", "kursiv")
_LEAST_LETTERS_PER_PAGE = 15


def read(data: bytes) -> Extract:
    """The pieces of a PDF document."""
    extract = Extract([], source="", is_broken=True)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PaperUnreadable(Reason.ENCRYPTED)
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise PaperUnreadable(Reason.TOO_MANY_PAGES, pages=count, most=MOST_PAGES)
        extract.properties["title"] = str((reader.metadata and reader.metadata.title) or "")
        pages = [_lines(page, number, extract) for number, page in enumerate(reader.pages, start=1)]
    except DAMAGED as error:
        raise PaperUnreadable(Reason.DAMAGED) from error
    _refuse_scans(pages)
    extract.source = "\n".join(line.text for page in pages for line in page)
    pages = without_furniture(pages, extract)
    extract.pieces = pieces_of(pages, extract)
    return extract


def _refuse_scans(pages: list[list[Line]]) -> None:
    letters = sum(char.isalpha() for page in pages for line in page for char in line.text)
    if not letters or (len(pages) > 1 and letters < _LEAST_LETTERS_PER_PAGE * len(pages)):
        raise PaperUnreadable(Reason.NO_TEXT, pages=len(pages))


def _lines(page: PageObject, number: int, extract: Extract) -> list[Line]:
    fragments: list[Fragment] = []
    links = list(_links(page))

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        words = unicodedata.normalize("NFC", text.translate(LIGATURES)).strip("\n")
        if not words.strip():
            if words and fragments:
                fragments[-1] = replace(fragments[-1], text=f"{fragments[-1].text.rstrip()} ")
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        face = str((font or {}).get("/BaseFont", "")).lower()
        fragments.append(
            Fragment(
                words.replace("\n", " "),
                x,
                y,
                round(size * (scale or 1), 1),
                is_bold=any(sign in face for sign in _BOLD),
                is_italic=any(sign in face for sign in _ITALIC),
                link=_link_at(links, x, y),
            )
        )

    text = page.extract_text(visitor_text=visit)
    pictures = _pictures(page)
    if pictures and not text.strip():
        extract.drop(RemarkCode.PAGE_WITHOUT_TEXT, "", number)
    for picture in pictures:
        extract.drop(RemarkCode.PICTURE, picture, number)
    _tell_link_targets(links, fragments, extract, number)
    return lines_of(fragments, number)


def _links(page: PageObject) -> Iterator[tuple[list[float], str]]:
    for annotation in page.annotations or []:
        action = annotation.get_object().get("/A")
        address = action.get_object().get("/URI") if action else None
        if address and str(address).startswith(("http://", "https://", "mailto:")):
            yield [float(edge) for edge in annotation.get_object()["/Rect"]], str(address)


def _link_at(links: list[tuple[list[float], str]], x: float, y: float) -> str:
    for (left, bottom, right, top), address in links:
        if left - 1 <= x < right and bottom - 1 <= y <= top:
            return address
    return ""


def _tell_link_targets(
    links: list[tuple[list[float], str]], fragments: list[Fragment], extract: Extract, number: int
) -> None:
    """An address behind words that could not be told apart from their neighbours is at least told."""
    taken = {fragment.link for fragment in fragments}
    words = "".join(fragment.text for fragment in fragments).replace(" ", "")
    for address in dict.fromkeys(address for _, address in links):
        if address not in taken and address.removeprefix("mailto:").rstrip("/") not in words:
            extract.drop(RemarkCode.LINK_TARGET, address, number)


def _pictures(page: PageObject) -> list[str]:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    if not objects:
        return []
    found = objects.get_object().items()
    return [name.lstrip("/") for name, item in found if item.get_object().get("/Subtype") == "/Image"]
