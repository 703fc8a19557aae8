"""PDF: torn lines and pages, running lines, notes at the foot, and files that hold no text."""

import io
import time

import pytest
from fpdf import FPDF
from pypdf import PdfWriter

from knowledge.papers.reading import pdf
from knowledge.papers.reading.document import ListBlock, RemarkCode, RemarkKind, Run, Table, plain
from knowledge.papers.reading.door import read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from tests.knowledge.papers.reading import makers

SENTENCE = "Die Kommunen ordnen ihre Angebote gemeinsam mit den Trägern und achten auf gute Übergänge. "


def page_of(*, size: int = 11) -> FPDF:
    document = FPDF(format="A4")
    document.set_margin(25)
    document.set_auto_page_break(auto=True, margin=25)
    document.add_page()
    document.set_font("Helvetica", "B", 18)
    document.cell(0, 9, "Wege öffnen", new_x="LMARGIN", new_y="NEXT")
    document.ln(6)
    document.set_font("Helvetica", "", size)
    return document


def paragraph(document: FPDF, text: str, gap: float = 4) -> None:
    document.multi_cell(0, 5.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
    document.ln(gap)


def lines(document: FPDF, *texts: str) -> None:
    """Lines as they are, as if somebody had broken them by hand."""
    for text in texts:
        document.cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")
    document.ln(4)


def read(document: FPDF):
    return read_paper(bytes(document.output()), "papier.pdf")


def codes(paper, kind):
    return [remark.code for remark in paper.remarks_of(kind)]


def test_words_broken_at_line_ends_are_healed():
    document = page_of()
    lines(
        document,
        "Die Träger beraten gemeinsam mit den Schulen über Fragen der Berufs-",
        "vorbereitung und stimmen sich in der zuständigen Gruppe von Bund-",
        "Länder-Vertretungen regelmäßig ab, damit die Angebote der Schul-",
        "und Ausbildung zusammenpassen.",
    )

    (text,) = [block.text for block in read(document).preamble]
    assert "Berufsvorbereitung und" in text
    assert "Bund-Länder-Vertretungen" in text
    assert "Schul- und Ausbildung" in text


def test_a_sentence_over_the_page_break_is_one():
    document = page_of()
    for _ in range(9):
        paragraph(document, SENTENCE * 6)

    paper = read(document)

    assert {block.text for block in paper.preamble} == {(SENTENCE * 6).strip()}
    assert len(paper.preamble) == 9


def test_a_noun_at_the_top_of_the_next_page_goes_on_with_the_sentence():
    document = page_of()
    document.set_y(260)
    lines(document, "Die Angebote der Stadt werden schon seit vielen Jahren immer wieder von der großen")
    document.add_page()
    paragraph(document, "Stiftung der Bürger getragen. " + SENTENCE * 3)

    (text,) = [block.text for block in read(document).preamble]
    assert "von der großen Stiftung der Bürger" in text


def test_running_lines_and_page_numbers_are_left_out_and_told():
    paper = read_paper(makers.as_pdf(makers.simple_paper()), "papier.pdf")

    told = {(remark.code, remark.text) for remark in paper.remarks_of(RemarkKind.DROPPED)}
    assert (RemarkCode.RUNNING_LINE, "Kommunen im Austausch") in told
    assert (RemarkCode.PAGE_NUMBER, "Seite 1") in told
    assert "Seite" not in paper.text


def test_a_list_that_draws_its_bullets_is_recognised_by_its_indent_and_marked():
    document = page_of()
    paragraph(document, SENTENCE * 3)
    paragraph(document, "Die Träger wollen künftig:", gap=1)
    for text in ("sichtbar machen, was es gibt", "begleiten, wer Hilfe braucht"):
        document.set_left_margin(40)
        document.set_x(40)
        document.cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")
    document.set_left_margin(25)

    paper = read(document)

    block = paper.preamble[-1]
    assert isinstance(block, ListBlock)
    assert [plain(item.runs) for item in block.items] == [
        "sichtbar machen, was es gibt",
        "begleiten, wer Hilfe braucht",
    ]
    assert RemarkCode.LIST_BY_INDENT in codes(paper, RemarkKind.UNCERTAIN)


def test_a_numbered_heading_beside_a_list_is_no_item():
    document = page_of()
    paragraph(document, SENTENCE * 3)
    document.set_font("Helvetica", "B", 13)
    document.cell(0, 7, "2. Ziele und Maße", new_x="LMARGIN", new_y="NEXT")
    document.set_font("Helvetica", "", 11)
    for text in ("- erster Punkt", "- zweiter Punkt"):
        document.cell(0, 5.5, text, new_x="LMARGIN", new_y="NEXT")

    paper = read(document)

    assert [part.title for part in paper.sections] == ["2. Ziele und Maße"]
    assert isinstance(paper.sections[0].blocks[0], ListBlock)


def test_a_note_whose_number_is_not_raised_is_recognised_by_its_small_letters():
    document = page_of()
    document.write(5.5, SENTENCE + "Das gilt.")
    document.char_vpos = "SUP"
    document.write(5.5, "1")
    document.char_vpos = "LINE"
    document.write(5.5, " Und mehr.")
    document.ln(10)
    document.set_font("Helvetica", "", 8)
    document.cell(0, 4, "1 Vgl. Amt: Bericht, https://a.example, Abruf: Mai 2020.")

    (note,) = read(document).footnotes
    assert (note.url, note.retrieved) == ("https://a.example", "2020-05")


def test_bold_and_linked_words_inside_a_paragraph_are_kept():
    document = page_of()
    document.write(5.5, "Ein Satz mit ")
    document.set_font("Helvetica", "B", 11)
    document.write(5.5, "fettem Wort")
    document.set_font("Helvetica", "", 11)
    document.write(5.5, " und ")
    document.write(5.5, "Verweis", link="https://a.example")
    document.write(5.5, " darin.")

    (block,) = read(document).preamble
    assert Run("fettem Wort", bold=True) in block.runs
    assert Run("Verweis", link="https://a.example") in block.runs


def test_a_table_is_recognised_and_marked():
    document = page_of()
    paragraph(document, SENTENCE * 2)
    with document.table() as table:
        for cells in (("Ort", "Plätze"), ("Mühlbach an der Au", "120"), ("Großenau", "80")):
            row = table.row()
            for cell in cells:
                row.cell(cell)

    paper = read(document)

    shown = paper.preamble[-1]
    assert isinstance(shown, Table)
    assert shown.text == "Ort\tPlätze\nMühlbach an der Au\t120\nGroßenau\t80"
    assert RemarkCode.TABLE_GUESSED in codes(paper, RemarkKind.UNCERTAIN)


@pytest.mark.slow
def test_two_hundred_pages_are_read_in_a_few_seconds():
    document = page_of()
    for number in range(1, 201):
        document.set_font("Helvetica", "B", 13)
        document.cell(0, 7, f"{number}. Abschnitt mit Überschrift", new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", "", 11)
        for _ in range(6):
            paragraph(document, SENTENCE * 7)
        document.add_page()
    data = bytes(document.output())

    started = time.perf_counter()
    paper = read_paper(data, "papier.pdf")

    assert time.perf_counter() - started < 20
    assert len(paper.sections) == 200
    assert RemarkCode.NOT_PLACED not in codes(paper, RemarkKind.DROPPED)


def refused(data: bytes) -> Reason:
    with pytest.raises(PaperUnreadable) as unreadable:
        read_paper(data, "papier.pdf")
    return unreadable.value.reason


def test_an_encrypted_file_is_refused():
    assert refused(makers.as_pdf(makers.simple_paper(), password="geheim")) is Reason.ENCRYPTED


def test_a_scan_is_refused_with_the_reason_that_it_holds_no_text():
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    output = io.BytesIO()
    writer.write(output)

    assert refused(output.getvalue()) is Reason.NO_TEXT


def test_a_file_with_more_pages_than_can_be_read_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(595, 842)
    output = io.BytesIO()
    writer.write(output)

    assert refused(output.getvalue()) is Reason.TOO_MANY_PAGES


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 und dann nichts", makers.as_pdf(makers.simple_paper())[:900], b"%PDF-1.4\nxref\n0 1\ntrailer\n<<>>"],
)
def test_a_damaged_file_is_refused(data):
    assert refused(data) is Reason.DAMAGED
