"""Loads a register of municipalities, all rows or none, and never loses what was there."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.places.models import Municipality
from portal.places.register import Code, Problem, Row, read_register

#: What happened and what to do about it; %(value)s is what stands in the file, %(hint)s what would be right.
PROBLEM_TEXTS = {
    Code.NOT_TEXT: _("This is not a text file. Save the table as CSV and try again."),
    Code.ENCODING: _("The file's characters cannot be read. Save it as CSV with the encoding UTF-8."),
    Code.EMPTY: _("The file holds no municipality. Check that it is the right file."),
    Code.COLUMN_MISSING: _("The column is missing. The first line must name the columns ags, name and kind."),
    Code.CELL_COUNT: _(
        "The row has %(value)s cells, the first line has %(hint)s. Put names that contain the separator in quotes."
    ),
    Code.LINE_SHORT: _("The line ends after %(value)s characters; at least %(hint)s are needed. Fetch the file again."),
    Code.RECORD_TYPE: _("“%(value)s” is no known record type. The line is damaged; fetch the file again."),
    Code.MISSING: _("The field is empty. Fill it in."),
    Code.AGS_ZERO: _("The leading zero is missing from “%(value)s”: write %(hint)s. Format the column as text."),
    Code.AGS_LENGTH: _("“%(value)s” does not have eight digits. A district's key is its five digits and 000."),
    Code.AGS_REGIONAL: _("“%(value)s” is the regional key with twelve digits. The municipality key is %(hint)s."),
    Code.AGS_DIGITS: _("“%(value)s” does not consist of digits only. Write eight digits."),
    Code.AGS_LAND: _("“%(value)s” does not begin with a Land, 01 to 16. Check the first two digits."),
    Code.AGS_TWICE: _("%(value)s stands in line %(hint)s already. Remove one of the two lines."),
    Code.NAME_LENGTH: _("The name “%(value)s” has more than %(hint)s characters. Shorten it."),
    Code.KIND_UNKNOWN: _(
        "“%(value)s” is no known kind. Write kreisfreie Stadt, Landkreis, kreisangehörige Gemeinde or Stadtstaat."
    ),
    Code.KIND_AGS: _(
        "“%(value)s” does not fit the key %(hint)s: districts and independent cities end with 000, municipalities "
        "within a district do not."
    ),
    Code.NUMBER: _("“%(value)s” is no number of persons. Write digits only, or leave the field empty."),
    Code.DATE: _("“%(value)s” is no date. Write it like 31.12.2025."),
    Code.DATE_MISSING: _("The area status is unknown. Name it with --as-of, or in a column area_as_of."),
    Code.SUCCESSOR_SELF: _("%(value)s cannot be its own successor. Name the municipality into which it was merged."),
    Code.SUCCESSOR_UNKNOWN: _("The successor %(value)s stands neither in the file nor in the portal. Add its row."),
    Code.SUCCESSOR_CIRCLE: _("Following the successors of %(value)s leads back to it. Correct one of them."),
}

#: The columns that a register fills; the successor is set apart.
_WRITTEN = ("name", "designation", "kind", "land", "population", "area_as_of")


class RegisterError(Exception):
    """A register that was not loaded, with everything that is wrong with it."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


@dataclass
class LoadReport:
    """What a load did, in numbers."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    #: Rows left alone because the portal holds a later area status.
    kept_newer: int = 0
    #: Municipalities of the portal that the file does not name; they stay.
    not_in_file: int = 0
    unincorporated: int = 0
    ignored_columns: tuple[str, ...] = field(default=())


def describe(problem: Problem) -> str:
    """Say in one line where the problem is, what it is and how to mend it."""
    text = PROBLEM_TEXTS[problem.code] % {"value": problem.value, "hint": problem.hint}
    if not problem.field:
        return _("Line %(line)d: %(text)s") % {"line": problem.line, "text": text}
    return _("Line %(line)d, field %(field)s: %(text)s") % {
        "line": problem.line, "field": problem.field, "text": text,
    }  # fmt: skip


def load_municipalities(*, data: bytes, as_of: datetime.date | None = None) -> LoadReport:
    """Bring the rows of a register in, or raise `RegisterError` and change nothing; a second load changes nothing."""
    reading = read_register(data, as_of=as_of)
    if reading.problems:
        raise RegisterError(reading.problems)
    report = LoadReport(unincorporated=reading.unincorporated, ignored_columns=reading.ignored_columns)
    with transaction.atomic():
        stored = {place.ags: place for place in Municipality.objects.select_related("successor")}
        problems = _successor_problems(reading.rows, stored)
        if problems:
            raise RegisterError(problems)
        _write_rows(reading.rows, stored, report)
        _write_successors(reading.rows)
    report.not_in_file = len(stored.keys() - {row.ags for row in reading.rows})
    return report


def _write_rows(rows: Iterable[Row], stored: dict[str, Municipality], report: LoadReport) -> None:
    new, changed, renamed = [], [], []
    for row in rows:
        place = stored.get(row.ags)
        if place is None:
            new.append(_filled(Municipality(ags=row.ags), row))
        elif row.area_as_of < place.area_as_of:
            report.kept_newer += 1
        else:
            before = _state(place)
            _filled(place, row)
            if _state(place) == before:
                report.unchanged += 1
            else:
                (renamed if place.full_name != before["full_name"] else changed).append(place)
    Municipality.objects.bulk_create(new, batch_size=1000)
    Municipality.objects.bulk_create(
        changed, batch_size=1000, update_conflicts=True, unique_fields=["ags"], update_fields=_WRITTEN
    )
    # One by one, because whoever shows the name listens to the save signal; a reform renames few.
    for place in renamed:
        place.save()
    report.added, report.updated = len(new), len(changed) + len(renamed)


def _state(place: Municipality) -> dict:
    return {name: getattr(place, name) for name in (*_WRITTEN, "full_name")}


def _filled(place: Municipality, row: Row) -> Municipality:
    """Write the row into the object; where the file says nothing, what was there stays."""
    place.name, place.kind, place.land, place.area_as_of = row.name, row.kind.value, row.ags[:2], row.area_as_of
    place.designation = row.designation or place.designation
    place.population = place.population if row.population is None else row.population
    return place


def _successor_problems(rows: list[Row], stored: dict[str, Municipality]) -> list[Problem]:
    known = stored.keys() | {row.ags for row in rows}
    onward = {place.ags: place.successor.ags for place in stored.values() if place.successor}
    onward |= {row.ags: row.successor_ags for row in rows if row.successor_ags}
    problems = []
    for row in rows:
        if not row.successor_ags:
            continue
        if row.successor_ags == row.ags:
            problems.append(Problem(row.line, "successor_ags", Code.SUCCESSOR_SELF, row.ags))
        elif row.successor_ags not in known:
            problems.append(Problem(row.line, "successor_ags", Code.SUCCESSOR_UNKNOWN, row.successor_ags))
        elif _leads_back(row.ags, onward):
            problems.append(Problem(row.line, "successor_ags", Code.SUCCESSOR_CIRCLE, row.ags))
    return problems


def _leads_back(ags: str, onward: dict[str, str]) -> bool:
    seen, place = {ags}, onward.get(ags)
    while place is not None and place not in seen:
        seen.add(place)
        place = onward.get(place)
    return place is not None


def _write_successors(rows: Iterable[Row]) -> None:
    wanted = {row.ags: row.successor_ags for row in rows if row.successor_ags}
    if not wanted:
        return
    places = {place.ags: place for place in Municipality.objects.filter(ags__in=wanted.keys() | set(wanted.values()))}
    for ags, successor_ags in wanted.items():
        place, successor = places[ags], places[successor_ags]
        if place.successor_id != successor.pk:
            place.successor = successor
            place.save(update_fields=["successor"])
