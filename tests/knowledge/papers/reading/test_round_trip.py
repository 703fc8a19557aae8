"""A paper of known structure, written in a format and read back, is the same paper."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from knowledge.papers.reading import inline
from knowledge.papers.reading.document import (
    Figure,
    ListBlock,
    ListItem,
    Paragraph,
    RecognisedPaper,
    RemarkCode,
    Run,
    Table,
)
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.serialise import from_json, to_json
from tests.knowledge.papers.reading import makers
from tests.knowledge.papers.reading.strategies import papers

# The same examples in every run: a run that fails now and then would tell nobody anything.
RANDOM = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
FORMATS = {
    "unwrapped.txt": makers.as_txt,
    "wrapped.txt": lambda paper: makers.as_txt(paper, width=64),
    "paper.md": makers.as_md,
    "paper.docx": makers.as_docx,
    "paper.odt": makers.as_odt,
    "paper.pdf": makers.as_pdf,
}


def outline(paper: RecognisedPaper) -> tuple:
    """What has to survive: details, structure, words, emphasis and the places of footnote marks."""
    return (
        paper.title,
        paper.as_of,
        tuple(map(comparable, paper.preamble)),
        tuple((part.level, part.number, part.heading, tuple(map(comparable, part.blocks))) for part in paper.sections),
        tuple((note.key, note.text, note.url, note.retrieved) for note in paper.footnotes),
    )


def comparable(block):
    match block:
        case Table(rows):
            return Table(tuple(tuple(bare(cell) for cell in row) for row in rows))
        case ListBlock(ordered, items):
            entries = tuple(ListItem(bare(item.runs), tuple(map(comparable, item.children))) for item in items)
            return ListBlock(ordered, entries)
        case Figure():
            return block
        case _:
            return type(block)(bare(block.runs))


def bare(runs):
    return tuple(replace(run, link="") for run in runs)


def letters(text: str) -> Counter:
    return Counter(char for char in text if char.isalpha() or char.isdecimal())


@pytest.mark.parametrize("file_name", FORMATS)
def test_a_paper_with_everything_survives_every_format(file_name):
    paper = makers.simple_paper()
    expected = replace(paper, footnotes=tuple(replace(note) for note in paper.footnotes))
    recognised = read_paper(FORMATS[file_name](paper), file_name)

    note = recognised.footnotes[0]
    assert (note.url, note.retrieved) == ("https://beispiel.example/a.pdf", "2021-05-03")
    assert note.source == "Vgl. Netzwerk Brückenbau: Jahresbericht, Mühlbach."
    assert recognised.issuing_body == "Arbeitskreis Übergänge"
    expected = replace(expected, footnotes=(replace(note, runs=(Run(note.text),)),))
    assert outline(recognised) == outline(expected)
    assert letters(recognised.text) == letters(paper.text)


@pytest.mark.slow
@pytest.mark.parametrize("file_name", [name for name in FORMATS if name != "paper.pdf"])
@given(paper=papers())
@RANDOM
def test_any_paper_survives_every_format_that_keeps_its_structure(file_name, paper):
    recognised = read_paper(FORMATS[file_name](paper), file_name)

    assert outline(recognised) == outline(paper)
    assert RemarkCode.NOT_PLACED not in {remark.code for remark in recognised.remarks}
    assert letters(recognised.text) == letters(paper.text)


@pytest.mark.slow
@given(paper=papers(kinds=("text", "list")))
@RANDOM
def test_any_paper_without_tables_survives_as_pdf(paper):
    recognised = read_paper(makers.as_pdf(paper), "paper.pdf")

    assert outline(without_paragraph_ends(recognised)) == outline(without_paragraph_ends(paper))


def without_paragraph_ends(paper: RecognisedPaper) -> RecognisedPaper:
    """Paragraphs run together: where a page ends with a sentence, a PDF does not tell whether its paragraph does."""
    sections = tuple(replace(part, blocks=run_together(part.blocks)) for part in paper.sections)
    return replace(paper, preamble=run_together(paper.preamble), sections=sections)


def run_together(blocks):
    result = []
    for block in blocks:
        if result and isinstance(block, Paragraph) and isinstance(result[-1], Paragraph):
            runs = [*result[-1].runs, Run(" "), *block.runs]
            result[-1] = Paragraph(tuple(inline.merged(runs)))
        else:
            result.append(block)
    return tuple(result)


@pytest.mark.slow
@given(paper=papers())
@RANDOM
def test_no_letter_of_any_pdf_gets_lost(paper):
    recognised = read_paper(makers.as_pdf(paper), "paper.pdf")

    assert RemarkCode.NOT_PLACED not in {remark.code for remark in recognised.remarks}
    assert letters(recognised.text) == letters(paper.text)


@given(paper=papers())
@RANDOM
def test_a_recognised_paper_survives_the_way_between_processes(paper):
    recognised = read_paper(makers.as_txt(paper), "paper.txt")

    assert from_json(to_json(recognised)) == recognised
