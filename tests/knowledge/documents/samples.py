"""Files with known text, and hostile ones, made on the spot."""

import datetime
import io
import zipfile
import zlib

import docx
import odfdo
import openpyxl
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.portal.shared.samples import container

PAGES = (
    "Die Ausbildungsduldung sichert den Aufenthalt während der Lehre.",
    "Migrantenorganisationen begleiten junge Menschen beim Über-\ngang in den Beruf.",
    "Zuständig ist die Ausländerbehörde am Wohnort.",
)


def pdf(*pages: str) -> bytes:
    document = FPDF()
    for text in pages or PAGES:
        document.add_page()
        document.set_font("Helvetica", size=11)
        document.multi_cell(0, 6, text)
    return bytes(document.output())


def scanned(*texts: str, pages: int = 2) -> bytes:
    """Pages that are pictures, after pages with text."""
    document = FPDF()
    for text in texts:
        document.add_page()
        document.set_font("Helvetica", size=11)
        document.multi_cell(0, 6, text)
    for _page in range(pages):
        document.add_page()
        with Image.new("L", (300, 400), "white") as picture:
            document.image(picture, 0, 0, 200)
    return bytes(document.output())


def pdf_of_many_pages(count: int) -> bytes:
    writer, output = PdfWriter(), io.BytesIO()
    page = PdfReader(io.BytesIO(pdf("Ein Satz."))).pages[0]
    for _page in range(count):
        writer.add_page(page)
    writer.write(output)
    return output.getvalue()


def locked(*, password: str) -> bytes:
    writer, output = PdfWriter(PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt(password, "besitzerin")
    writer.write(output)
    return output.getvalue()


def pdf_in(language: str) -> bytes:
    return _objects(
        f"<</Type/Catalog/Pages 2 0 R/Lang({language})>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )


def looping_pages() -> bytes:
    """A tree of pages whose branches are their own trunk."""
    return _objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
        "<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 9>>",
    )


def looping_form() -> bytes:
    """A form that draws itself."""
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>"
    return _objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>",
        f"<<{form}/Length 5>>stream\n/F Do\nendstream",
        "<</Length 5>>stream\n/F Do\nendstream",
    )


def swelling_page(drawing: bytes) -> bytes:
    """A page of a few kilobytes whose drawing unpacks to a multiple of it."""
    packed = zlib.compress(drawing, 9).decode("latin-1")
    return _objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        f"<</Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream",
    )


def _objects(*bodies: str) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer\n<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Ein Vorwort zur Anerkennung.")
    document.add_heading("Zuständigkeiten", 1)
    document.add_paragraph("Die Handwerkskammer prüft Abschlüsse.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Stelle", "Kammer"
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def opendocument() -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Beratung"))
    document.body.append(odfdo.Paragraph("Die Beratungsstelle hilft bei der Wohnungssuche."))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def sheets(*, rows: int = 0) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Plätze"
    book.active.append(["Sprachkurs", "Plätze", "Beginn"])
    book.active.append(["Elternkurs", 12.5, datetime.date(2026, 9, 1)])
    for number in range(rows):
        book.active.append([f"Zeile {number} mit einigen Worten, damit sie Platz braucht", number])
    book.create_sheet("Träger").append(["Volkshochschule", True, "=1+1"])
    hidden = book.create_sheet("Intern")
    hidden.append(["Verborgenes"])
    hidden.sheet_state = "hidden"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def swelling_sheets() -> bytes:
    """A table of a few hundred kilobytes that unpacks to hundreds of megabytes."""
    data = io.BytesIO(sheets())
    output = io.BytesIO()
    with zipfile.ZipFile(data) as archive, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as swollen:
        for name in archive.namelist():
            if name != "xl/worksheets/sheet1.xml":
                swollen.writestr(name, archive.read(name))
        with swollen.open("xl/worksheets/sheet1.xml", "w") as member:
            member.write(b"<worksheet><sheetData>")
            for _megabyte in range(120):
                member.write(b" " * 1024 * 1024)
            member.write(b"</sheetData></worksheet>")
    return output.getvalue()


def laughing_sheets() -> bytes:
    """A table whose XML declares entities that multiply."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet><x>&l9;</x></worksheet>'
    with zipfile.ZipFile(io.BytesIO(sheets())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return container(members | {"xl/worksheets/sheet1.xml": bomb.encode(), "xl/sharedStrings.xml": bomb.encode()})
