"""Word documents: styles, numbering, and everything in the file that is not its text."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from knowledge.papers.reading.document import ListBlock, Paragraph, RemarkCode, RemarkKind, Run, Table
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from tests.knowledge.papers.reading import makers


def saved(document) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def read(document):
    return read_paper(saved(document), "papier.docx")


def codes(paper, kind):
    return [remark.code for remark in paper.remarks_of(kind)]


@pytest.fixture
def document():
    made = docx.Document()
    made.add_heading("Ein Titel", 0)
    return made


def test_a_bold_paragraph_is_a_heading_with_a_doubt(document):
    document.add_paragraph("Ein erster Satz.")
    document.add_paragraph().add_run("Fette Zeile").bold = True
    document.add_paragraph("Ein zweiter Satz.")

    paper = read(document)

    assert [part.heading for part in paper.sections] == ["Fette Zeile"]
    assert codes(paper, RemarkKind.UNCERTAIN) == [RemarkCode.HEADING_BY_WEIGHT]


def test_a_bold_sentence_stays_a_paragraph(document):
    document.add_paragraph().add_run("Dieser Satz ist wichtig.").bold = True
    document.add_paragraph("Dieser weniger.")

    assert read(document).preamble[0] == Paragraph((Run("Dieser Satz ist wichtig.", bold=True),))


def test_merged_cells_keep_their_text_and_the_grid(document):
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "breit"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "hoch"

    (shown,) = read(document).preamble

    assert isinstance(shown, Table)
    assert shown.text == "breit\t\t02\n10\t11\thoch\n20\t21\t"


def test_a_frame_around_text_is_no_table(document):
    document.add_table(1, 1).cell(0, 0).text = "Ein Satz im Kasten."

    assert read(document).preamble == (Paragraph((Run("Ein Satz im Kasten."),)),)


def test_heads_comments_and_deletions_are_told(document):
    document.sections[0].header.paragraphs[0].text = "Entwurf 3"
    run = document.add_paragraph("Ein Satz.").runs[0]
    document.add_comment(run, text="Stimmt das?", author="A", initials="A")
    makers.add_docx_deletion(document, "Gestrichener Satz.")

    paper = read(document)

    told = {remark.code: remark.text for remark in paper.remarks_of(RemarkKind.DROPPED)}
    assert told == {
        RemarkCode.RUNNING_LINE: "Entwurf 3",
        RemarkCode.EDITOR_COMMENT: "Stimmt das?",
        RemarkCode.DELETED_TEXT: "Gestrichener Satz.",
    }
    assert "Gestrichen" not in paper.text


def test_a_mark_typed_by_hand_finds_its_note(document):
    paragraph = document.add_paragraph("Ein Satz.")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" Noch einer.")
    note = document.add_paragraph()
    note.add_run("1").font.superscript = True
    note.add_run(" Die Note.")

    paper = read(document)

    assert paper.preamble[0].runs == (Run("Ein Satz."), Run(mark="1"), Run(" Noch einer."))
    assert [note.text for note in paper.footnotes] == ["Die Note."]


def test_numbers_that_word_only_displays_are_counted_and_marked(document):
    for text, level in (("Lage", 0), ("Zahlen", 1), ("Ziele", 0)):
        heading = document.add_heading(text, level + 1)
        numbers = heading._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_numId().val = _numbered(document)
        numbers.get_or_add_ilvl().val = level
        document.add_paragraph("Ein Satz dazu.")

    paper = read(document)

    assert [part.title for part in paper.sections] == ["1. Lage", "1.1 Zahlen", "2. Ziele"]
    assert codes(paper, RemarkKind.UNCERTAIN) == [RemarkCode.NUMBER_COUNTED] * 3


def _numbered(document) -> int:
    """A numbering of two levels, as Word keeps for headings."""
    numbering = document.part.numbering_part.element
    abstract = numbering.find(qn("w:abstractNum")).__copy__()
    for child in list(abstract):
        abstract.remove(child)
    abstract.set(qn("w:abstractNumId"), "77")
    for level in ("0", "1"):
        step = abstract.makeelement(qn("w:lvl"), {qn("w:ilvl"): level})
        step.append(abstract.makeelement(qn("w:numFmt"), {qn("w:val"): "decimal"}))
        abstract.append(step)
    if not [known for known in numbering.findall(qn("w:abstractNum")) if known.get(qn("w:abstractNumId")) == "77"]:
        numbering.insert(0, abstract)
        number = numbering.add_num(77)
        return number.numId
    return numbering.findall(qn("w:num"))[-1].numId


def test_line_breaks_and_links_are_kept(document):
    paragraph = document.add_paragraph("Erste Zeile")
    paragraph.add_run().add_break()
    paragraph.add_run("zweite Zeile, siehe https://a.example")

    assert read(document).preamble[0].runs == (
        Run("Erste Zeile\nzweite Zeile, siehe "),
        Run("https://a.example", link="https://a.example"),
    )


def test_lists_by_style_nest(document):
    document.add_paragraph("außen", style="List Bullet")
    document.add_paragraph("innen", style="List Bullet 2")

    (block,) = read(document).preamble
    assert isinstance(block, ListBlock)
    assert block.items[0].children[0].text == "innen"


def test_without_declared_headings_numbered_lines_are_headings():
    document = docx.Document()
    for text in ("Wege öffnen", "1. Lage", "Ein Satz zur Lage.", "2. Ziele", "Ein Satz zu den Zielen."):
        document.add_paragraph(text)

    paper = read(document)

    assert paper.title == "Wege öffnen"
    assert [part.title for part in paper.sections] == ["1. Lage", "2. Ziele"]


@pytest.mark.parametrize(
    "xml",
    [b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="w">&b;</w:document>', b"<x/>"],
)
def test_broken_or_hostile_xml_is_damaged(xml):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("word/document.xml", xml)

    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(output.getvalue(), "papier.docx")

    assert unreadable.value.reason in (Reason.DAMAGED, Reason.EMPTY)
