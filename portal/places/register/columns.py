"""Reads a CSV with named columns, as people make it with a spreadsheet."""

import csv
import datetime
import io
from collections.abc import Iterator

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

#: The columns of a CSV and the German names under which people know them.
_COLUMNS = {
    "ags": "ags", "gemeindeschlüssel": "ags", "amtlicher gemeindeschlüssel": "ags",
    "name": "name", "gemeinde": "name", "kommune": "name",
    "kind": "kind", "art": "kind", "typ": "kind",
    "designation": "designation", "bezeichnung": "designation",
    "population": "population", "einwohner": "population", "bevölkerung": "population",
    "area_as_of": "area_as_of", "gebietsstand": "area_as_of",
    "successor_ags": "successor_ags", "nachfolger_ags": "successor_ags", "nachfolger": "successor_ags",
}  # fmt: skip
_REQUIRED = ("ags", "name", "kind")
_KINDS = {
    "kreisfreie stadt": Kind.INDEPENDENT_CITY,
    "kreisfrei": Kind.INDEPENDENT_CITY,
    "stadtkreis": Kind.INDEPENDENT_CITY,
    "landkreis": Kind.DISTRICT,
    "kreis": Kind.DISTRICT,
    "kreisangehörige gemeinde": Kind.MUNICIPALITY,
    "kreisangehörige stadt": Kind.MUNICIPALITY,
    "kreisangehörig": Kind.MUNICIPALITY,
    "gemeinde": Kind.MUNICIPALITY,
    "stadtstaat": Kind.CITY_STATE,
    **{kind.value: kind for kind in Kind},
}


def read_columns(text: str, as_of: datetime.date | None, reading: Reading) -> None:
    """Add the rows of `text` to `reading`; `as_of` holds for rows without an area status of their own."""
    header_line = text.splitlines()[0] if text.strip() else ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=header_line.count))
    try:
        _read_table(reader, as_of, reading)
    except csv.Error:
        reading.problems.append(Problem(reader.line_num, "", Code.NOT_TEXT))


def _read_table(reader, as_of: datetime.date | None, reading: Reading) -> None:
    header = [cell.strip() for cell in next(reader, [])]
    names = [_COLUMNS.get(cell.casefold(), "") for cell in header]
    missing = [name for name in _REQUIRED if name not in names]
    if missing and header:
        reading.problems += [Problem(1, name, Code.COLUMN_MISSING) for name in missing]
    if missing:
        return
    reading.ignored_columns = tuple(cell for cell, name in zip(header, names, strict=True) if not name and cell)
    for line, cells in _lines(reader):
        try:
            reading.rows.append(_csv_row(line, cells, names, as_of))
        except RowError as error:
            reading.problems.append(error.problem)


def _lines(reader) -> Iterator[tuple[int, list[str]]]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _csv_row(line: int, cells: list[str], names: list[str], as_of: datetime.date | None) -> Row:
    if len(cells) != len(names):
        raise RowError(Problem(line, "", Code.CELL_COUNT, str(len(cells)), str(len(names))))
    values = {name: cell for name, cell in zip(names, cells, strict=True) if name}
    ags = check_ags(line, values["ags"])
    successor = values.get("successor_ags", "")
    day = day_of(line, values["area_as_of"]) if values.get("area_as_of") else as_of
    if day is None:
        raise RowError(Problem(line, "area_as_of", Code.DATE_MISSING))
    return Row(
        line=line,
        ags=ags,
        name=name_of(line, values["name"]),
        kind=_kind(line, values["kind"], ags),
        area_as_of=day,
        designation=values.get("designation", ""),
        population=number_of(line, values.get("population", "")),
        successor_ags=check_ags(line, successor, "successor_ags") if successor else "",
    )


def _kind(line: int, text: str, ags: str) -> Kind:
    kind = _KINDS.get(text.casefold())
    if kind is None:
        raise RowError(Problem(line, "kind", Code.KIND_UNKNOWN if text else Code.MISSING, text))
    # Only a municipality within a district has a municipal number of its own.
    if (kind == Kind.MUNICIPALITY) == ags.endswith("000"):
        raise RowError(Problem(line, "kind", Code.KIND_AGS, text, ags))
    return kind
