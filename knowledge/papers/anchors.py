"""How the sections of a paper are counted and named; pure, so that page, index and import agree."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MAX_ANCHOR_LENGTH = 80


@dataclass(frozen=True, slots=True)
class AnchoredSection:
    """A section with the number it is shown with and the anchor it is linked by.

    `level` is the counted depth, so that no heading level is skipped where an editor skipped one.
    """

    block_id: str
    number: str
    anchor: str
    level: int
    heading: str
    body: Any


def slug_of(heading: str) -> str:
    """Return a readable anchor made of `heading`; never empty and never beginning with a digit alone."""
    folded = unicodedata.normalize("NFKD", heading.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:MAX_ANCHOR_LENGTH].strip("-")
    return slug or "abschnitt"


def numbers(levels: Iterable[int]) -> list[str]:
    """Count sections of the given levels: 1, 1.1, 1.2, 2; a skipped level counts as the next deeper one."""
    counters: list[int] = []
    depths: list[int] = []
    result = []
    for level in levels:
        while depths and depths[-1] >= level:
            depths.pop()
        counters = counters[: len(depths) + 1]
        if len(counters) == len(depths) + 1:
            counters[-1] += 1
        else:
            counters.append(1)
        depths.append(level)
        result.append(".".join(map(str, counters)))
    return result


def anchors(headings: Iterable[tuple[str, str]], published: Mapping[str, str]) -> dict[str, str]:
    """Return block id → anchor for (block id, heading) pairs.

    A block that was published keeps its anchor whatever its heading says now, and no other block is ever given an
    anchor that was published, so that a link from outside never leads to another text.
    """
    taken = set(published.values())
    result = {}
    for block_id, heading in headings:
        if block_id in published:
            result[block_id] = published[block_id]
            continue
        slug = candidate = slug_of(heading)
        suffix = 2
        while candidate in taken:
            candidate = f"{slug}-{suffix}"
            suffix += 1
        taken.add(candidate)
        result[block_id] = candidate
    return result


def anchored(sections: Any, published: Mapping[str, str]) -> list[AnchoredSection]:
    """Return the sections of a paper's stream with their shown numbers and anchors."""
    blocks = [block for block in sections if block.block_type == "section"]
    by_id = anchors(((block.id, block.value["heading"]) for block in blocks), published)
    counted = numbers(int(block.value["level"]) for block in blocks)
    return [
        AnchoredSection(
            block_id=block.id,
            number=(block.value["number"] or "").rstrip(".") or number,
            anchor=by_id[block.id],
            level=number.count(".") + 1,
            heading=block.value["heading"],
            body=block.value["body"],
        )
        for block, number in zip(blocks, counted, strict=True)
    ]
