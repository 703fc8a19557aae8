"""Reads .txt: finds out the encoding and groups the lines."""

from __future__ import annotations

import codecs
import unicodedata

from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.lines import Grouping, is_wrapped
from knowledge.papers.reading.pieces import Extract

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v")


def read(data: bytes) -> Extract:
    """The pieces of a plain text."""
    text = decode(data)
    extract = Extract([], source=text, is_broken=True)
    Grouping(extract, is_wrapped(text)).read(text)
    return extract


def decode(data: bytes) -> str:
    """Text from bytes: by byte order mark, as UTF-8, as UTF-16 without a mark, else as Windows-1252."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").removeprefix("\ufeff")
    if any(unicodedata.category(char) == "Cc" and char not in _ALLOWED_CONTROLS for char in set(text)):
        raise PaperUnreadable(Reason.WRONG_TYPE, extension=".txt")
    return unicodedata.normalize("NFC", text)


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, Reason.DAMAGED)
    if encoding := _utf16_without_mark(data):
        return _strictly(data, encoding, Reason.DAMAGED)
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if not broken:
        return lenient
    # Text in Windows-1252 hardly ever yields a valid sequence of UTF-8 by chance.
    if sum(char > "\x7f" for char in lenient) > broken * 2:
        raise PaperUnreadable(Reason.DAMAGED)
    return _strictly(data, "cp1252", Reason.WRONG_TYPE)


def _strictly(data: bytes, encoding: str, reason: Reason) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PaperUnreadable(reason, extension=".txt") from error


def _utf16_without_mark(data: bytes) -> str:
    """Latin letters in UTF-16 have a zero in every second byte."""
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    half = max(1, min(len(data), 4000) // 2)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""
