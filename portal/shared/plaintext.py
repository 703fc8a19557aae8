"""Running text without its markup, as the search reads it."""

from wagtail.rich_text import get_text_for_indexing


def text_of_stream(stream) -> str:
    """Return the words of a body stream in reading order, one block per paragraph."""
    return "\n".join(filter(None, (text_of_block(block) for block in stream)))


def text_of_block(block) -> str:
    """Return the words of one block of a body stream."""
    if block.block_type == "text":
        return get_text_for_indexing(block.value.source)
    if block.block_type == "heading":
        return block.value
    if block.block_type == "quote":
        return " ".join(filter(None, (get_text_for_indexing(block.value["text"].source), block.value["attribution"])))
    if block.block_type == "figure":
        image = block.value["image"]
        words = (getattr(image, "contextual_alt_text", ""), block.value["caption"], block.value["source"])
        return " ".join(filter(None, words))
    if block.block_type == "table":
        rows = (" – ".join(str(cell.value) for cell in row) for row in block.value.rows)
        return "\n".join(filter(None, (block.value.caption, *rows)))
    return ""
