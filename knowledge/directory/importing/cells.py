"""Reads the cells of a row into values of an entry; what cannot be read is left out with a problem, never guessed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone

from knowledge.directory.coordinates import LATITUDES, LONGITUDES, read_coordinates, read_degree
from knowledge.directory.importing.persons import looks_personal
from knowledge.directory.importing.problems import Code, Problem
from knowledge.directory.importing.reading.headings import PERSON, squeezed
from knowledge.directory.importing.words import Vocabulary, parted, parted_by_and
from knowledge.directory.models import Organisation, Registration, SelfDescription
from knowledge.directory.models.organisations import OLDEST_YEAR
from portal.shared.tables import DEFUSER, FORMULA_STARTS

_BROKEN = frozenset({"#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#N/A", "#NUM!", "#NULL!", "#BEZUG!", "#WERT!", "#NV"})
_ADDRESS = re.compile(
    r"(?:(?P<street>.+?)[,\n;]\s*)?(?:D-)?(?P<postal_code>[0-9]{5})\s+(?P<city>[^\d,;\n]+)", re.DOTALL
)
#: Unit: characters. Longer cells are no address, and looking for one would take long.
_LONGEST_ADDRESS = 300
_LONGEST_LIST = 1_000
_YEAR = re.compile(r"(?<!\d)([0-9]{4})(?!\d)")
_PHONE = re.compile(r"[0-9+()/\s.–-]{3,40}")
_POSTAL_CODE = re.compile(r"[0-9]{5}")
_COORDINATES = ("latitude", "longitude")
_as_url = URLValidator(schemes=["http", "https"])


class _Refused(ValueError):  # noqa: N818 -- it is an answer about the cell.
    """A cell that cannot be read."""

    def __init__(self, code: Code):
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Row:
    """A row as it was understood."""

    #: Where it stands in the file, counted from 1.
    line: int
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the name of the organisation."""
        return str(self.values.get("name", ""))

    @property
    def is_readable(self) -> bool:
        """Tell whether something can be taken over."""
        return not any(problem.is_blocking for problem in self.problems)


def read_row(raw: tuple | list, mapping: Mapping[int, str], words: Vocabulary) -> Row:
    """Read a row of the file; `mapping` says what each column stands for."""
    row = Row(raw[0])
    cells = {name: _plain(raw[position + 1]) for position, name in mapping.items() if name and name != PERSON}
    readers = _readers(words)
    for name, cell in cells.items():
        if cell:
            _read_cell(row, name, cell, readers.get(name))
    _join(row)
    if not row.name and not any(problem.field == "name" for problem in row.problems):
        row.problems.insert(0, Problem("name", Code.NO_NAME))
    _leave_out_persons(row)
    return row


def _plain(cell: str) -> str:
    """Return a cell without the sign that our own export puts before what might become a formula."""
    if cell.startswith(DEFUSER) and cell[1:].lstrip().startswith(FORMULA_STARTS):
        return cell[1:].strip()
    return cell.strip()


def _read_cell(row: Row, name: str, cell: str, read: Callable | None) -> None:
    if cell.upper() in _BROKEN:
        row.problems.append(Problem(name, Code.BROKEN, cell))
        return
    try:
        row.values[name] = read(cell) if read else _text(cell, name)
    except _Refused as refused:
        row.problems.append(Problem(name, refused.code, cell))
    if name in _SEVERAL:
        known, unknown = row.values.pop(name)
        row.problems += [Problem(name, Code.UNKNOWN, word) for word in unknown]
        if known:
            row.values[name] = known


_SEVERAL = frozenset({"fields_of_action", "languages"})


def _readers(words: Vocabulary) -> dict[str, Callable]:
    return {
        "kind": partial(_one_of, words.kinds),
        "legal_form": partial(_one_of, words.legal_forms),
        "founded_year": _year,
        "municipality": partial(_place, words),
        "postal_code": _postal_code,
        "address": _address,
        "latitude": partial(_degree, LATITUDES),
        "longitude": partial(_degree, LONGITUDES),
        "coordinates": _coordinates,
        "website": _website,
        "email": _email,
        "phone": _phone,
        "description": partial(_text, name="text", model=SelfDescription, keeps_lines=True),
        "responsibility": partial(_text, name="responsibility", keeps_lines=True),
        "register_number": partial(_text, name="number", model=Registration),
        "register_court": partial(_text, name="authority", model=Registration),
        "house_number": lambda cell: cell,
        "fields_of_action": partial(_several, words.fields_of_action),
        "languages": partial(_several, words.languages),
    }


def _text(cell: str, name: str, *, model=Organisation, keeps_lines: bool = False) -> str:
    text = cell if keeps_lines else " ".join(cell.split())
    longest = model._meta.get_field(name).max_length or 4_000
    if len(text) > longest:
        raise _Refused(Code.TOO_LONG)
    return text


def _one_of(known: Mapping[str, str], cell: str) -> str:
    try:
        return known[squeezed(cell)]
    except KeyError:
        raise _Refused(Code.UNKNOWN) from None


def _several(known: Mapping[str, object], cell: str) -> tuple[list, list[str]]:
    if len(cell) > _LONGEST_LIST:
        return [], [cell]
    parts = [part for piece in parted(cell) for part in ([piece] if squeezed(piece) in known else parted_by_and(piece))]
    found = list(dict.fromkeys(known[squeezed(part)] for part in parts if squeezed(part) in known))
    return found, [part for part in parts if squeezed(part) not in known]


def _place(words: Vocabulary, cell: str) -> int:
    keys = words.places.get(squeezed(cell), set())
    if len(keys) > 1:
        raise _Refused(Code.SEVERAL)
    if not keys:
        raise _Refused(Code.UNKNOWN)
    return next(iter(keys))


def _year(cell: str) -> int:
    found = _YEAR.search(cell)
    if found is None or not OLDEST_YEAR <= int(found[1]) <= timezone.localdate().year:
        raise _Refused(Code.INVALID)
    return int(found[1])


def _postal_code(cell: str) -> str:
    code = cell.removeprefix("D-").removeprefix("D ").replace(" ", "")
    # Spreadsheet programs take the code for a number and lose its first zero.
    code = code.zfill(5) if code.isascii() and code.isdigit() and len(code) == 4 else code
    if not _POSTAL_CODE.fullmatch(code):
        raise _Refused(Code.INVALID)
    return code


def _address(cell: str) -> dict[str, str]:
    found = _ADDRESS.fullmatch(cell) if len(cell) <= _LONGEST_ADDRESS else None
    if found is None:
        raise _Refused(Code.ADDRESS)
    parts = {name: " ".join((value or "").split()) for name, value in found.groupdict().items()}
    return {name: _text(value, name) for name, value in parts.items() if value}


def _degree(within: tuple[Decimal, Decimal], cell: str) -> Decimal:
    degree = read_degree(cell, within)
    if degree is None:
        raise _Refused(Code.INVALID)
    return degree


def _coordinates(cell: str) -> dict[str, Decimal]:
    place = read_coordinates(cell)
    if place is None:
        raise _Refused(Code.INVALID)
    return dict(zip(_COORDINATES, place, strict=True))


def _website(cell: str) -> str:
    address = cell if re.match(r"https?://", cell, re.IGNORECASE) else f"https://{cell}"
    return _checked(address, _as_url, "website")


def _email(cell: str) -> str:
    return _checked(cell.removeprefix("mailto:"), validate_email, "email")


def _checked(value: str, check: Callable[[str], None], name: str) -> str:
    try:
        check(value)
    except ValidationError:
        raise _Refused(Code.INVALID) from None
    return _text(value, name)


def _phone(cell: str) -> str:
    number = re.sub(r"^\s*(tel\.?|telefon|fon)\s*:?\s*", "", " ".join(cell.split()), flags=re.IGNORECASE)
    if not _PHONE.fullmatch(number) or not any(char.isdigit() for char in number):
        raise _Refused(Code.INVALID)
    return number


def _join(row: Row) -> None:
    """Put together what lists divide, and divide what they put together; what has a column of its own goes first."""
    for name, value in (row.values.pop("address", None) or {}).items():
        row.values.setdefault(name, value)
    number = row.values.pop("house_number", "")
    street = str(row.values.get("street", ""))
    if number and street and not street.endswith(str(number)):
        joined = f"{street} {number}"
        if len(joined) <= (Organisation._meta.get_field("street").max_length or 0):
            row.values["street"] = joined
    for name, value in (row.values.pop("coordinates", None) or {}).items():
        row.values.setdefault(name, value)
    if not all(name in row.values for name in _COORDINATES):
        # One of the two alone is no place.
        for name in _COORDINATES:
            row.values.pop(name, None)
    court = row.values.pop("register_court", "")
    if register := row.values.pop("register_number", ""):
        row.values["registration"] = {"number": register, "authority": court}


def _leave_out_persons(row: Row) -> None:
    email = str(row.values.get("email", ""))
    if email and looks_personal(email, row.name):
        del row.values["email"]
        row.problems.append(Problem("email", Code.PERSONAL, email))
