"""Turns drawn lines into running text: words and sentences that a line break tore apart are found as a whole."""

from __future__ import annotations

import re
import unicodedata

from knowledge.papers.reading.healing import SOFT_HYPHEN, is_finished, seam

_BLANKS = re.compile(r"[ \t\u00a0]+")
#: Control characters and halves of characters, which databases and browsers refuse.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: A line that fills this share of the longest one goes on in the next.
_FULL_SHARE = 0.6


def clean(text: str) -> str:
    """Return text as it may be kept: composed, printable, without invisible hyphens."""
    plain = _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace(SOFT_HYPHEN, ""))
    return unicodedata.normalize("NFC", plain)


def running_text(drawn: str) -> str:
    """Join the lines of a page to sentences; what looks like a heading or an item stays a line of its own."""
    lines = [stripped for line in drawn.splitlines() if (stripped := _BLANKS.sub(" ", line).strip())]
    longest = max(map(len, lines), default=0)
    joined: list[str] = []
    last = ""
    for line in lines:
        how = seam(last, line) if last else None
        is_torn = how is not None and (how.cut > 0 or how.between == "")
        if how is not None and (is_torn or (len(last) >= longest * _FULL_SHARE and not is_finished(last))):
            joined.append(f"{joined.pop()[: -how.cut or None]}{how.between}{line}")
        else:
            joined.append(line)
        last = line
    return clean("\n".join(joined))


def letters_in(text: str) -> int:
    """Count letters and digits."""
    return sum(map(str.isalnum, text))
