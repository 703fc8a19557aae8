"""Reads what stands above the text: title, working group, Stand, work phase."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import PurePath

from knowledge.papers.reading.dates import DATE, partial_iso
from knowledge.papers.reading.document import Remark, RemarkCode, RemarkKind
from knowledge.papers.reading.headings import looks_like_heading
from knowledge.papers.reading.labels import split_number
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind

_AS_OF = re.compile(rf"\b(?:Stand|Fassung vom|Beschlossen am)(?:\s+vom)?\s*:?\s*({DATE})", re.IGNORECASE)
_PAPER_KIND = re.compile(
    r"(?:(?:Gemeinsames\s)?(?:Positions|Arbeits|Diskussions|Thesen|Eckpunkte|Grundlagen|Strategie)papier"
    r"|Stellungnahme|Entwurf|Handreichung|Empfehlungen?)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:(?:Fach|Unter|Projekt|Experten)?(?:[Aa]rbeits|[Pp]rojekt|[Ff]ach|[Ss]teuerungs)gruppe|AG"
    r"|(?:Fach)?[Aa]rbeitskreis|Arbeitsgemeinschaft|(?:Fach)?[Aa]usschuss|Beirat|Netzwerk|Initiative"
    r"|Runder Tisch)\b[^:]{0,80}"
)
_PUBLISHER = re.compile(r"(?:Herausgegeben von(?: der| dem| den)?|Herausgeber(?:in)?:)\s+(.+)")
_PHASE = re.compile(
    r"(?:\d{1,2}\.\s|(?:Erste|Zweite|Dritte|Vierte|Fünfte|Sechste)\s)?"
    r"Arbeitsphase(?:\s[\dIVX]{1,4}\b(?:\s?[–/-]\s?\d{2,4})?)?"
)
_LONGEST_DETAIL = 100
_SEPARATORS = " ,;|·–-()\t\n"


@dataclass(slots=True)
class Front:
    """The details of the paper, and the pieces that are left for its text."""

    title: str = ""
    issuing_body: str = ""
    as_of: datetime.date | None = None
    work_phase: str = ""
    rest: list[Piece] = field(default_factory=list)


def read(extract: Extract, pieces: list[Piece], file_name: str) -> Front:
    """Take the lines above the text off the pieces; a line that became a detail is told as a remark."""
    front = Front()
    declared = _declared_title(pieces)
    end = _end_of_front(pieces, declared)
    lines = [piece for piece in pieces[:end] if not _takes_details(front, extract, piece)]
    title = declared if declared in lines else max(lines, key=lambda line: line.size, default=None)
    if title:
        front.title = title.text
        extract.remarks += [Remark(*doubt, page=title.page) for doubt in title.doubts]
        lines.remove(title)
    front.rest = lines + pieces[end:]
    _fill_in(front, extract, file_name)
    return front


def _declared_title(pieces: list[Piece]) -> Piece | None:
    """The heading that the format marks as the title, or that can only be the title."""
    headings = [piece for piece in pieces if piece.kind is PieceKind.HEADING]
    if not headings:
        return None
    first = headings[0]
    others = [heading.level for heading in headings[1:]]
    position = pieces.index(first)
    has_no_text = pieces[position + 1 : position + 2] == headings[1:2] != []
    is_title = first.level == 0 or first.level < min(others, default=99) or has_no_text
    return first if is_title and not split_number(first.text)[0] else None


def _end_of_front(pieces: list[Piece], title: Piece | None) -> int:
    """Front lines stop at the first running text, list, table or section."""
    for index, piece in enumerate(pieces):
        if piece is not title and (piece.kind is not PieceKind.TEXT or not _is_front_line(piece)):
            return index
    return len(pieces)


def _is_front_line(piece: Piece) -> bool:
    text = piece.text.replace("\n", " ")
    if len(text) < _LONGEST_DETAIL and _AS_OF.search(text):
        return True
    if _PUBLISHER.match(text) or _PAPER_KIND.fullmatch(text):
        return True
    return looks_like_heading(text) and (not split_number(text)[0] or bool(_GROUP.match(text)))


def _takes_details(front: Front, extract: Extract, piece: Piece) -> bool:
    """Whether the line says nothing but details about the paper, so that it leaves the text."""
    if piece.kind is PieceKind.HEADING:
        return False
    rest = piece.text
    if stand := _AS_OF.search(rest):
        _set_as_of(front, extract, stand[1])
        rest = rest.replace(stand[0], "")
    if phase := _PHASE.search(rest):
        front.work_phase = phase[0].strip()
        rest = rest.replace(phase[0], "")
    if publisher := _PUBLISHER.match(rest):
        front.issuing_body, rest = publisher[1].strip(), ""
    elif not front.issuing_body and _GROUP.fullmatch(rest.strip(_SEPARATORS)):
        front.issuing_body, rest = rest.strip(_SEPARATORS), ""
    if _PAPER_KIND.sub("", rest).strip(_SEPARATORS):
        return False
    extract.drop(RemarkCode.FRONT_LINE, piece.text, piece.page)
    return True


def _set_as_of(front: Front, extract: Extract, printed: str) -> None:
    iso = partial_iso(printed)
    if not iso:
        return
    front.as_of = datetime.date.fromisoformat((iso + "-01-01")[: len("2014-04-30")])
    if len(iso) < len("2014-04-30"):
        extract.remarks.append(Remark(RemarkKind.UNCERTAIN, RemarkCode.DAY_ASSUMED, printed))


def _fill_in(front: Front, extract: Extract, file_name: str) -> None:
    """What the first lines leave open may stand in running lines, properties or the file name."""
    if not front.as_of:
        for text in (*(remark.text for remark in extract.remarks), *_short_texts(front.rest)):
            if stand := _AS_OF.search(text):
                _set_as_of(front, extract, stand[1])
                break
    if not front.issuing_body and ":" in front.title and (group := _GROUP.match(front.title)):
        front.issuing_body = group[0].strip()
    if not front.title:
        stem = PurePath(file_name).stem.replace("_", " ").replace("-", " ").strip()
        front.title = extract.properties.get("title", "").strip() or front.issuing_body or stem
        remark = Remark(RemarkKind.UNCERTAIN, RemarkCode.TITLE_FROM_FILE_NAME, front.title)
        extract.remarks.append(remark)


def _short_texts(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if len(piece.text) < _LONGEST_DETAIL]
