"""What a register says about a place, what can be wrong with it, and how each field is read."""

import datetime
import re
from dataclasses import dataclass, field
from enum import StrEnum

#: Land 01 to 16, then six digits (Source: Destatis, Amtlicher Gemeindeschlüssel).
_AGS = re.compile(r"(0[1-9]|1[0-6])[0-9]{6}")
_GROUPED_NUMBER = re.compile(r"[0-9]{1,3}([. \u00a0\u202f][0-9]{3})+|[0-9]+")
NAME_LENGTH = 120
#: More than live in Germany; a larger number comes from a shifted column.
_MOST_PERSONS = 99_999_999


class Kind(StrEnum):
    """What a row is; the same words as `MunicipalityKind`."""

    INDEPENDENT_CITY = "independent-city"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"
    CITY_STATE = "city-state"


class Code(StrEnum):
    """What is wrong with a row; the words for people stand in `actions`."""

    NOT_TEXT = "not-text"
    ENCODING = "encoding"
    EMPTY = "empty"
    COLUMN_MISSING = "column-missing"
    CELL_COUNT = "cell-count"
    LINE_SHORT = "line-short"
    RECORD_TYPE = "record-type"
    MISSING = "missing"
    AGS_ZERO = "ags-zero"
    AGS_LENGTH = "ags-length"
    AGS_REGIONAL = "ags-regional"
    AGS_DIGITS = "ags-digits"
    AGS_LAND = "ags-land"
    AGS_TWICE = "ags-twice"
    NAME_LENGTH = "name-length"
    KIND_UNKNOWN = "kind-unknown"
    KIND_AGS = "kind-ags"
    NUMBER = "number"
    DATE = "date"
    DATE_MISSING = "date-missing"
    SUCCESSOR_SELF = "successor-self"
    SUCCESSOR_UNKNOWN = "successor-unknown"
    SUCCESSOR_CIRCLE = "successor-circle"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the line of the file, the field, what stands there, what would be right."""

    line: int
    field: str
    code: Code
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality or district as the file has it; None where the file says nothing."""

    line: int
    ags: str
    name: str
    kind: Kind
    area_as_of: datetime.date
    designation: str = ""
    population: int | None = None
    successor_ags: str = ""


@dataclass(slots=True)
class Reading:
    """What was read from a file: its rows or what is wrong with them, and what was left aside."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: Areas that belong to no municipality (gemeindefreie Gebiete).
    unincorporated: int = 0
    ignored_columns: tuple[str, ...] = ()


class RowError(Exception):
    """A row that cannot be read; carries the problem."""

    def __init__(self, problem: Problem):
        super().__init__(problem)
        self.problem = problem


def check_ags(line: int, text: str, name: str = "ags") -> str:
    """Return the key if it is one; a lost leading zero is the usual damage by spreadsheets, so it is named."""
    if not text:
        raise RowError(Problem(line, name, Code.MISSING))
    if not (text.isascii() and text.isdigit()):
        raise RowError(Problem(line, name, Code.AGS_DIGITS, text))
    if len(text) == 7 and _AGS.fullmatch("0" + text):
        raise RowError(Problem(line, name, Code.AGS_ZERO, text, "0" + text))
    if len(text) == 12:
        raise RowError(Problem(line, name, Code.AGS_REGIONAL, text, text[:5] + text[9:]))
    if len(text) != 8:
        raise RowError(Problem(line, name, Code.AGS_LENGTH, text))
    if not _AGS.fullmatch(text):
        raise RowError(Problem(line, name, Code.AGS_LAND, text))
    return text


def name_of(line: int, text: str) -> str:
    """Return the name, which must be there and fit."""
    if not text:
        raise RowError(Problem(line, "name", Code.MISSING))
    if len(text) > NAME_LENGTH:
        raise RowError(Problem(line, "name", Code.NAME_LENGTH, text[:40] + "…", str(NAME_LENGTH)))
    return text


def number_of(line: int, text: str) -> int | None:
    """Return a number of persons, with or without dots or spaces between the thousands."""
    if not text:
        return None
    if not _GROUPED_NUMBER.fullmatch(text) or int(re.sub(r"\D", "", text)) > _MOST_PERSONS:
        raise RowError(Problem(line, "population", Code.NUMBER, text))
    return int(re.sub(r"\D", "", text))


def day_of(line: int, text: str) -> datetime.date:
    """Return the day in one of the three usual forms."""
    for pattern in ("%Y%m%d", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no time zone.
        except ValueError:
            continue
    raise RowError(Problem(line, "area_as_of", Code.DATE, text))
