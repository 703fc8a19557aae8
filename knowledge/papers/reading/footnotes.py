"""Tells footnotes from text, hangs them on their marks and reads where and when a source was looked up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from knowledge.papers.reading import inline
from knowledge.papers.reading.dates import DATE, partial_iso
from knowledge.papers.reading.document import Footnote, Remark, RemarkCode, RemarkKind, Run, plain
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

_DEFINITION = re.compile(rf"^(?:([{inline.SUPERSCRIPTS}]+)|\[(\d{{1,3}})\]:?)\s*(?=\S)")
_RETRIEVED = re.compile(
    r"[\s,;(\[]*\b(?:(?:letzter |letzte )?(?:Abruf(?:datum)?|Zugriff|Abfrage)|abgerufen|eingesehen"
    rf"|zuletzt (?:abgerufen|besucht|geprüft|eingesehen|aufgerufen))\b(?:\s+am)?:?\s*({DATE})[)\].]*",
    re.IGNORECASE,
)
_URL_LABEL = re.compile(r"[\s,;]*\b(?:URL|Online|Internet|Link|verfügbar unter|abrufbar unter)\s*:?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Note:
    key: str
    runs: list[Run]


def starts_note(text: str) -> bool:
    """The line opens with a mark, as the lines at the foot of a page do."""
    return bool(_DEFINITION.match(text))


def take_out(extract: Extract) -> list[Piece]:
    """The pieces without the footnotes that stand between them, marks turned into references.

    The notes end up in `extract.notes`: a paper read from plain text then looks like one whose
    format knows footnotes.
    """
    referenced = Counter(key for piece in extract.pieces for key in _keys_in(piece))
    pieces: list[Piece] = []
    found: list[_Note] = []
    for piece in extract.pieces:
        note = _definition(piece, referenced)
        if note:
            found.append(note)
        else:
            pieces.append(piece)
    names = _name(found, extract)
    for piece in pieces:
        _attach(piece, names)
    return pieces


def _keys_in(piece: Piece) -> list[str]:
    keys = inline.mark_keys(piece.runs)
    if piece.table:
        keys += [key for row in piece.table.rows for cell in row for key in inline.mark_keys(list(cell))]
    return keys[1:] if _DEFINITION.match(piece.text) else keys


def _definition(piece: Piece, referenced: Counter[str]) -> _Note | None:
    """A piece that opens with a mark is a note; with a bracketed mark only if something refers to it."""
    if piece.kind is not PieceKind.TEXT or not piece.runs:
        return None
    match = _DEFINITION.match(piece.runs[0].text)
    if not match:
        return None
    key = inline.mark_keys([Run(match[0])])[0]
    if match[2] and not referenced[key]:
        return None
    first = replace(piece.runs[0], text=piece.runs[0].text[match.end() :])
    return _Note(key, inline.merged([first, *piece.runs[1:]]))


def _name(found: list[_Note], extract: Extract) -> dict[str, list[str]]:
    """Give every note a key of its own, also when the paper counts anew on each page."""
    keys = [note.key for note in found]
    is_unique = len(set(keys)) == len(keys) and not set(keys) & set(extract.notes)
    names: dict[str, list[str]] = defaultdict(list)
    for number, note in enumerate(found, start=len(extract.notes) + 1):
        name = note.key if is_unique else str(number)
        names[note.key].append(name)
        extract.notes[name] = note.runs
    if not is_unique:
        text = ", ".join(keys)
        extract.remarks.append(Remark(RemarkKind.HEALED, RemarkCode.NOTES_RENUMBERED, text))
    return names


def _attach(piece: Piece, names: dict[str, list[str]]) -> None:
    for key in _keys_in(piece):
        if key not in names and f"[{key}]" not in piece.text:
            piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.MARK_WITHOUT_NOTE, inline.superscript(key))
    piece.runs = inline.with_marks(piece.runs, names)
    if piece.table:
        rows = tuple(tuple(tuple(inline.with_marks(list(cell), names)) for cell in row) for row in piece.table.rows)
        piece.table = replace(piece.table, rows=rows)


def described(key: str, runs: list[Run]) -> Footnote:
    """The note with its source, address and day of retrieval read out of its wording."""
    runs = inline.merged(runs)
    text = plain(tuple(runs))
    retrieval = _RETRIEVED.search(text)
    url = next((run.link for run in runs if run.link.startswith("http")), "")
    source = text
    if retrieval:
        source = source.replace(retrieval[0], "", 1)
    address = next((run.text for run in runs if run.link.startswith("http")), "")
    if address and address in source:
        before, _, after = source.partition(address)
        source = _URL_LABEL.sub("", before.rstrip(" <(")) + after.lstrip(">)")
    return Footnote(
        key=key,
        runs=tuple(runs),
        source=source.strip().rstrip(",;").strip(),
        url=url,
        retrieved=partial_iso(retrieval[1]) if retrieval else "",
    )
