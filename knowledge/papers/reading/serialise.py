"""Writes a recognised paper as JSON and reads it back: what crosses from the reading process, and what is stored."""

from __future__ import annotations

import datetime
from typing import Any

from knowledge.papers.reading.document import (
    Block,
    Figure,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    RecognisedPaper,
    Remark,
    RemarkCode,
    RemarkKind,
    Run,
    Runs,
    Section,
    Table,
)

Json = dict[str, Any]


def to_json(paper: RecognisedPaper) -> Json:
    """The paper as plain dicts, lists and strings."""
    return {
        "title": paper.title,
        "issuing_body": paper.issuing_body,
        "as_of": paper.as_of.isoformat() if paper.as_of else None,
        "work_phase": paper.work_phase,
        "preamble": [_block_to_json(block) for block in paper.preamble],
        "sections": [
            {
                "level": section.level,
                "number": section.number,
                "heading": section.heading,
                "blocks": [_block_to_json(block) for block in section.blocks],
            }
            for section in paper.sections
        ],
        "footnotes": [
            {
                "key": note.key,
                "runs": _runs_to_json(note.runs),
                "source": note.source,
                "url": note.url,
                "retrieved": note.retrieved,
            }
            for note in paper.footnotes
        ],
        "remarks": [
            {
                "kind": str(remark.kind),
                "code": str(remark.code),
                "text": remark.text,
                "section": remark.section,
                "block": remark.block,
                "page": remark.page,
            }
            for remark in paper.remarks
        ],
    }


def from_json(data: Json) -> RecognisedPaper:
    """The paper that `to_json` wrote."""
    return RecognisedPaper(
        title=data["title"],
        issuing_body=data["issuing_body"],
        as_of=datetime.date.fromisoformat(data["as_of"]) if data["as_of"] else None,
        work_phase=data["work_phase"],
        preamble=_blocks(data["preamble"]),
        sections=tuple(
            Section(part["level"], part["number"], part["heading"], _blocks(part["blocks"]))
            for part in data["sections"]
        ),
        footnotes=tuple(Footnote(**note | {"runs": _runs(note["runs"])}) for note in data["footnotes"]),
        remarks=tuple(_remark(remark) for remark in data["remarks"]),
    )


def _block_to_json(block: Block) -> Json:
    match block:
        case Paragraph(runs):
            return {"type": "paragraph", "runs": _runs_to_json(runs)}
        case Quote(runs):
            return {"type": "quote", "runs": _runs_to_json(runs)}
        case ListBlock(ordered, items):
            return {"type": "list", "ordered": ordered, "items": [_item_to_json(item) for item in items]}
        case Table(rows, has_header, caption):
            cells = [[_runs_to_json(cell) for cell in row] for row in rows]
            return {"type": "table", "rows": cells, "has_header": has_header, "caption": caption}
        case Figure(alt):
            return {"type": "figure", "alt": alt}


def _item_to_json(item: ListItem) -> Json:
    children = [_block_to_json(child) for child in item.children]
    return {"runs": _runs_to_json(item.runs), "children": children}


def _runs_to_json(runs: Runs) -> list[Json]:
    """Only what differs from plain text, since a paper has thousands of runs."""
    plain = Run()
    fields = ("text", "bold", "italic", "link", "mark")
    return [{name: value for name in fields if (value := getattr(run, name)) != getattr(plain, name)} for run in runs]


def _blocks(data: list[Json]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in data)


def _block(data: Json) -> Block:
    match data["type"]:
        case "paragraph":
            return Paragraph(_runs(data["runs"]))
        case "quote":
            return Quote(_runs(data["runs"]))
        case "list":
            return _list(data)
        case "table":
            rows = tuple(tuple(_runs(cell) for cell in row) for row in data["rows"])
            return Table(rows, data["has_header"], data["caption"])
        case "figure":
            return Figure(data["alt"])
        case unknown:
            raise ValueError(f"There is no block of the type {unknown!r}.")


def _list(data: Json) -> ListBlock:
    items = tuple(
        ListItem(_runs(item["runs"]), tuple(_list(child) for child in item["children"])) for item in data["items"]
    )
    return ListBlock(data["ordered"], items)


def _runs(data: list[Json]) -> Runs:
    return tuple(Run(**run) for run in data)


def _remark(data: Json) -> Remark:
    return Remark(
        RemarkKind(data["kind"]),
        RemarkCode(data["code"]),
        data["text"],
        data["section"],
        data["block"],
        data["page"],
    )
