"""Turns the demo's Markdown into the blocks of an ordinary page's body."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).with_name("texts")

#: A line of the file is a line of the text: easy language puts every thought on a line of its own.
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": True}).enable("table")
#: A paragraph that begins so is the caption of the table below it.
_CAPTION = "Tabelle: "
_DOCUMENT_LINK = re.compile(r'<a href="dokument:(?P<key>[\w-]+)">(?P<words>[^<]+)</a>')


def body_of(name: str, documents: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the blocks of the page text `name`: headings, running text, quotations and tables."""
    link = partial(_document_link, documents)
    source = (FOLDER / "pages" / f"{name}.md").read_text(encoding="utf-8")
    blocks: list[dict[str, Any]] = []
    caption = ""
    for part in _top_level_parts(_parser.parse(source)):
        kind = part[0].type
        if kind == "heading_open":
            blocks.append({"type": "heading", "value": part[1].content})
        elif kind == "paragraph_open" and part[1].content.startswith(_CAPTION):
            caption = part[1].content.removeprefix(_CAPTION)
        elif kind == "table_open":
            blocks.append({"type": "table", "value": _table(part, caption)})
        elif kind == "blockquote_open":
            blocks.append({"type": "quote", "value": {"text": link(_html(part[1:-1])), "attribution": ""}})
        elif blocks and blocks[-1]["type"] == "text":
            blocks[-1]["value"] += link(_html(part))
        else:
            blocks.append({"type": "text", "value": link(_html(part))})
    return blocks


def _top_level_parts(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            parts.append([])
        parts[-1].append(token)
        depth += token.nesting
    return parts


def _html(tokens: list[Token]) -> str:
    html = _parser.renderer.render(tokens, _parser.options, {})
    # The names that Wagtail's editor itself writes, so that opening a page for editing changes nothing.
    for markdown, wagtail in (("strong>", "b>"), ("em>", "i>"), ("<br />", "<br/>"), ("\n", "")):
        html = html.replace(markdown, wagtail)
    return html


def _document_link(documents: Mapping[str, int], html: str) -> str:
    """Turn `[words](dokument:key)` into Wagtail's link; without the document, the words stay."""

    def linked(match: re.Match) -> str:
        pk = documents.get(match["key"])
        return f'<a linktype="document" id="{pk}">{match["words"]}</a>' if pk else match["words"]

    return _DOCUMENT_LINK.sub(linked, html)


def _table(tokens: list[Token], caption: str) -> dict[str, Any]:
    """Return a typed table of plain text; the first row holds the headings of the columns."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return {
        "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
        "rows": [{"values": row} for row in rows[1:]],
        "caption": caption,
    }
