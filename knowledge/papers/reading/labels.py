"""Recognises what is printed before a list item or a numbered heading: „-“, „•“, „o“, „1.“, „a)“, „2.3“."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLETS = "-–—•·∙▪◦‣⁃●○■□➢➔►✓*\uf0b7\uf0a7\uf02d"
_LABEL = re.compile(rf"(?P<mark>[{re.escape(_BULLETS)}]|o|\d{{1,2}}[.)]|[a-z]\))[ \t\u00a0]+(?=\S)")
_HEADING_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.?|[IVX]{1,5}\.|[A-H]\."
    r"|(?:Kapitel|Teil|Abschnitt|These|Thema|Anhang|Anlage)\s(?:\d{1,2}|[A-H]|[IVX]{1,5})\b[.:]?)\s+(?=\S)"
)
_CONTENTS_LINE = re.compile(r"(?:\.{4,}|(?:\s\.){4,}|…{2,}|_{4,})\s*\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """The sign before an item, the words behind it, and how far in the line begins."""

    mark: str
    rest: str
    indent: int

    @property
    def is_ordered(self) -> bool:
        """The sign is a number."""
        return self.mark[:-1].isdecimal()

    @property
    def number(self) -> int:
        """The number that the sign is; 0 for any other sign."""
        return int(self.mark[:-1]) if self.is_ordered else 0

    @property
    def is_certain(self) -> bool:
        """A dash or a number may open a line by chance, a bullet does not."""
        return not self.is_ordered and self.mark not in ("-", "–", "—", "*", "o")


def match(line: str) -> Label | None:
    """The label of a list item; of „- o text“ the innermost one."""
    indent = len(line) - len(line.lstrip())
    rest, mark = line.strip(), ""
    while found := _LABEL.match(rest):
        mark, rest = found["mark"], rest[found.end() :]
        if mark[0].isalnum() and mark != "o":
            break
    return Label(mark, rest, indent) if mark else None


def split_number(text: str) -> tuple[str, str]:
    """„2.1 Ziele“ as („2.1“, „Ziele“); the number is empty when there is none."""
    found = _HEADING_NUMBER.match(text)
    return (found["number"], text[found.end() :]) if found else ("", text)


def depth_of(number: str) -> int:
    """How deep a numbered heading stands: „2.“ is 1, „2.1“ is 2."""
    return number.rstrip(".:").count(".") + 1


def is_contents_line(line: str) -> bool:
    """A line of a table of contents: dots that lead to a page number."""
    return bool(_CONTENTS_LINE.search(line))
