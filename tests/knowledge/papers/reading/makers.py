"""Writes a paper of known structure to a file in each of the five formats, so that reading it back can be checked."""

import datetime
import io
import re
import textwrap
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import docx
import odfdo
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF

from knowledge.papers.reading.document import (
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    RecognisedPaper,
    Run,
    Runs,
    Section,
    Table,
)
from knowledge.papers.reading.inline import superscript

_BULLETS = ("-", "o", "*")


def as_txt(paper: RecognisedPaper, *, width: int | None = None, encoding: str = "utf-8") -> bytes:
    """Plain text; with `width` in hard lines, as mail and PDF extraction give them."""
    parts = [paper.title]
    if paper.as_of:
        parts.insert(0, f"Positionspapier, Stand {paper.as_of.day}. {paper.as_of.month}. {paper.as_of.year}")
    parts += [_txt_block(block, width) for block in paper.preamble]
    for section in paper.sections:
        parts += [section.title, *(_txt_block(block, width) for block in section.blocks)]
    parts += [_filled(f"{superscript(note.key)} {_txt_runs(note.runs)}", width) for note in paper.footnotes]
    return "\n\n".join(parts).encode(encoding)


def _txt_block(block, width: int | None) -> str:
    match block:
        case ListBlock():
            return "\n".join(_txt_items(block, width))
        case Table(rows):
            return "\n".join("\t".join(_txt_runs(cell) for cell in row) for row in rows)
        case Quote(runs):
            return f"> {_txt_runs(runs)}"
        case _:
            return _filled(_txt_runs(block.runs), width)


def _txt_items(block: ListBlock, width: int | None, depth: int = 0) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        sign = f"{number}." if block.ordered else _BULLETS[depth]
        first = "  " * depth + f"{sign} "
        text = _txt_runs(item.runs)
        yield (
            textwrap.fill(text, width, initial_indent=first, subsequent_indent=" " * len(first))
            if width
            else (first + text)
        )
        for child in item.children:
            yield from _txt_items(child, width, depth + 1)


def _filled(text: str, width: int | None) -> str:
    return textwrap.fill(text, width, break_on_hyphens=False) if width else text


def _txt_runs(runs: Runs) -> str:
    return "".join(_txt_run(run) for run in runs)


def _txt_run(run: Run) -> str:
    if run.mark:
        return superscript(run.mark)
    stars = "*" * (2 * run.bold + run.italic)
    return f"{stars}{run.text}{stars}"


def as_md(paper: RecognisedPaper) -> bytes:
    """Markdown with declared headings and footnotes."""
    parts = [f"# {paper.title}"]
    if paper.as_of:
        parts.append(f"Stand {paper.as_of.day}. {paper.as_of.month}. {paper.as_of.year}")
    parts += [_md_block(block) for block in paper.preamble]
    for section in paper.sections:
        parts += [f"{'#' * (section.level + 1)} {section.title}", *(_md_block(block) for block in section.blocks)]
    parts += [f"[^{note.key}]: {_md_runs(note.runs)}" for note in paper.footnotes]
    return "\n\n".join(parts).encode()


def _md_block(block) -> str:
    match block:
        case ListBlock():
            return "\n".join(_md_items(block))
        case Table(rows):
            lines = ["| " + " | ".join(_md_runs(cell) for cell in row) + " |" for row in rows]
            lines.insert(1, "|" + "---|" * len(rows[0]))
            return "\n".join(lines)
        case Quote(runs):
            return f"> {_md_runs(runs)}"
        case _:
            return _md_runs(block.runs)


def _md_items(block: ListBlock, indent: str = "") -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        sign = f"{number}. " if block.ordered else "- "
        yield f"{indent}{sign}{_md_runs(item.runs)}"
        for child in item.children:
            yield from _md_items(child, indent + " " * len(sign))


def _md_runs(runs: Runs) -> str:
    return "".join(f"[^{run.mark}]" if run.mark else _md_run(run) for run in runs)


def _md_run(run: Run) -> str:
    stars = "*" * (2 * run.bold + run.italic)
    text = f"{stars}{run.text}{stars}"
    return f"[{text}]({run.link})" if run.link and run.link != run.text else text


def as_docx(paper: RecognisedPaper) -> bytes:
    """A Word document with declared headings, list styles and real footnotes."""
    document = docx.Document()
    if paper.as_of:
        document.add_paragraph(f"Stand {paper.as_of:%d.%m.%Y}")
    document.add_heading(paper.title, 0)
    blocks = [(0, "", paper.preamble), *((part.level, part.title, part.blocks) for part in paper.sections)]
    for level, title, content in blocks:
        if title:
            document.add_heading(title, level)
        for block in content:
            _docx_block(document, block)
    if paper.footnotes:
        _add_footnotes(document, paper)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _docx_block(document, block) -> None:
    match block:
        case ListBlock():
            _docx_items(document, block)
        case Table(rows):
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, runs in zip(row.cells, cells, strict=True):
                    _docx_runs(cell.paragraphs[0], runs)
        case Quote(runs):
            _docx_runs(document.add_paragraph(style="Quote"), runs)
        case _:
            _docx_runs(document.add_paragraph(), block.runs)


def _docx_items(document, block: ListBlock, depth: int = 1) -> None:
    style = ("List Number" if block.ordered else "List Bullet") + (f" {depth}" if depth > 1 else "")
    for item in block.items:
        _docx_runs(document.add_paragraph(style=style), item.runs)
        for child in item.children:
            _docx_items(document, child, depth + 1)


def _docx_runs(paragraph, runs: Runs) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        if run.mark:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(int(run.mark) + 1))
            made._r.append(reference)
        made.bold, made.italic = run.bold or None, run.italic or None


def _add_footnotes(document, paper: RecognisedPaper) -> None:
    notes = "".join(
        f'<w:footnote w:id="{int(note.key) + 1}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for note in paper.footnotes
    )
    xml = f'<?xml version="1.0"?><w:footnotes {nsdecls("w")}>{notes}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_docx_deletion(document, text: str) -> None:
    """A paragraph that somebody deleted while changes were tracked."""
    xml = f"<w:p {nsdecls('w')}><w:del><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:p>"
    document.element.body.insert(0, parse_xml(xml))


_ODT_STYLES = """<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" style:family="text" style:name="{name}">
 <style:text-properties {properties}/></style:style>"""
_ODT_NUMBERS = """<text:list-style xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="Numbers">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>"""


def as_odt(paper: RecognisedPaper) -> bytes:
    """An OpenDocument text with outline levels, nested lists and real footnotes."""
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    automatic = document.get_part("content.xml").get_element("//office:automatic-styles")
    for name, properties in (("B", 'fo:font-weight="bold"'), ("I", 'fo:font-style="italic"')):
        automatic.append(odfdo.Element.from_tag(_ODT_STYLES.format(name=name, properties=properties)))
    automatic.append(odfdo.Element.from_tag(_ODT_NUMBERS))
    notes = {note.key: note for note in paper.footnotes}
    if paper.as_of:
        body.append(odfdo.Paragraph(f"Stand {paper.as_of:%d.%m.%Y}"))
    body.append(odfdo.Paragraph(paper.title, style="Title"))
    for xml in _odt_parts(paper, notes):
        body.append(odfdo.Element.from_tag(xml))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _odt_parts(paper: RecognisedPaper, notes: dict) -> Iterator[str]:
    for block in paper.preamble:
        yield _odt_block(block, notes)
    for section in paper.sections:
        yield f'<text:h text:outline-level="{section.level}">{escape(section.title)}</text:h>'
        for block in section.blocks:
            yield _odt_block(block, notes)


def _odt_block(block, notes: dict) -> str:
    match block:
        case ListBlock():
            return _odt_list(block, notes)
        case Table(rows):
            lines = "".join(
                "<table:table-row>"
                + "".join(
                    f"<table:table-cell><text:p>{_odt_runs(cell, notes)}</text:p></table:table-cell>" for cell in row
                )
                + "</table:table-row>"
                for row in rows
            )
            return f'<table:table table:name="T">{lines}</table:table>'
        case Quote(runs):
            return f'<text:p text:style-name="Quotations">{_odt_runs(runs, notes)}</text:p>'
        case _:
            return f"<text:p>{_odt_runs(block.runs, notes)}</text:p>"


def _odt_list(block: ListBlock, notes: dict) -> str:
    items = "".join(
        f"<text:list-item><text:p>{_odt_runs(item.runs, notes)}</text:p>"
        + "".join(_odt_list(child, notes) for child in item.children)
        + "</text:list-item>"
        for item in block.items
    )
    style = ' text:style-name="Numbers"' if block.ordered else ' text:style-name="Signs"'
    return f"<text:list{style}>{items}</text:list>"


def _odt_runs(runs: Runs, notes: dict) -> str:
    return "".join(_odt_run(run, notes) for run in runs)


def _odt_run(run: Run, notes: dict) -> str:
    if run.mark:
        return (
            f'<text:note text:note-class="footnote"><text:note-citation>{run.mark}</text:note-citation>'
            f"<text:note-body><text:p>{escape(notes[run.mark].text)}</text:p></text:note-body></text:note>"
        )
    text = escape(run.text)
    if run.link:
        text = f"<text:a xlink:href={quoteattr(run.link)}>{text}</text:a>"
    if run.bold or run.italic:
        text = f'<text:span text:style-name="{"B" if run.bold else "I"}">{text}</text:span>'
    return text


class _Pdf(FPDF):
    """A paper as an office prints it: running head, page number, notes behind the text."""

    running = "Kommunen im Austausch"

    def header(self):
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, self.running, align="R")
        self.ln(12)

    def footer(self):
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Seite {self.page_no()}", align="C")


def as_pdf(paper: RecognisedPaper, *, password: str = "") -> bytes:
    """A PDF with running lines, hard line breaks and sentences that run over the page."""
    pdf = _Pdf(format="A4")
    pdf.set_margin(25)
    pdf.set_auto_page_break(auto=True, margin=25)
    pdf.add_page()
    _pdf_paragraph(pdf, (Run(paper.title, bold=True),), size=18)
    if paper.as_of:
        _pdf_paragraph(pdf, (Run(f"Stand: {paper.as_of:%d.%m.%Y}"),))
    for block in paper.preamble:
        _pdf_block(pdf, block)
    for section in paper.sections:
        _pdf_paragraph(pdf, (Run(section.title, bold=True),), size=16 - 2 * section.level)
        for block in section.blocks:
            _pdf_block(pdf, block)
    for note in paper.footnotes:
        _pdf_paragraph(pdf, (Run(mark=note.key), Run(f" {note.text}")), size=8)
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    return bytes(pdf.output())


def _pdf_block(pdf: FPDF, block) -> None:
    match block:
        case ListBlock():
            _pdf_items(pdf, block)
            pdf.ln(4)
        case Table(rows):
            pdf.set_font("Helvetica", size=11)
            with pdf.table(first_row_as_headings=False) as table:
                for cells in rows:
                    row = table.row()
                    for cell in cells:
                        row.cell("".join(run.text for run in cell))
            pdf.ln(8)
        case Paragraph(runs) | Quote(runs):
            _pdf_paragraph(pdf, runs)


def _pdf_items(pdf: FPDF, block: ListBlock, depth: int = 0) -> None:
    left = pdf.l_margin
    for number, item in enumerate(block.items, start=1):
        pdf.set_font("Helvetica", size=11)
        pdf.set_x(left + 4 + 8 * depth)
        pdf.cell(6, 5.5, f"{number}." if block.ordered else _BULLETS[0])
        pdf.set_left_margin(left + 10 + 8 * depth)
        _pdf_runs(pdf, item.runs, 11)
        pdf.set_left_margin(left)
        pdf.ln(5.5)
        for child in item.children:
            _pdf_items(pdf, child, depth + 1)


def _pdf_paragraph(pdf: FPDF, runs: Runs, size: int = 11) -> None:
    _pdf_runs(pdf, runs, size)
    pdf.ln(size * 0.5 + 4)


def _pdf_runs(pdf: FPDF, runs: Runs, size: int) -> None:
    for run in runs:
        pdf.set_font("Helvetica", ("B" if run.bold else "") + ("I" if run.italic else ""), size)
        pdf.char_vpos = "SUP" if run.mark else "LINE"
        for word in re.findall(r"\S+\s*|\s+", run.mark or run.text):
            if pdf.get_x() + pdf.get_string_width(word.rstrip()) > pdf.w - pdf.r_margin - 2:
                pdf.ln(size * 0.5)
            pdf.write(size * 0.5, word)
    pdf.char_vpos = "LINE"


def item(text: str, *children: ListBlock) -> ListItem:
    """A list item of plain text."""
    return ListItem((Run(text),), children)


def simple_paper() -> RecognisedPaper:
    """A short paper with everything that a paper has; all its letters exist in Latin-1."""
    marked = (
        Run("Örtliche Träger handeln größtenteils "),
        Run("gemeinsam", italic=True),
        Run(" und mit klarem Auftrag."),
        Run(mark="1"),
        Run(" Das gilt über alle Ämter hinweg."),
    )
    tasks = ListBlock(
        ordered=False,
        items=(
            item("Angebote sichtbar machen,"),
            item(
                "Übergänge begleiten, und zwar",
                ListBlock(ordered=False, items=(item("vor der Prüfung"), item("nach der Prüfung"))),
            ),
            item("Ergebnisse prüfen."),
        ),
    )
    steps = ListBlock(ordered=True, items=(item("Bestand aufnehmen"), item("Ziele setzen")))
    rows = [("Ort", "Plätze"), ("Mühlbach", "120"), ("Großenau", "80")]
    table = Table(tuple(tuple((Run(cell),) for cell in row) for row in rows))
    note = "Vgl. Netzwerk Brückenbau: Jahresbericht, Mühlbach. URL: https://beispiel.example/a.pdf, Abruf: 3. Mai 2021."
    return RecognisedPaper(
        title="Arbeitskreis Übergänge: Wege in Ausbildung öffnen",
        as_of=datetime.date(2021, 6, 7),
        preamble=(Paragraph((Run("Viele Jugendliche finden ihren Weg. Manche brauchen dabei Unterstützung."),)),),
        sections=(
            Section(
                1, "1.", "Ausgangslage", (Paragraph(marked), Paragraph((Run("Die Träger wollen künftig:"),)), tasks)
            ),
            Section(2, "1.1", "Zahlen und Maße", (Paragraph((Run("So viele Plätze gibt es."),)), table)),
            Section(1, "2.", "Nächste Schritte", (Paragraph((Run("Der Weg ist kurz:"),)), steps)),
        ),
        footnotes=(Footnote("1", (Run(note),)),),
    )
