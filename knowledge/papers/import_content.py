"""Turns a recognised paper into the blocks of a page, and into the same HTML for its preview."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.html import escape

from knowledge.papers.blocks import FOOTNOTE_KEY_PATTERN
from knowledge.papers.reading.document import (
    Block,
    Figure,
    Footnote,
    ListBlock,
    Paragraph,
    Quote,
    RecognisedPaper,
    Run,
    Runs,
    Section,
    Table,
    plain,
)

Raw = dict[str, Any]
Mark = Callable[[str], str]
MAX_NUMBER_LENGTH = 12
MAX_HEADING_LENGTH = 255
DEEPEST_LEVEL = 3
# A mark without a note would be refused by the page; an unseen joiner inside keeps the text and makes it no mark.
_LITERAL_MARK = re.compile(r"\[\^(?=[0-9A-Za-z]{1,8}\])")
_UNLINKED = "[\u2060^"
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def mark_in_text(key: str) -> str:
    """A footnote mark as pages store it."""
    return f"[^{key}]"


def content_of(paper: RecognisedPaper, known_sections: Iterable[Any] = ()) -> dict[str, list[Raw]]:
    """The streams of the page; sections that the page already has keep their ids, so their anchors stay."""
    keys = _page_keys(paper)

    def mark(key: str) -> str:
        return mark_in_text(keys[key])

    sections = [_section(section, mark) for section in paper.sections]
    for raw, block_id in zip(sections, _kept_ids(paper.sections, known_sections), strict=True):
        if block_id:
            raw["id"] = block_id
    return {
        "opening": list(_body(paper.preamble, mark)),
        "sections": sections,
        "footnotes": [_footnote(note, keys[note.key], mark) for note in paper.footnotes],
    }


def _footnote(note: Footnote, key: str, mark: Mark) -> Raw:
    """A plain reference goes into the fields for source and address; any other wording stays as it is."""
    links = {run.link for run in note.runs if run.link}
    is_reference = links == {note.url} and not any(run.bold or run.italic or run.mark for run in note.runs)
    value = {"key": key, "text": "", "source": "", "url": "", "retrieved": ""}
    if is_reference:
        value |= {"source": note.source, "url": note.url, "retrieved": note.retrieved}
    else:
        value["text"] = f"<p>{html_of_runs(note.runs, mark)}</p>"
    return {"type": "footnote", "value": value}


def _page_keys(paper: RecognisedPaper) -> Mapping[str, str]:
    """The marks as a page can store them; keys with other signs are counted instead."""
    keys = [note.key for note in paper.footnotes]
    if all(map(FOOTNOTE_KEY_PATTERN.match, keys)):
        return {key: key for key in keys}
    return {key: str(number) for number, key in enumerate(keys, start=1)}


def _kept_ids(sections: Iterable[Section], known: Iterable[Any]) -> Iterator[str]:
    """For each section the id of the block that it is the new text of; first by number and heading."""
    free = {block.id: (block.value["number"] or "", block.value["heading"]) for block in known}
    wanted = [_number_and_heading(section) for section in sections]
    found: dict[int, str] = {}
    for exactly in (True, False):
        for position, (number, heading) in enumerate(wanted):
            if position in found:
                continue
            same = (
                block_id
                for block_id, (known_number, known_heading) in free.items()
                if known_heading == heading and (known_number == number or not exactly)
            )
            if block_id := next(same, ""):
                found[position] = block_id
                del free[block_id]
    return (found.get(position, "") for position in range(len(wanted)))


def _number_and_heading(section: Section) -> tuple[str, str]:
    if len(section.number) > MAX_NUMBER_LENGTH:
        return "", section.title[:MAX_HEADING_LENGTH]
    return section.number, section.heading[:MAX_HEADING_LENGTH]


def _section(section: Section, mark: Mark) -> Raw:
    number, heading = _number_and_heading(section)
    value = {
        "heading": heading,
        "number": number,
        "level": str(min(section.level, DEEPEST_LEVEL)),
        "body": list(_body(section.blocks, mark)),
    }
    return {"type": "section", "value": value}


def _body(blocks: Iterable[Block], mark: Mark) -> Iterator[Raw]:
    """Paragraphs and lists that follow each other become one text, as an editor would write them."""
    for is_text, group in groupby(blocks, lambda block: isinstance(block, Paragraph | ListBlock)):
        if is_text:
            yield {"type": "text", "value": "".join(html_of(block, mark) for block in group)}
            continue
        for block in group:
            if isinstance(block, Quote):
                text = f"<p>{html_of_runs(block.runs, mark)}</p>"
                yield {"type": "quote", "value": {"text": text, "attribution": ""}}
            elif isinstance(block, Table):
                yield {"type": "table", "value": _table(block, mark)}


def _table(table: Table, mark: Mark) -> Raw:
    rows = [[_cell(cell, mark) for cell in row] for row in table.rows]
    headings = rows[0] if rows and heads_columns(table) else []
    body = rows[1:] if headings else rows
    width = max((len(row) for row in rows), default=0)
    return {
        "caption": table.caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings or [""] * width],
        "rows": [{"values": row} for row in body],
    }


def heads_columns(table: Table) -> bool:
    """The first row names the columns: the file says so, or it holds only words; marks are shown in cells only."""
    first = table.rows[0] if len(table.rows) > 1 else ()
    if any(run.mark for cell in first for run in cell):
        return False
    words = [plain(cell).strip() for cell in first]
    return bool(words) and (table.has_header or all(word and not word[0].isdigit() for word in words))


def _cell(runs: Runs, mark: Mark) -> str:
    words = (mark(run.mark) if run.mark else _LITERAL_MARK.sub(_UNLINKED, run.text) for run in runs)
    return " ".join("".join(words).split())


def html_of(block: Block, mark: Mark = mark_in_text) -> str:
    """The block as HTML of the few tags that pages know."""
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        items = "".join(
            f"<li>{html_of_runs(item.runs, mark)}{''.join(html_of(child, mark) for child in item.children)}</li>"
            for item in block.items
        )
        return f"<{tag}>{items}</{tag}>"
    if isinstance(block, Table | Figure):
        return ""
    tag = "blockquote" if isinstance(block, Quote) else "p"
    return f"<{tag}>{html_of_runs(block.runs, mark)}</{tag}>"


def html_of_runs(runs: Runs, mark: Mark = mark_in_text) -> str:
    """The runs as HTML; every word of the file is escaped."""
    return "".join(_html_of_run(run, mark) for run in runs)


def _html_of_run(run: Run, mark: Mark) -> str:
    if run.mark:
        return mark(run.mark)
    html = _LITERAL_MARK.sub(_UNLINKED, escape(run.text)).replace("\n", "<br/>")
    if run.bold:
        html = f"<b>{html}</b>"
    if run.italic:
        html = f"<i>{html}</i>"
    if run.link and _SAFE_LINK.match(run.link):
        html = f'<a href="{escape(run.link)}">{html}</a>'
    return html
