"""Lists as municipalities keep them, in the formats that their programs write."""

import csv
import io

from openpyxl import Workbook

HEADINGS = (
    "Name des Vereins", "Straße/Nr.", "PLZ", "Ort", "E-Mail", "Telefon", "Ansprechpartner/in", "Sprachen",
)  # fmt: skip
BRIDGES = (
    "Brücken bauen e. V.", "Hafenstraße 3", "26789", "Ravensfurt", "info@bruecken.example", "0491 1234",
    "Frau Zwirnlein", "Tigrinya, Arabisch und Deutsch",
)  # fmt: skip
WAYS = ("Neue Wege gGmbH", "Marktplatz 1", "26789", "Ravensfurt", "", "", "Herr Quellmann", "")


def as_csv(rows, *, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    """Return rows as text."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def as_excel(rows, *, sheets: int = 1) -> bytes:
    """Return rows as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for number in range(1, sheets):
        book.create_sheet(f"Blatt {number}").append(["anderes"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
