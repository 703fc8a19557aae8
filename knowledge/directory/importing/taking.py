"""Takes a list over as decided: small lists at once, long ones piece by piece, and whoever interrupts loses nothing.

Every piece is one transaction together with the note of what it did, so that a list can be carried on where it stopped
and be undone as a whole. One transaction over ten thousand rows would keep everybody else from writing for minutes.
"""

import datetime
from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.matching import KnownEntries
from knowledge.directory.importing.planning import Decision, Status, plan
from knowledge.directory.importing.records import Outcome, State, choices_of, mapping_of
from knowledge.directory.importing.traces import traces_of
from knowledge.directory.importing.words import Vocabulary
from knowledge.directory.importing.writing import fill_gaps, make_entry
from knowledge.directory.models import DirectoryImport, Organisation
from knowledge.directory.rules import may_look_after
from portal.accounts.models import User
from portal.audit.actions import record

#: Rows per transaction.
PIECE = 100
#: After so long without news an import that is under way counts as interrupted.
PATIENCE = datetime.timedelta(minutes=5)


def take_over(*, pk: int) -> None:
    """Take over the rest of a list that was started; whoever started it must still be allowed to."""
    listed = DirectoryImport.objects.get(pk=pk)
    outcome = Outcome.of(listed)
    # Without what this list made itself before it was interrupted; its rows were compared in the dry run.
    known = KnownEntries(leaving_out={*outcome.created, *outcome.filled})
    compared = partial(plan, mapping=mapping_of(listed), words=Vocabulary(), known=known)
    todo = [(index, decision) for index, decision in _wanted(listed) if index >= outcome.next_row]
    is_well = False
    try:
        for start in range(0, len(todo), PIECE):
            if not _take_piece(pk, todo[start : start + PIECE], compared):
                is_well = True
                return
        _finish(pk)
        is_well = True
    finally:
        # Else a row that nobody foresaw would keep every other list waiting.
        if not is_well:
            _stop(pk)


def _wanted(listed: DirectoryImport) -> list[tuple[int, str]]:
    """Return row and decision for every row, in their order; what nobody decided is what the dry run proposed."""
    proposed = Outcome.of(listed).plan
    return [
        (index, str(listed.decisions.get(str(index), Decision.SKIP if index >= len(proposed) else proposed[index][1])))
        for index in range(len(listed.rows))
    ]


@transaction.atomic
def _take_piece(pk: int, piece: list[tuple[int, str]], compared: Callable) -> bool:
    listed = DirectoryImport.objects.select_for_update().get(pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state != State.RUNNING or piece[0][0] < outcome.next_row:
        return False
    person = User.objects.filter(pk=outcome.started_by).first()
    if person is None or not may_look_after(person):
        outcome.state = State.STOPPED
        outcome.save(listed)
        return False
    made = _rows(listed, piece, compared, by=person)
    outcome.add(made, traces_of(list(made.touched)))
    outcome.next_row = piece[-1][0] + 1
    outcome.seen_at = timezone.now()
    outcome.save(listed)
    return True


@transaction.atomic
def _stop(pk: int) -> None:
    listed = DirectoryImport.objects.select_for_update().get(pk=pk)
    outcome = Outcome.of(listed)
    outcome.state = State.STOPPED
    outcome.save(listed)


#: Why a new row is left out for which there is an entry by now.
APPEARED = "appeared"
#: Why the rest of a list that was interrupted is left out.
FORGOTTEN = "forgotten"


class Made:
    """What a piece did."""

    def __init__(self) -> None:
        self.created: dict[int, int] = {}
        self.published: list[int] = []
        self.filled: dict[int, dict] = {}
        self.left: list[tuple[int, str]] = []

    @property
    def touched(self) -> set[int]:
        """Return the entries that were made or filled."""
        return {*self.created, *self.filled}


def _rows(listed: DirectoryImport, piece: list[tuple[int, str]], compared: Callable, *, by: User) -> Made:
    """Take over some rows; each is compared once more, since the directory may have changed since the dry run."""
    made = Made()
    choices = choices_of(listed)
    explicit = listed.decisions
    chosen = [(index, decision) for index, decision in piece if decision != Decision.SKIP]
    made.left += [
        (listed.rows[index][0], _why_left(listed, index)) for index, decision in piece if decision == Decision.SKIP
    ]
    planned = compared([listed.rows[index] for index, _decision in chosen])
    for (index, decision), now in zip(chosen, planned, strict=True):
        row = now.row
        if not row.is_readable:
            made.left.append((row.line, Status.UNREADABLE))
        elif decision == Decision.NEW and (now.status == Status.NEW or str(index) in explicit):
            organisation = make_entry(row, choices)
            made.created[organisation.pk] = row.line
            if organisation.is_shown:
                made.published.append(organisation.pk)
        elif decision == Decision.NEW:
            made.left.append((row.line, APPEARED))
        else:
            _fill(made, listed, row, int(decision), by=by)
    return made


def _why_left(listed: DirectoryImport, index: int) -> str:
    """Return why a row is left out: since somebody decided so, else what the dry run found."""
    # Without reading the whole outcome for every row.
    return Decision.SKIP if str(index) in listed.decisions else listed.outcome["plan"][index][0]


def _fill(made: Made, listed: DirectoryImport, row: Row, pk: int, *, by: User) -> None:
    organisation = Organisation.objects.filter(pk=pk).first()
    note = _("From the list “%(file)s”, row %(row)d.") % {"file": listed.filename, "row": row.line}
    filled = fill_gaps(by=by, organisation=organisation, row=row, note=note) if organisation else None
    if filled is None:
        made.left.append((row.line, Status.SAME))
        return
    before = made.filled.setdefault(pk, {"line": row.line, "fields": [], "proposals": []})
    before["fields"] += filled.fields
    before["proposals"] += filled.proposals


@transaction.atomic
def _finish(pk: int) -> None:
    listed = DirectoryImport.objects.select_for_update().get(pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state != State.RUNNING:
        return
    outcome.state = State.DONE
    # Nothing of the file is kept: whatever it said about persons is gone with it.
    listed.rows, listed.decisions, listed.done_at = [], {}, timezone.now()
    outcome.save(listed)
    record(
        action="directory.imported", by=User.objects.filter(pk=outcome.started_by).first(), about=listed,
        after={
            "entries_made": len(outcome.created),
            "entries_filled": len(outcome.filled),
            "entries_published": len(outcome.published),
        },
    )  # fmt: skip
