"""Puts together again what a line or page break tore apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.papers.reading import inline
from knowledge.papers.reading.document import Run

SOFT_HYPHEN = "\u00ad"
_BLANKS = re.compile(r"[ \t]+")
_TORN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_HYPHENS = ("-", "\u2010", "\u2011")
# „Schul- und Ausbildung“: the hyphen stands for the rest of the word and is no broken line.
_AFTER_SUSPENDED_HYPHEN = frozenset(
    {"und", "oder", "bzw", "sowie", "beziehungsweise", "noch", "als", "wie", "statt", "bis", "in", "im"}
)
_PUNCTUATION = '.,;:!?)]}“”"’'
_CLOSING = "\"'“”»«’)]…"
_TERMINAL = re.compile(rf"[.!?:…][{re.escape(_CLOSING)}]*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d+\])*$")
_MID_PHRASE = """
    der die das den dem des ein eine einen einem einer eines kein keine keinen keiner
    und oder sowie bzw. beziehungsweise aber sondern denn dass daß ob wenn weil damit sodass um
    als wie mit von vom für durch über unter gegen ohne bei beim nach seit aus in im an am auf
    zu zum zur vor hinter neben zwischen während wegen trotz innerhalb außerhalb gemäß laut
    sehr nicht auch nur ihre ihrer ihren ihrem seine seiner seinen seinem diese dieser dieses
    diesen diesem jene jener welche welcher alle aller allen beide beider mehr weniger zwar
"""
# A sentence does not stop behind one of these, so a capital letter after them is a German noun.
_NEVER_LAST = frozenset(_MID_PHRASE.split())
_SALUTATION_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Seam:
    """How two lines are put together: what falls off the end of the first, and what comes between."""

    cut: int = 0
    between: str = " "
    #: „Berufs-|vorbereitung → Berufsvorbereitung“, when a broken word was healed.
    healed: str = ""


def seam(before: str, after: str) -> Seam:
    """How a line goes on in the next one."""
    if not before.strip() or not after.strip():
        return Seam(between="")
    first, last = after.split(maxsplit=1)[0], before.split()[-1]
    word = first.rstrip(_PUNCTUATION)
    if last.endswith(SOFT_HYPHEN):
        return Seam(1, "", f"{last[:-1]}-|{word} → {last[:-1]}{word}")
    if _is_inside_address(last):
        return Seam(between="")
    is_suspended = word.lower() in _AFTER_SUSPENDED_HYPHEN
    if last in _HYPHENS or not last.endswith(_HYPHENS) or is_suspended:
        return Seam()
    if first[0].islower() and _TORN_WORD.search(last):
        return Seam(1, "", f"{last}|{word} → {last[:-1]}{word}")
    return Seam(between="")


def join_runs(before: list[Run], after: list[Run]) -> tuple[list[Run], str]:
    """Two lines as one, each word in its dress; and what was healed on the way."""
    before, after = inline.merged(before), inline.merged(after)
    if not before or not after:
        return before or after, ""
    tail = before[-1]
    how = seam(tail.text or "…", after[0].text or "…")
    if how.cut:
        before[-1] = replace(tail, text=tail.text[: -how.cut])
    head = after[0]
    between = Run(
        how.between,
        bold=tail.bold and head.bold,
        italic=tail.italic and head.italic,
        link=tail.link if tail.link == head.link else "",
    )
    return inline.merged([*before, between, *after]), how.healed


def join_lines(lines: Iterable[str]) -> tuple[str, list[str]]:
    """The lines of one paragraph as running text, and the words that were healed."""
    text = ""
    healed: list[str] = []
    for line in lines:
        line = _BLANKS.sub(" ", line).strip()
        how = seam(text, line)
        text = text[: len(text) - how.cut] + how.between + line
        healed += [how.healed] if how.healed else []
    return text, healed


def _is_inside_address(word: str) -> bool:
    """An address in angle brackets, or one that stops at a slash or hyphen, goes on in the next line."""
    opened = word.rfind("<http")
    if opened >= 0:
        return ">" not in word[opened:]
    return ("://" in word or "www." in word) and word.endswith(("/", "-", "_", "=", "&", "?"))


def is_finished(text: str) -> bool:
    """The text ends as sentences end."""
    return bool(_TERMINAL.search(text.rstrip()))


def ends_mid_phrase(text: str) -> bool:
    """The text stops behind a word or a sign behind which no sentence and no heading stops."""
    stripped = text.rstrip().rstrip('“”"')
    if stripped.endswith((",", "(", "„", "/", "–", *_HYPHENS)):
        return True
    words = stripped.split()
    return bool(words) and words[-1] in _NEVER_LAST


def continues(before: str, after: str) -> bool:
    """The second text goes on with the sentence that the first one left unfinished."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or is_finished(before):
        return False
    start = after.lstrip("„“\"»«(‚'")
    if start[:1].islower():
        return not after.startswith(("www.", "http")) and not re.match(r"[a-z]\)", after)
    if len(before) < _SALUTATION_LIMIT and before.endswith(","):
        return False
    return ends_mid_phrase(before)
