"""The dry run: what would become of every row, without changing anything."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.directory.importing.cells import Row, read_row
from knowledge.directory.importing.gaps import Existing, existing_entries, gaps_of
from knowledge.directory.importing.matching import Candidate, KnownEntries, Why
from knowledge.directory.importing.problems import Code, Problem
from knowledge.directory.importing.words import Vocabulary


class Status(models.TextChoices):
    """What a row is, compared with the directory."""

    NEW = "new", _("new")
    FILLS = "fills", _("fills gaps")
    SAME = "same", _("adds nothing")
    SUSPECTED = "suspected", _("duplicate suspected")
    UNREADABLE = "unreadable", _("cannot be read")


class Decision(models.TextChoices):
    """What can be decided about a row, beside the key of an entry that it fills."""

    NEW = "new", _("make a new entry")
    SKIP = "skip", _("leave out")


@dataclass(slots=True)
class PlannedRow:
    """A row and what would become of it."""

    #: Its place among the rows, counted from 0.
    index: int
    row: Row
    status: Status
    #: The entry that it is about, where there is no doubt.
    target: int | None = None
    #: Entries that it may be about; negative ones are earlier rows of the same list.
    candidates: list[Candidate] = field(default_factory=list)
    gaps: dict[str, object] = field(default_factory=dict)

    @property
    def default(self) -> str:
        """Return what happens where nobody decides; in doubt nothing."""
        match self.status:
            case Status.NEW:
                return Decision.NEW
            case Status.FILLS:
                return str(self.target)
        return Decision.SKIP


def plan(
    rows: Sequence, mapping: Mapping[int, str], *, words: Vocabulary | None = None, known: KnownEntries | None = None
) -> list[PlannedRow]:
    """Compare every row with the directory and with the rows before it."""
    words, known = words or Vocabulary(), known or KnownEntries()
    planned = [_compared(index, read_row(raw, mapping, words), known) for index, raw in enumerate(rows)]
    existing = existing_entries(one.target for one in planned if one.target is not None)
    for one in planned:
        if one.target is not None:
            _fill(one, existing.get(one.target))
    return planned


def _compared(index: int, row: Row, known: KnownEntries) -> PlannedRow:
    if not row.is_readable:
        return PlannedRow(index, row, Status.UNREADABLE)
    candidates = known.candidates(row)
    certain = [candidate for candidate in candidates if candidate.is_certain]
    if len(certain) == 1 and certain[0].pk < 0:
        row.problems.insert(0, Problem("name", Code.TWICE, str(-certain[0].pk)))
        return PlannedRow(index, row, Status.UNREADABLE)
    if len(certain) == 1:
        return PlannedRow(index, row, Status.FILLS, target=certain[0].pk)
    # Later rows of the same list are compared with this one, whatever is decided about it.
    known.add(-row.line, row.values)
    return PlannedRow(index, row, Status.SUSPECTED if candidates else Status.NEW, candidates=candidates)


def _fill(planned: PlannedRow, existing: Existing | None) -> None:
    planned.gaps = gaps_of(existing, planned.row) if existing else {}
    planned.status = Status.FILLS if planned.gaps else Status.SAME


def kept_form(planned: PlannedRow) -> list:
    """Return what of a planned row is kept until it is taken over; the row itself is read anew from the list."""
    candidates = [[one.pk, str(one.why), one.is_certain] for one in planned.candidates]
    twice = next((problem.value for problem in planned.row.problems if problem.code == Code.TWICE), "")
    return [planned.status.value, planned.default, planned.target, candidates, twice]


def from_kept_forms(kept: Sequence[tuple[int, Sequence, list]], mapping: Mapping[int, str]) -> list[PlannedRow]:
    """Return rows as they were planned, from number, row and kept form; gaps are those of today."""
    words, planned = Vocabulary(), []
    for index, raw, (status, _default, target, candidates, twice) in kept:
        row = read_row(raw, mapping, words)
        if twice:
            row.problems.insert(0, Problem("name", Code.TWICE, twice))
        found = [Candidate(pk, Why(why), is_certain) for pk, why, is_certain in candidates]
        planned.append(PlannedRow(index, row, Status(status), target, found))
    existing = existing_entries(one.target for one in planned if one.target is not None)
    for one in planned:
        if one.target is not None:
            _fill(one, existing.get(one.target))
    return planned


def counted(statuses: Iterable[str]) -> dict[str, int]:
    """Return how many rows have each status."""
    counts = Counter(statuses)
    return {status.value: counts[status.value] for status in Status}
