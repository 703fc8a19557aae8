"""Reads .md: CommonMark with tables, footnotes and a head of properties."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.papers.reading import inline
from knowledge.papers.reading.document import RemarkCode, RemarkKind, Run, Runs, Table
from knowledge.papers.reading.pieces import Extract, Piece, PieceKind
from knowledge.papers.reading.plain import decode

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_NOTE = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s*(.*)")
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
# What nobody reads: targets of links, their definitions at the foot, the lines around program text.
_UNSEEN = re.compile(
    r"(?<=\])\[[^\]]*\]|(?<=\])\([^()\s]*(?:\s\"[^\"]*\")?\)|^\s*(?:```|~~~).*$|^\[[^\]^]+\]:\s+\S+.*$", re.MULTILINE
)
_PROPERTY = re.compile(r"([A-Za-z][\w-]*):\s*[\"']?(.*?)[\"']?\s*$")


def read(data: bytes) -> Extract:
    """The pieces of a Markdown text."""
    text = decode(data)
    extract = Extract([], source=html.unescape(_UNSEEN.sub("", text)))
    lines = _take_properties(text.split("\n"), extract)
    lines, notes = _take_notes(lines)
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    for key, note in notes.items():
        runs = _Reader(extract, set(notes)).note(parser.parse(note))
        extract.notes[key] = runs
    _Reader(extract, set(notes)).read(parser.parse("\n".join(lines)))
    return extract


def _take_properties(lines: list[str], extract: Extract) -> list[str]:
    """„--- title: … ---“ above the text belongs to the file, not to the paper."""
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        return lines
    end = [line.strip() for line in lines].index("---", 1)
    for line in lines[1:end]:
        if found := _PROPERTY.match(line):
            extract.properties[found[1].lower()] = found[2]
        if line.strip():
            extract.drop(RemarkCode.FILE_PROPERTY, line.strip())
    return lines[end + 1 :]


def _take_notes(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    kept: list[str] = []
    notes: dict[str, str] = {}
    key, is_code = "", False
    for line in lines:
        if _FENCE.match(line):
            is_code = not is_code
        found = None if is_code else _NOTE.match(line)
        if found:
            key = found[1]
            notes[key] = found[2]
        elif key and line.strip() and (line.startswith(("  ", "\t")) or _is_still_open(notes[key])):
            notes[key] += "\n" + line.strip()
        elif key and not line.strip():
            notes[key] += "\n"
        else:
            key = ""
            kept.append(line)
    return kept, {key: note.strip() for key, note in notes.items()}


def _is_still_open(note: str) -> bool:
    """A line that follows a note at once belongs to it even without an indent."""
    return not note.endswith("\n")


@dataclass(slots=True)
class _Reader:
    extract: Extract
    note_keys: set[str]
    lists: list[tuple[bool, int]] = field(default_factory=list)
    quotes: int = 0
    #: The item whose first paragraph is still to come: its number as printed.
    label: str | None = None
    item: Piece | None = None

    def read(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                end = _closing(tokens, index, "table_close")
                self._table(tokens[index:end])
                index = end
            elif token.type == "heading_open":
                self._add(Piece(PieceKind.HEADING, self._inline(tokens[index + 1]), int(token.tag[1])))
                index += 2
            elif token.type == "inline":
                self._text(self._inline(token))
            elif token.type in ("fence", "code_block"):
                piece = Piece(PieceKind.TEXT, [Run(token.content.rstrip("\n"))])
                piece.doubt(RemarkKind.UNCERTAIN, RemarkCode.CODE_AS_PARAGRAPH)
                self._add(piece)
            else:
                self._nest(token)
            index += 1

    def note(self, tokens: list[Token]) -> list[Run]:
        """The text of one footnote; its paragraphs become lines."""
        runs: list[Run] = []
        for token in tokens:
            if token.type == "inline":
                runs += [Run("\n")] if runs else []
                runs += self._inline(token)
        return inline.merged(runs)

    def _nest(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            is_ordered = token.type == "ordered_list_open"
            self.lists.append((is_ordered, int(token.attrGet("start") or 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.item = None
        elif token.type == "list_item_open":
            is_ordered, number = self.lists[-1]
            self.lists[-1] = (is_ordered, number + 1)
            self.label = f"{number}." if is_ordered else ""
            self.item = None
        elif token.type in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting

    def _text(self, runs: list[Run]) -> None:
        if self.lists and self.label is not None:
            is_ordered, _ = self.lists[-1]
            self.item = Piece(PieceKind.ITEM, runs, len(self.lists) - 1, is_ordered, self.label)
            self.label = None
            self._add(self.item)
        elif self.lists and self.item:
            self.item.runs = inline.merged([*self.item.runs, Run("\n"), *runs])
        elif runs:
            self._add(Piece(PieceKind.QUOTE if self.quotes else PieceKind.TEXT, runs))

    def _add(self, piece: Piece) -> None:
        piece.is_strong = bool(piece.runs) and all(run.bold for run in piece.runs)
        self.extract.pieces.append(piece)

    def _table(self, tokens: list[Token]) -> None:
        rows: list[tuple[Runs, ...]] = []
        cells: list[Runs] = []
        for token in tokens:
            if token.type == "inline":
                cells.append(tuple(self._inline(token)))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self._add(Piece(PieceKind.TABLE, table=Table(tuple(rows), has_header=True)))

    def _inline(self, token: Token) -> list[Run]:
        runs: list[Run] = []
        dress = Run()
        for child in token.children or []:
            if child.type in ("strong_open", "strong_close"):
                dress = replace(dress, bold=child.nesting > 0)
            elif child.type in ("em_open", "em_close"):
                dress = replace(dress, italic=child.nesting > 0)
            elif child.type == "link_open":
                dress = replace(dress, link=str(child.attrGet("href") or ""))
            elif child.type == "link_close":
                dress = replace(dress, link="")
            elif child.type == "image":
                self._picture(child)
            elif child.type in ("softbreak", "hardbreak"):
                runs.append(replace(dress, text=" " if child.type == "softbreak" else "\n"))
            else:
                runs += self._words(child.content, dress)
        return inline.merged(runs)

    def _words(self, text: str, dress: Run) -> list[Run]:
        runs: list[Run] = []
        position = 0
        for found in _MARK.finditer(text):
            if found[1] in self.note_keys:
                runs += [replace(dress, text=text[position : found.start()]), Run(mark=found[1])]
                position = found.end()
        rest = text[position:]
        bare = [Run(rest)] if dress.link else inline.linked(rest)
        return runs + [replace(dress, text=run.text, link=run.link or dress.link) for run in bare]

    def _picture(self, token: Token) -> None:
        alt = token.content or str(token.attrGet("src") or "")
        self.extract.drop(RemarkCode.PICTURE, alt)
        self._add(Piece(PieceKind.FIGURE, [Run(alt)]))


def _closing(tokens: list[Token], index: int, kind: str) -> int:
    return next(at for at in range(index, len(tokens)) if tokens[at].type == kind)
