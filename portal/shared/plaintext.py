"""Running text without its markup, as the search reads it."""

import re

from wagtail.rich_text import get_text_for_indexing

#: Where one thought ends and the next begins, although no full stop says so.
_END_OF_ITEM = re.compile(r"</(li|p|h[1-6])>|<(ul|ol|br\s*/?)>")


def text_of_stream(stream) -> str:
    """Return the words of a body stream in reading order, one block per paragraph."""
    return "\n".join(filter(None, (text_of_block(block) for block in stream)))


def text_of_html(html: str) -> str:
    """Return the words of rich text, one paragraph or list item a line, so that no two items run into each other."""
    lines = get_text_for_indexing(_END_OF_ITEM.sub(r"\g<0>\n", html)).splitlines()
    return "\n".join(filter(None, (line.strip() for line in lines)))


def text_of_block(block) -> str:
    """Return the words of one block of a body stream."""
    if block.block_type == "text":
        return text_of_html(block.value.source)
    if block.block_type == "heading":
        return block.value
    if block.block_type == "quote":
        return " ".join(filter(None, (get_text_for_indexing(block.value["text"].source), block.value["attribution"])))
    if block.block_type == "figure":
        image = block.value["image"]
        words = (getattr(image, "contextual_alt_text", ""), block.value["caption"], block.value["source"])
        return " ".join(filter(None, words))
    if block.block_type == "table":
        headings = " – ".join(filter(None, (column.get("heading") for column in block.value.columns)))
        rows = (" – ".join(str(cell.value) for cell in row) for row in block.value.rows)
        return "\n".join(filter(None, (block.value.caption, headings, *rows)))
    return ""
