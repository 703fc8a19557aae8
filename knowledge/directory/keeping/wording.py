"""How snapshots read: every value in lines of words, so that two versions can be laid side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knowledge.directory.enums import Approach, TransparencyItem, Weekday
from knowledge.directory.keeping.fields import hours_in_words
from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.keeping.snapshots import FREE_PARTS, Snapshot, Values
from knowledge.directory.languages import language_name
from knowledge.directory.models import Offer, Organisation
from knowledge.topics.models import FieldOfAction
from portal.places.models import Municipality

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One field on both sides."""

    part: str | Promise
    label: str
    mine: Lines
    theirs: Lines


def differing_rows(mine: Snapshot, theirs: Snapshot) -> list[Row]:
    """Return the fields in which two snapshots differ; the first is the one on the left."""
    rows = []
    for part in FREE_PARTS:
        left, right = mine.get(part, {}), theirs.get(part, {})
        rows += differing_fields(part, left, {name: right.get(name) for name in left})
    return rows


def differing_fields(part: str, mine: Values, theirs: Values) -> list[Row]:
    """Return the fields of one part that differ."""
    label = PARTS[PartKey(part)].label
    return [
        Row(label, field_label(part, name), lines(part, name, mine[name]), lines(part, name, theirs.get(name)))
        for name in mine
        if mine[name] != theirs.get(name)
    ]


def field_label(part: str, name: str) -> str:
    """Return what a field is called."""
    label = str(_row_labels().get(name) or Organisation._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _row_labels() -> dict[str, str]:
    return {
        "descriptions": _("Who we are"),
        "coordinates": _("Point on the map"),
        "umbrellas": _("Member of"),
        "languages": _("Languages"),
        "opening_times": _("Opening times"),
        "offers": _("Offers"),
        "transparency_notes": _("Points of transparency"),
    }


def lines(part: str, name: str, value: object) -> Lines:
    """Return a value in lines of words; nothing where nothing is said."""
    if name in _IN_LINES:
        return _IN_LINES[name](value or [])
    return _column_lines(Organisation, name, value)


def _column_lines(model: type[models.Model], name: str, value: object) -> Lines:
    if value is None or value == "":
        return []
    field = model._meta.get_field(name)
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    return str(value).splitlines()


def _times(rows: Iterable[Mapping]) -> Lines:
    days: dict[int, list] = {}
    for row in rows:
        days.setdefault(row["weekday"], []).append(row)
    return [f"{Weekday(day).label}: {hours_in_words(spans)}" for day, spans in sorted(days.items())]


def _languages(rows: Iterable[Mapping]) -> Lines:
    return [
        _("%(language)s (by interpreter)") % {"language": language_name(row["code"])}
        if row["with_interpreter"]
        else language_name(row["code"])
        for row in rows
    ]


def _notes(rows: Iterable[Mapping]) -> Lines:
    labels = dict(TransparencyItem.choices)
    found = []
    for row in rows:
        day = date_format(parse_date(row["as_of"]), "DATE_FORMAT") if row["as_of"] else ""
        found.append(f"{labels.get(row['item'], row['item'])}: {row['url']} {day}".rstrip())
    return found


def _offer(row: Mapping) -> Lines:
    inside = [f"{row['name']}:"]
    for name, value in row.items():
        if name in ("uid", "pk", "name", "access", "accessibility"):
            continue
        words = lines("", name, value) if name in _IN_LINES else _column_lines(Offer, name, value)
        inside += [f"– {line}" for line in words] if name != "is_active" or not value else []
    return inside


def _descriptions(rows: Iterable[Mapping]) -> Lines:
    return [line for row in rows for line in (f"{language_name(row['language'])}:", *str(row["text"]).splitlines())]


_IN_LINES = {
    "approaches": lambda values: [str(dict(Approach.choices).get(value, value)) for value in values],
    "fields_of_action": lambda slugs: list(FieldOfAction.objects.filter(slug__in=slugs).values_list("name", flat=True)),
    "areas": lambda keys: [str(place) for place in Municipality.objects.filter(ags__in=keys).order_by("sorted_as")],
    "coordinates": lambda text: [text] if text else [],
    "umbrellas": lambda keys: list(Organisation.objects.filter(uid__in=keys).values_list("name", flat=True)),
    "descriptions": _descriptions,
    "languages": _languages,
    "opening_times": _times,
    "offers": lambda rows: [line for row in rows for line in _offer(row)],
    "transparency_notes": _notes,
}
