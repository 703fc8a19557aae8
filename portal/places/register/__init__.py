"""Reads registers of municipalities: Destatis' Gemeindeverzeichnis and a plain CSV; knows no Django and no database.

The Gemeindeverzeichnis is published as “GV100AD”: lines of fixed width, one record per line, told apart by the first
two characters (Satzart): 10 Land, 20 Regierungsbezirk, 30 Region, 40 Kreis, 50 Gemeindeverband, 60 Gemeinde. Positions
counted from 1:

    1–2 Satzart · 3–10 Gebietsstand JJJJMMTT · 11–18 AGS (40: 11–15) · 23–72 Bezeichnung · 123–124 Textkennzeichen ·
    129–139 Fläche (ha) · 140–150 Bevölkerung insgesamt

Textkennzeichen of Kreise: 41 kreisfreie Stadt, 42 Stadtkreis, 43 Kreis, 44 Landkreis, 45 Regionalverband; of Gemeinden:
60 Markt, 61 kreisfreie Stadt, 62 Stadtkreis, 63 Stadt, 64 kreisangehörige Gemeinde, 65 and 66 gemeindefreies Gebiet
(inhabited, uninhabited), 67 große Kreisstadt.

Source: Statistisches Bundesamt, Gemeindeverzeichnis-Informationssystem GV-ISys, record layout of GV100AD; compared with
the readers gv100ad-py (PyPI), gv100ad (crates.io) and read_gv100 of the R package wiesbaden. Since about 2019 the file
is UTF-8, before that ISO 8859-1, in old editions for DOS code page 850.
"""

import datetime
import re

from portal.places.register.columns import read_columns
from portal.places.register.fixed_width import read_fixed_width
from portal.places.register.records import Code, Kind, Problem, Reading, Row

__all__ = ["Code", "Kind", "Problem", "Reading", "Row", "read_register"]

#: A record begins with its Satzart and the day of the area status.
_GV100AD = re.compile(r"[1-6]0(19|20)[0-9]{6}")
#: The letters ä ö ü Ä Ö Ü in code page 850; as ISO 8859-1 these bytes would be control characters.
_CP850_LETTERS = re.compile(rb"[\x84\x94\x81\x8e\x99\x9a]")
_LATIN_LETTERS = re.compile(rb"[\xe4\xf6\xfc\xdf\xc4\xd6\xdc]")


def read_register(data: bytes, *, as_of: datetime.date | None = None) -> Reading:
    """Read a register in either layout; `as_of` is the area status of a CSV that does not name one."""
    reading = Reading()
    if b"\x00" in data or data.startswith(b"PK\x03\x04"):
        reading.problems.append(Problem(1, "", Code.NOT_TEXT))
        return reading
    text = _decode(data)
    if text is None:
        reading.problems.append(Problem(1, "", Code.ENCODING))
        return reading
    if _GV100AD.match(text.lstrip()):
        read_fixed_width(text, reading)
    else:
        read_columns(text, as_of, reading)
    _find_duplicates(reading)
    if not reading.rows and not reading.problems:
        reading.problems.append(Problem(1, "", Code.EMPTY))
    return reading


def _decode(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    looks_like_dos = _CP850_LETTERS.search(data) and not _LATIN_LETTERS.search(data)
    try:
        return data.decode("cp850" if looks_like_dos else "cp1252")
    except UnicodeDecodeError:
        return None


def _find_duplicates(reading: Reading) -> None:
    first: dict[str, int] = {}
    for row in reading.rows:
        if row.ags in first:
            reading.problems.append(Problem(row.line, "ags", Code.AGS_TWICE, row.ags, str(first[row.ags])))
        else:
            first[row.ags] = row.line
    reading.problems.sort(key=lambda problem: problem.line)
