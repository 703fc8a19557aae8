"""Reads GV100AD, the fixed-width form of Destatis' Gemeindeverzeichnis; the package's docstring has the layout."""

from collections import Counter
from dataclasses import replace

from portal.places.register.records import (
    Code,
    Kind,
    Problem,
    Reading,
    Row,
    RowError,
    check_ags,
    day_of,
    name_of,
    number_of,
)

_DISTRICT_WORDS = {"43": "Kreis", "44": "Landkreis", "45": "Regionalverband"}
_CITY_DISTRICTS = {"41", "42"}
_INDEPENDENT = {"61", "62"}
_UNINCORPORATED = {"65", "66"}
_OTHER_RECORDS = {"10", "20", "30", "50"}
#: How far a record must reach for the last field that is read from it.
_LENGTHS = {"40": 124, "60": 150}
#: Hamburg and Berlin are one municipality each; Bremen consists of two independent cities.
_CITY_STATES = {"02", "11"}


def read_fixed_width(text: str, reading: Reading) -> None:
    """Add the districts and municipalities of `text` to `reading`."""
    inhabitants: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        record = line[:2]
        if not line.strip() or record in _OTHER_RECORDS:
            continue
        try:
            row = _read_record(number, line, inhabitants, reading)
        except RowError as error:
            reading.problems.append(error.problem)
        else:
            reading.rows += [row] if row is not None else []
    reading.rows = [_with_inhabitants(row, inhabitants) for row in reading.rows]


def _read_record(number: int, line: str, inhabitants: Counter[str], reading: Reading) -> Row | None:
    record = line[:2]
    if record not in _LENGTHS:
        raise RowError(Problem(number, "record", Code.RECORD_TYPE, record))
    if len(line) < _LENGTHS[record]:
        raise RowError(Problem(number, "record", Code.LINE_SHORT, str(len(line)), str(_LENGTHS[record])))
    if record == "40":
        return _district(number, line)
    ags = check_ags(number, line[10:18].strip())
    population = number_of(number, line[139:150].strip())
    inhabitants[ags[:5]] += population or 0
    mark = line[122:124]
    if mark in _UNINCORPORATED:
        reading.unincorporated += 1
        return None
    name, designation = _name_and_designation(number, line)
    day = day_of(number, line[2:10])
    return Row(number, ags, name, _kind(ags, mark), day, designation, population)


def _district(number: int, line: str) -> Row | None:
    """A city that is a district of its own comes again as a municipality, so its district record is left out."""
    mark = line[122:124]
    if mark in _CITY_DISTRICTS:
        return None
    ags = check_ags(number, line[10:15].strip() + "000")
    name, _ = _name_and_designation(number, line)
    says_so = any(word in name.casefold() for word in ("kreis", "region"))
    designation = "" if says_so else _DISTRICT_WORDS.get(mark, "")
    return Row(number, ags, name, Kind.DISTRICT, day_of(number, line[2:10]), designation)


def _name_and_designation(number: int, line: str) -> tuple[str, str]:
    """The register writes „Flensburg, Stadt“."""
    name, _, designation = line[22:72].strip().partition(", ")
    return name_of(number, name), designation


def _kind(ags: str, mark: str) -> Kind:
    """The key tells an independent city even where an edition brings a mark that is not known yet."""
    if mark not in _INDEPENDENT and not ags.endswith("000"):
        return Kind.MUNICIPALITY
    return Kind.CITY_STATE if ags[:2] in _CITY_STATES else Kind.INDEPENDENT_CITY


def _with_inhabitants(row: Row, inhabitants: Counter[str]) -> Row:
    """A district's record has no population; it is the sum of everything inside."""
    if row.kind != Kind.DISTRICT or row.ags[:5] not in inhabitants:
        return row
    return replace(row, population=inhabitants[row.ags[:5]])
