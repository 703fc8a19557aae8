"""Papers of random content and known structure."""

import datetime

from hypothesis import strategies as st

from knowledge.papers.reading.document import (
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    RecognisedPaper,
    Run,
    Section,
    Table,
)
from knowledge.papers.reading.healing import ends_mid_phrase

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"

words = st.text(_LETTERS, min_size=3, max_size=11).filter(lambda word: not ends_mid_phrase(word))
phrases = st.lists(words, min_size=1, max_size=7).map(" ".join)
sentences = phrases.map(lambda phrase: f"{phrase[0].upper().replace('ß', 'S')}{phrase[1:]} gilt.")
headings = st.lists(words, min_size=1, max_size=5).map(" ".join).map(lambda text: "Z" + text)


@st.composite
def paragraphs(draw):
    """A paragraph of a few sentences, perhaps with words in italics inside."""
    text = " ".join(draw(st.lists(sentences, min_size=1, max_size=6)))
    if not draw(st.booleans()):
        return Paragraph((Run(text),))
    emphasis = draw(phrases)
    return Paragraph((Run(text + " So "), Run(emphasis, italic=True), Run(" ist es.")))


@st.composite
def items(draw, children=()):
    """An item that is a sentence or, as often in lists, half of one."""
    return ListItem((Run(draw(sentences | phrases.map(lambda text: text + ","))),), children)


@st.composite
def lists(draw):
    """A list of two to four items, one of which may hold a list of its own."""
    entries = draw(st.lists(items(), min_size=2, max_size=4))
    if draw(st.booleans()):
        inner = ListBlock(ordered=False, items=tuple(draw(st.lists(items(), min_size=2, max_size=3))))
        entries[0] = draw(items(children=(inner,)))
    return ListBlock(ordered=draw(st.booleans()), items=tuple(entries))


tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(words.map(lambda word: (Run(word),)), min_size=width, max_size=width).map(tuple),
        min_size=2,
        max_size=4,
    ).map(lambda rows: Table(tuple(rows)))
)


@st.composite
def bodies(draw, kinds):
    """Blocks of a section; a list or table is always introduced and never meets another one."""
    blocks = [draw(paragraphs())]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=3)):
        if kind == "text":
            blocks.append(draw(paragraphs()))
        else:
            blocks.append(Paragraph((Run(draw(phrases).capitalize() + " folgt:"),)))
            blocks.append(draw(lists() if kind == "list" else tables))
    return tuple(blocks)


def numbered(levels: list[int]) -> list[tuple[int, str]]:
    """Levels without jumps, and the numbers a paper prints for them."""
    counters: list[int] = []
    result = []
    for level in levels:
        depth = min(level, len(counters) + 1)
        counters = [*counters, 0][:depth]
        counters[-1] += 1
        result.append((depth, ".".join(map(str, counters)) + ("." if depth == 1 else "")))
    return result


long_paragraphs = st.lists(sentences, min_size=12, max_size=15).map(lambda text: Paragraph((Run(" ".join(text)),)))


@st.composite
def papers(draw, kinds=("text", "list", "table")):
    """A paper with numbered or plain sections and a few footnotes; its first paragraph fills several lines."""
    levels = draw(st.lists(st.integers(1, 2), min_size=1, max_size=4))
    has_numbers = draw(st.booleans())
    places = numbered(levels) if has_numbers else [(1, "")] * len(levels)
    sections = [Section(level, number, draw(headings), draw(bodies(kinds))) for level, number in places]
    notes = tuple(
        Footnote(str(key), (Run("Vgl. " + draw(sentences)),)) for key in range(1, draw(st.integers(0, 2)) + 1)
    )
    preamble = [draw(long_paragraphs)]
    for note in notes:
        marked = (Run(draw(sentences)), Run(mark=note.key), Run(" " + draw(sentences)))
        preamble.append(Paragraph(marked))
    return RecognisedPaper(
        title=draw(headings),
        as_of=draw(st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 1, 1))),
        preamble=tuple(preamble),
        sections=tuple(sections),
        footnotes=notes,
    )
