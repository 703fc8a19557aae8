"""Rows of the dry run, and what an import did, as the editors' pages show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.enums import LegalForm, OrganisationKind
from knowledge.directory.importing.actions import options_of
from knowledge.directory.importing.fields import FIELDS
from knowledge.directory.importing.planning import Decision, PlannedRow, Status
from knowledge.directory.importing.problems import Problem
from knowledge.directory.importing.records import Outcome
from knowledge.directory.importing.wording import LEFT, WHYS
from knowledge.directory.languages import language_name
from knowledge.directory.models import DirectoryImport, Organisation
from knowledge.topics.models import FieldOfAction
from portal.places.models import Municipality

_LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A field and what the row says."""

    label: str
    text: str
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry that a row may be about."""

    name: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the dry run."""

    index: int
    line: int
    name: str
    status: Status
    values: tuple[ShownValue, ...]
    entries: tuple[ShownEntry, ...]
    problems: tuple[Problem, ...]
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What would happen to the whole list as it is decided now."""

    makes: int
    fills: int
    same: int
    undecided: int
    unreadable: int
    left_out: int

    @property
    def takes(self) -> int:
        """Return how many rows do something."""
        return self.makes + self.fills


def summary_of(listed: DirectoryImport) -> Summary:
    """Count what would happen to the rows."""
    counts: Counter[str] = Counter()
    for index, (status, default, *_rest) in enumerate(Outcome.of(listed).plan):
        decision = listed.decisions.get(str(index))
        counts[_fate(status, default, decision)] += 1
    names = ("makes", "fills", "same", "undecided", "unreadable", "left_out")
    return Summary(**{name: counts[name] for name in names})


def _fate(status: str, default: str, decision: str | None) -> str:
    if status in (Status.UNREADABLE, Status.SAME) and decision is None:
        return "unreadable" if status == Status.UNREADABLE else "same"
    if status == Status.SUSPECTED and decision is None:
        return "undecided"
    match decision or default:
        case Decision.NEW:
            return "makes"
        case Decision.SKIP:
            return "left_out"
    return "fills"


def shown_rows(listed: DirectoryImport, planned: Iterable[PlannedRow]) -> list[ShownRow]:
    """Return rows as the page shows them; names are looked up once for all."""
    planned = list(planned)
    names = _Names(planned)
    return [
        ShownRow(
            index=one.index,
            line=one.row.line,
            name=one.row.name or _("without a name"),
            status=one.status,
            values=tuple(_values(one, names)),
            entries=tuple(names.entries_of(one)),
            problems=tuple(one.row.problems),
            options=tuple((value, names.option(one, value)) for value in options_of(one)),
            chosen=listed.decisions.get(str(one.index), one.default),
        )
        for one in planned
    ]


def _values(one: PlannedRow, names: "_Names") -> Iterable[ShownValue]:
    """Show what would be added; of new rows that is everything."""
    shown = one.gaps if one.target is not None else one.row.values
    for name, value in shown.items():
        if name == "name" or value in (None, "", []):
            continue
        field = FIELDS["register_number" if name == "registration" else name]
        # What is sensitive becomes a proposal, where there is an entry already.
        yield ShownValue(str(field.label), names.text(name, value), field.is_sensitive and one.target is not None)


class _Names:
    """How keys are called."""

    def __init__(self, planned: list[PlannedRow]) -> None:
        keys = {one.target for one in planned if one.target} | {c.pk for one in planned for c in one.candidates}
        self._entries = Organisation.objects.only("name", "slug", "city", "state").in_bulk(
            {pk for pk in keys if pk > 0}
        )
        places = {one.row.values.get("municipality") for one in planned} - {None}
        self._places = Municipality.objects.in_bulk(places) if places else {}
        fields = {pk for one in planned for pk in one.row.values.get("fields_of_action", ())}
        self._fields = FieldOfAction.objects.in_bulk(fields) if fields else {}

    def text(self, name: str, value) -> str:
        """Return a value as people read it."""
        match name:
            case "kind":
                return str(OrganisationKind(value).label)
            case "legal_form":
                return str(LegalForm(value).label)
            case "municipality":
                return str(self._places.get(value, ""))
            case "fields_of_action":
                return ", ".join(str(self._fields.get(pk, "")) for pk in value)
            case "languages":
                return ", ".join(language_name(code) for code in value)
            case "registration":
                return ", ".join(filter(None, (value["number"], value.get("authority", ""))))
        text = str(value)
        return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} …"

    def entries_of(self, one: PlannedRow) -> Iterable[ShownEntry]:
        """Return the entries that a row may be about, and why."""
        if one.target in self._entries:
            yield self._entry(one.target, _("the same organisation"))
        for found in one.candidates:
            if found.pk in self._entries:
                yield self._entry(found.pk, str(WHYS[found.why]))
            elif found.pk < 0:
                yield ShownEntry(_("row %(row)d of this list") % {"row": -found.pk}, "", str(WHYS[found.why]))

    def option(self, one: PlannedRow, value: str) -> str:
        """Say what a decision would do."""
        match value:
            case Decision.NEW:
                return _("make a new entry")
            case Decision.SKIP:
                return _("decide later (left out)") if one.status == Status.SUSPECTED else _("leave out")
        entry = self._entries.get(int(value))
        return _("fill gaps of “%(name)s”") % {"name": entry.name if entry else value}

    def _entry(self, pk: int, why: str) -> ShownEntry:
        entry = self._entries[pk]
        name = f"{entry.name}, {entry.city}" if entry.city else entry.name
        return ShownEntry(f"{name} ({entry.get_state_display()})", reverse("keeping:start", args=[entry.slug]), why)


def left_lines(outcome: Outcome) -> list[tuple[str, int, str]]:
    """Return why rows were left out, how many, and which: by their numbers in the file."""
    groups: dict[str, list[int]] = {}
    for line, why in outcome.left:
        groups.setdefault(why, []).append(line)
    return [(str(LEFT.get(why, why)), len(lines), _ranges(lines)) for why, lines in groups.items()]


def _ranges(lines: list[int]) -> str:
    """Write row numbers shortly: 3, 5–9."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)
