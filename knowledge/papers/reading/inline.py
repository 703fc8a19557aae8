"""Finds emphasis, links and footnote marks inside a line of plain text."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.papers.reading.document import Run

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_TO_SUPERSCRIPTS = str.maketrans("0123456789", SUPERSCRIPTS)

# An asterisk inside a word is a gender form („Schüler*innen“) and never opens or closes emphasis.
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.{1,400}?)(?<=[^\s*])\1(?![\w*])", re.S)
_LINK = re.compile(
    r"<(?P<bracketed>(?:https?://|mailto:)[^<>\s]+)>"
    r"|(?P<bare>(?<![\w/])(?:https?://|www\.)[^\s<>\"„“”»«]+)"
)
_TRAILING = ".,;:!?'’)]}"
# „m²“ and „km³“ are units and no notes.
_MARK = re.compile(rf"(?<!\bm)(?<!\b[kcd]m)(?P<raised>[{SUPERSCRIPTS}]+)|\[(?P<bracketed>\d{{1,3}})\]")


def parse(text: str) -> list[Run]:
    """Plain text as runs; asterisks and angle brackets that only dress the text are taken off."""
    runs: list[Run] = []
    position = 0
    for match in _EMPHASIS.finditer(text):
        runs += linked(text[position : match.start()])
        stars = len(match[1])
        inner = linked(match[2])
        runs += [replace(run, italic=stars != 2, bold=stars >= 2) for run in inner]
        position = match.end()
    return runs + linked(text[position:])


def linked(text: str) -> list[Run]:
    """Plain text as runs with its addresses as links, nothing else changed."""
    runs: list[Run] = []
    position = 0
    for match in _LINK.finditer(text):
        start, end, address = match.start(), match.end(), match["bracketed"]
        if address is None:
            address = _without_trailing(match["bare"])
            end = start + len(address)
        runs += _plain_run(text[position:start])
        link = f"http://{address}" if address.startswith("www.") else address
        runs.append(Run(address.removeprefix("mailto:"), link=link))
        position = end
    return runs + _plain_run(text[position:])


def _without_trailing(address: str) -> str:
    """Punctuation behind an address belongs to the sentence, unless a bracket was opened inside."""
    while address[-1] in _TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _plain_run(text: str) -> list[Run]:
    return [Run(text)] if text else []


def mark_keys(runs: list[Run]) -> list[str]:
    """The keys of everything in the runs that looks like a footnote mark, in order."""
    return [_key(match) for run in runs for match in _MARK.finditer(run.text) if not run.link]


def with_marks(runs: list[Run], renamed: dict[str, list[str]]) -> list[Run]:
    """Turn marks into mark runs; `renamed` hands out, key by key, the names the notes bear in the paper."""
    result: list[Run] = []
    for run in runs:
        position = 0
        for match in [] if run.link else _MARK.finditer(run.text):
            names = renamed.get(_key(match))
            if not names:
                continue
            result += _piece_of(run, run.text[position : match.start()])
            result.append(Run(mark=names.pop(0) if len(names) > 1 else names[0]))
            position = match.end()
        rest = run.text[position:]
        result += [run] if not position else _piece_of(run, rest)
    return result


def _piece_of(run: Run, text: str) -> list[Run]:
    return [replace(run, text=text)] if text else []


def _key(match: re.Match[str]) -> str:
    return match["bracketed"] or match["raised"].translate(_TO_DIGITS)


def superscript(digits: str) -> str:
    """„12“ as „¹²“: the form in which readers hand on raised digits that a format declares."""
    return digits.translate(_TO_SUPERSCRIPTS)


def raised(runs: list[Run]) -> list[Run]:
    """Digits that somebody raised by hand are footnote marks typed as text."""
    return [replace(run, text=superscript(run.text)) if run.text.strip().isdecimal() else run for run in runs]


def merged(runs: list[Run]) -> list[Run]:
    """The same text with as few runs as possible, without blanks at either end or inside a dress's edges."""
    return _stripped(_joined(_with_bare_blanks(_joined(runs))))


def _joined(runs: list[Run]) -> list[Run]:
    result: list[Run] = []
    for run in runs:
        if not run.text and not run.mark:
            continue
        if result and not run.mark and replace(result[-1], text="") == replace(run, text=""):
            result[-1] = replace(run, text=result[-1].text + run.text)
        else:
            result.append(run)
    return result


def _with_bare_blanks(runs: list[Run]) -> list[Run]:
    """A blank at the edge of bold, italic or linked words belongs to the text around them."""
    result: list[Run] = []
    for run in runs:
        core = run.text.strip()
        if run.mark or not core or replace(run, text="") == Run():
            result.append(run if core or run.mark else Run(run.text))
            continue
        before, _, after = run.text.partition(core)
        result += [Run(before), replace(run, text=core), Run(after)]
    return result


def _stripped(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].mark and not runs[0].text.lstrip():
        runs.pop(0)
    while runs and not runs[-1].mark and not runs[-1].text.rstrip():
        runs.pop()
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return runs
