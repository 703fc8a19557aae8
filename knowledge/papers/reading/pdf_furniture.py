"""Finds what a PDF page carries besides the text: running heads, running feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.papers.reading.document import RemarkCode
from knowledge.papers.reading.pdf_lines import Line
from knowledge.papers.reading.pieces import Extract

_ZONE = 2
_SAME_HEIGHT = 4.0
_SMALL = 0.85
_AS_LARGE = 1.05
_PAGE_NUMBER = re.compile(
    r"(?:(?:Seite|S\.|Blatt)\s*)?[-–|]?\s*(\d{1,4})(?:\s*(?:von|/)\s*\d{1,4})?\s*[-–|]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: list[list[Line]], extract: Extract) -> list[list[Line]]:
    """The lines of the text; every kind of furniture is told once."""
    margins = [_margin(page) for page in pages]
    numbers = _page_numbers(margins)
    text_size = _text_size(pages)
    running = _running(margins, text_size) | _small_heads(pages, text_size)
    told: set[str] = set()
    kept: list[list[Line]] = []
    for page, margin in zip(pages, margins, strict=True):
        dropped = [line for line in margin if id(line) in numbers or _key(line) in running]
        for line in dropped:
            if id(line) in numbers:
                extract.drop(RemarkCode.PAGE_NUMBER, line.text, line.page)
            elif line.text not in told:
                told.add(line.text)
                extract.drop(RemarkCode.RUNNING_LINE, line.text, line.page)
        gone = {id(line) for line in dropped}
        kept.append([line for line in page if id(line) not in gone])
    return kept


def _margin(page: list[Line]) -> list[Line]:
    """The uppermost and the lowest lines, wherever in the file they are drawn."""
    by_height = sorted(page, key=lambda line: line.y)
    lowest, highest = by_height[:_ZONE], by_height[-_ZONE:]
    return [line for line in page if line in lowest or line in highest]


def _page_numbers(margins: list[list[Line]]) -> set[int]:
    """Lines that are nothing but a number which counts up with the pages."""
    found: list[tuple[int, int]] = []
    for index, margin in enumerate(margins):
        for line in margin:
            if match := _PAGE_NUMBER.fullmatch(line.text):
                found.append((id(line), int(match[1]) - index))
    offsets = Counter(offset for _, offset in found)
    if not offsets:
        return set()
    offset, count = offsets.most_common(1)[0]
    if count == 1 and (len(margins) > 2 or offset != 1):
        return set()
    return {line for line, own in found if own == offset}


def _key(line: Line) -> tuple[str, int, float]:
    return _DIGITS.sub("#", line.text), round(line.y / _SAME_HEIGHT), line.size


def _running(margins: list[list[Line]], text_size: float) -> set[tuple[str, int, float]]:
    """Lines that come back at the same height on several pages, numbers in them aside; headings are larger."""
    small = [[line for line in margin if line.size <= text_size * _AS_LARGE] for margin in margins]
    pages_with = Counter(key for margin in small for key in {_key(line) for line in margin})
    least = 2 if len(margins) < 6 else 3
    return {key for key, count in pages_with.items() if count >= least and re.search(r"\w", key[0])}


def _small_heads(pages: list[list[Line]], text_size: float) -> set[tuple[str, int, float]]:
    """The uppermost line in letters smaller than the text is a running head, even on a single page."""
    heads = [max(page, key=lambda line: line.y) for page in pages if page]
    return {_key(head) for head in heads if head.size <= text_size * _SMALL}


def _text_size(pages: list[list[Line]]) -> float:
    letters: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0
