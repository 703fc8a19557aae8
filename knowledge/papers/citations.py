"""How a paper is cited: as a sentence, in BibTeX, RIS and CSL-JSON; pure, without Django."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation needs to know of a paper; `retrieved` is the day on which the reader opened it."""

    title: str
    issuing_body: str
    as_of: date
    edition: int
    url: str
    portal: str
    retrieved: date


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A form of citation with its name in addresses, its file name ending and its media type."""

    name: str
    label: str
    extension: str
    media_type: str
    write: Callable[[Citation], str]


def long_date(day: date) -> str:
    """Return a German date such as 30. April 2014."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def plain(paper: Citation) -> str:
    """Return the citation as a German sentence (after DIN ISO 690)."""
    return (
        f"{paper.issuing_body} ({paper.as_of.year}): {paper.title}. Fassung {paper.edition}, "
        f"Stand {long_date(paper.as_of)}. {paper.portal}. URL: {paper.url}, Abruf: {long_date(paper.retrieved)}."
    )


_TEX_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
        "\r": " ",
    }
)


def _tex(text: str) -> str:
    return text.translate(_TEX_SPECIAL)


def bibtex(paper: Citation) -> str:
    """Return a BibTeX entry; the body stands in double braces, because it is one author and not a person's name."""
    key = "".join(letter for letter in paper.title if letter.isascii() and letter.isalnum())[:24] or "Papier"
    fields = {
        "author": f"{{{_tex(paper.issuing_body)}}}",
        "title": f"{{{_tex(paper.title)}}}",
        "year": str(paper.as_of.year),
        "month": str(paper.as_of.month),
        "type": "Positionspapier",
        "institution": _tex(paper.portal),
        "edition": str(paper.edition),
        "url": paper.url,
        "urldate": paper.retrieved.isoformat(),
        "langid": "ngerman",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@techreport{{{key}{paper.as_of.year},\n{lines}\n}}\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def ris(paper: Citation) -> str:
    """Return a RIS record (type RPRT); its lines end with CR LF as the format demands."""
    rows = [
        ("TY", "RPRT"),
        ("AU", _line(paper.issuing_body)),
        ("TI", _line(paper.title)),
        ("PY", str(paper.as_of.year)),
        ("DA", paper.as_of.strftime("%Y/%m/%d")),
        ("ET", str(paper.edition)),
        ("PB", _line(paper.portal)),
        ("UR", paper.url),
        ("Y2", paper.retrieved.strftime("%Y/%m/%d")),
        ("LA", "de"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in rows)


def csl_json(paper: Citation) -> str:
    """Return a CSL-JSON array with one item of type report."""
    item = {
        "id": paper.url,
        "type": "report",
        "genre": "Positionspapier",
        "title": paper.title,
        "author": [{"literal": paper.issuing_body}],
        "issued": {"date-parts": [[paper.as_of.year, paper.as_of.month, paper.as_of.day]]},
        "accessed": {"date-parts": [[paper.retrieved.year, paper.retrieved.month, paper.retrieved.day]]},
        "edition": str(paper.edition),
        "publisher": paper.portal,
        "URL": paper.url,
        "language": "de-DE",
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


#: The downloadable forms by their name.
FORMATS = {
    file_format.name: file_format
    for file_format in (
        CitationFormat("text", "Text", "txt", "text/plain; charset=utf-8", plain),
        CitationFormat("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex),
        CitationFormat("ris", "RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris),
        CitationFormat("csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
