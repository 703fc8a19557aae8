"""Writes what the reader of papers recognised as the blocks of a position paper."""

from itertools import groupby
from typing import Any

from django.utils.html import escape

from knowledge.papers.reading.document import (
    Block,
    Footnote,
    ListBlock,
    Quote,
    RecognisedPaper,
    Run,
    Runs,
    Table,
    plain,
)


def opening_of(paper: RecognisedPaper) -> list[dict[str, Any]]:
    """Return the blocks that stand before the first section."""
    return _body(paper.preamble)


def sections_of(paper: RecognisedPaper, captions: list[str]) -> list[dict[str, Any]]:
    """Return the sections; their tables get the `captions` in the order in which they appear."""
    sections = [
        {
            "heading": section.heading,
            "number": section.number.rstrip("."),
            "level": str(section.level),
            "body": _body(section.blocks),
        }
        for section in paper.sections
    ]
    tables = [block for section in sections for block in section["body"] if block["type"] == "table"]
    for table, caption in zip(tables, captions, strict=True):
        table["value"]["caption"] = caption
    return [{"type": "section", "value": section} for section in sections]


def footnotes_of(paper: RecognisedPaper) -> list[dict[str, Any]]:
    """Return the notes; text beside source, address and day of retrieval there is none."""
    return [{"type": "footnote", "value": _footnote(note)} for note in paper.footnotes]


def _footnote(note: Footnote) -> dict[str, Any]:
    return {"key": note.key, "text": "", "source": note.source, "url": note.url, "retrieved": note.retrieved}


def _body(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Paragraphs and lists that follow each other are one stretch of running text, as an editor would write it."""
    body: list[dict[str, Any]] = []
    for kind, group in groupby(blocks, _kind):
        if kind == "text":
            body.append({"type": "text", "value": "".join(_html(block) for block in group)})
        else:
            body += [{"type": kind, "value": _value(block)} for block in group]
    return body


def _kind(block: Block) -> str:
    return {Quote: "quote", Table: "table"}.get(type(block), "text")


def _value(block: Quote | Table) -> dict[str, Any]:
    if isinstance(block, Quote):
        return {"text": f"<p>{_inline(block.runs)}</p>", "attribution": ""}
    head, *rows = [[plain(cell) for cell in row] for row in block.rows]
    return {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": row} for row in rows],
        "caption": block.caption,
    }


def _html(block: Block) -> str:
    if not isinstance(block, ListBlock):
        return f"<p>{_inline(block.runs)}</p>"
    tag = "ol" if block.ordered else "ul"
    items = (f"<li>{_inline(item.runs)}{''.join(map(_html, item.children))}</li>" for item in block.items)
    return f"<{tag}>{''.join(items)}</{tag}>"


def _inline(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.mark:
        return f"[^{run.mark}]"
    html = escape(run.text).replace("\n", "<br/>")
    for is_so, tag in ((run.bold, "b"), (run.italic, "i")):
        html = f"<{tag}>{html}</{tag}>" if is_so else html
    return f'<a href="{escape(run.link)}">{html}</a>' if run.link else html
