"""Puts the fragments of a PDF page together to lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.papers.reading import inline
from knowledge.papers.reading.document import Run

_SAME_LINE = 0.5
_RAISED_SIZE = 0.85
# Usual widths of letters in parts of their height; good to a tenth for the common faces.
_NARROW, _MIDDLE, _WIDE = 0.28, 0.52, 0.8
_NARROW_LETTERS = frozenset("fijltrI.,:;!|'’()[]/ -")
_WIDE_LETTERS = frozenset("mwMWÄÖ%@—…")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Letters that the file draws in one go: where, how large, in which face."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""

    @property
    def end(self) -> float:
        """About where it ends on the line; files need not say how wide their letters are."""
        return self.x + self.size * width_of(self.text.rstrip())


@dataclass(slots=True)
class Line:
    """Fragments that stand on one line of a page."""

    page: int
    fragments: list[Fragment] = field(default_factory=list)

    @property
    def x(self) -> float:
        """Where the line begins."""
        return self.fragments[0].x

    @property
    def end(self) -> float:
        """About where the line ends."""
        return max(part.end for part in self.fragments)

    @property
    def y(self) -> float:
        """The height of its ground line, counted from the foot of the page."""
        return max(self.fragments, key=lambda part: len(part.text)).y

    @property
    def size(self) -> float:
        """The height of most of its letters."""
        return max(self.fragments, key=lambda part: (len(part.text), part.size)).size

    @property
    def text(self) -> str:
        """The words without their dress."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def is_strong(self) -> bool:
        """The whole line is bold."""
        return all(part.is_bold for part in self.fragments)

    @property
    def runs(self) -> list[Run]:
        """The words in their dress; small digits between larger letters are footnote marks."""
        size = self.size
        runs = []
        for part in self.fragments:
            text = part.text
            if part.size <= size * _RAISED_SIZE and text.strip().isdecimal():
                text = inline.superscript(text)
            runs.append(Run(text, bold=part.is_bold, italic=part.is_italic, link=part.link))
        return inline.merged(runs)


def lines_of(fragments: list[Fragment], page: int) -> list[Line]:
    """The lines of a page in the order in which the file draws them."""
    lines: list[Line] = []
    for fragment in fragments:
        if lines and _is_same_line(lines[-1], fragment):
            lines[-1].fragments.append(fragment)
        else:
            lines.append(Line(page, [fragment]))
    return lines


def _is_same_line(line: Line, fragment: Fragment) -> bool:
    last = line.fragments[-1]
    larger = max(line.size, fragment.size, 1.0)
    return abs(last.y - fragment.y) < _SAME_LINE * larger and fragment.x >= last.x - larger


def width_of(text: str) -> float:
    """About how wide a text is, in parts of the height of its letters."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    if char in _NARROW_LETTERS:
        return _NARROW
    return _WIDE if char in _WIDE_LETTERS else _MIDDLE
