"""Holds the words of a file against the words of the recognised paper."""

from __future__ import annotations

import re

from knowledge.papers.reading import labels

_DRESS = re.compile(r"^[#>|\s]+")
_MARKS = re.compile(r"\[(?:\^[\w-]{1,20}|\d{1,3})\]:?")


def lost_lines(source: str, taken_over: str) -> list[str]:
    """Lines of the file whose letters stand nowhere in what was taken over or told as dropped."""
    haystack = "".join(map(_letters, taken_over.split("\n")))
    lost = []
    position = 0
    for line in source.split("\n"):
        letters = _letters(line)
        if not letters:
            continue
        # Nearly every line follows the one before it, so the search starts there.
        found = haystack.find(letters, position)
        if found < 0:
            found = haystack.find(letters)
        if found < 0:
            lost.append(line.strip())
        else:
            position = found + len(letters)
    return lost


def _letters(line: str) -> str:
    """Letters and digits only: signs of lists, emphasis and notes are dress, hyphens may be healed."""
    bare = _DRESS.sub("", line)
    label = labels.match(bare)
    text = label.rest if label else bare
    return "".join(char for char in _MARKS.sub("", text) if char.isalpha() or char.isdecimal())
