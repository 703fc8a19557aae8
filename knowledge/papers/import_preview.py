"""What the person who imports a paper sees before the draft is made: outline, text, doubts, what was left out."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString

from knowledge.papers.import_content import heads_columns, html_of, html_of_runs
from knowledge.papers.import_messages import EXPLANATIONS
from knowledge.papers.reading.document import (
    Block,
    Footnote,
    RecognisedPaper,
    Remark,
    RemarkKind,
    Runs,
    Table,
)
from portal.shared.html import clean

Place = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark in words, with the place it belongs to."""

    text: str
    explanation: Promise
    section: str
    page: int


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as it will look; a table as rows of cells, anything else as HTML."""

    html: SafeString | str
    rows: tuple[tuple[SafeString, ...], ...]
    has_header: bool
    doubts: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the doubts about its heading."""

    number: str
    heading: str
    level: int
    blocks: tuple[ShownBlock, ...]
    doubts: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A footnote as it will stand at the foot of the page."""

    key: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that the preview page shows."""

    opening: tuple[ShownBlock, ...]
    sections: tuple[ShownSection, ...]
    footnotes: tuple[ShownNote, ...]
    uncertain: tuple[ShownRemark, ...]
    dropped: tuple[ShownRemark, ...]
    healed: tuple[ShownRemark, ...]


def preview(paper: RecognisedPaper) -> Preview:
    """Show a recognised paper with every doubt at its place and once more in a list."""
    doubts: dict[Place, list[Promise]] = defaultdict(list)
    for remark in paper.remarks_of(RemarkKind.UNCERTAIN):
        if not (remark.section is None and remark.block is None):
            doubts[remark.section, remark.block].append(EXPLANATIONS[remark.code])
    return Preview(
        opening=_blocks(paper.preamble, None, doubts),
        sections=tuple(
            ShownSection(
                section.number,
                section.heading,
                section.level,
                _blocks(section.blocks, position, doubts),
                tuple(doubts[position, None]),
            )
            for position, section in enumerate(paper.sections)
        ),
        footnotes=tuple(_note(note) for note in paper.footnotes),
        uncertain=_remarks(paper, RemarkKind.UNCERTAIN),
        dropped=_remarks(paper, RemarkKind.DROPPED),
        healed=_remarks(paper, RemarkKind.HEALED),
    )


def _blocks(blocks: tuple[Block, ...], section: int | None, doubts: dict) -> tuple[ShownBlock, ...]:
    return tuple(_block(block, tuple(doubts[section, position])) for position, block in enumerate(blocks))


def _block(block: Block, doubts: tuple[Promise, ...]) -> ShownBlock:
    if isinstance(block, Table):
        rows = tuple(tuple(_html(cell) for cell in row) for row in block.rows)
        return ShownBlock("", rows, heads_columns(block), doubts)
    return ShownBlock(clean(html_of(block, _mark)), (), has_header=False, doubts=doubts)


def _html(runs: Runs) -> SafeString:
    return clean(html_of_runs(runs, _mark))


def _mark(key: str) -> str:
    return f"<sup>{escape(key)}</sup>"


def _note(note: Footnote) -> ShownNote:
    return ShownNote(note.key, _html(note.runs))


def _remarks(paper: RecognisedPaper, kind: RemarkKind) -> tuple[ShownRemark, ...]:
    return tuple(_remark(paper, remark) for remark in paper.remarks_of(kind))


def _remark(paper: RecognisedPaper, remark: Remark) -> ShownRemark:
    section = paper.sections[remark.section].title if remark.section is not None else ""
    return ShownRemark(remark.text, EXPLANATIONS[remark.code], section, remark.page)
