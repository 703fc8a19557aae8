"""The marks [^1] in a paper's text and the notes at its foot: who refers to whom, in which order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MARK_PATTERN = re.compile(r"\[\^([0-9A-Za-z]{1,8})\]")


@dataclass(slots=True)
class Footnote:
    """A note as it is shown: counted in the order of its first mark, linked back to every mark."""

    key: str
    number: int
    value: Any
    back_links: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Return the id of the note."""
        return f"fussnote-{self.number}"

    @property
    def url(self) -> str:
        """Return the web address of the source; any other scheme than the web's is left out."""
        address = str(self.value["url"] or "")
        return address if address.startswith(("http://", "https://")) else ""

    def next_mark_id(self) -> str:
        """Return the id for a further mark of this note and remember it for the way back."""
        mark_id = f"{self.anchor}-verweis-{len(self.back_links) + 1}"
        self.back_links.append(mark_id)
        return mark_id


def texts_of_stream(stream) -> Iterator[str]:
    """Yield the sources of all running text in a body stream, in reading order."""
    for block in stream:
        if block.block_type == "text":
            yield block.value.source
        elif block.block_type == "quote":
            yield block.value["text"].source
        elif block.block_type == "figure":
            yield block.value["caption"] or ""
        elif block.block_type == "table":
            yield block.value.caption or ""
            for row in block.value.rows:
                yield from (str(cell.value) for cell in row)


def texts_of_paper(paper) -> Iterator[str]:
    """Yield the sources of all running text of a paper, in reading order."""
    yield from texts_of_stream(paper.opening)
    for section in paper.sections:
        yield from texts_of_stream(section.value["body"])


def marks_of(paper) -> list[str]:
    """Return the footnote marks of a paper in the order of their first appearance."""
    found = (match[1] for text in texts_of_paper(paper) for match in MARK_PATTERN.finditer(text))
    return list(dict.fromkeys(found))


def marks_without_note(paper) -> list[str]:
    """Return the marks that refer to no note."""
    keys = {block.value["key"] for block in paper.footnotes}
    return [mark for mark in marks_of(paper) if mark not in keys]


def footnotes_of(paper) -> list[Footnote]:
    """Return the notes counted by first appearance; notes without a mark come last and are not lost."""
    values = {block.value["key"]: block.value for block in paper.footnotes}
    order = [mark for mark in marks_of(paper) if mark in values]
    order += [key for key in values if key not in order]
    return [Footnote(key=key, number=number, value=values[key]) for number, key in enumerate(order, start=1)]
