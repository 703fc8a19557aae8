"""What editors do with a list: bring it, name its columns, decide its rows, begin to take it over, throw it away."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.importing.planning import PlannedRow, Status, from_kept_forms, kept_form, plan
from knowledge.directory.importing.reading.headings import PERSON, guessed
from knowledge.directory.importing.reading.outcome import Table
from knowledge.directory.importing.records import WHOLE, Outcome, State, mapping_of
from knowledge.directory.importing.taking import FORGOTTEN, PATIENCE, take_over
from knowledge.directory.importing.tasks import take_list_over
from knowledge.directory.importing.writing import Choices
from knowledge.directory.models import DirectoryImport
from knowledge.directory.rules import may_look_after
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.shared.files import CheckedUpload

#: A list that nobody took over is forgotten after that, whatever it says about persons.
KEEP_FOR = datetime.timedelta(days=7)
#: More rows than this are taken over by the worker.
AT_ONCE = 100
#: Earlier lists among which the same headings are looked for.
_REMEMBERED = 200


class NotInThisState(Exception):  # noqa: N818 -- it is an answer: somebody was quicker, or it is over.
    """The list does not stand where this act begins."""


class AnotherOneRuns(Exception):  # noqa: N818 -- the same.
    """Another list is being taken over."""


def keep_list(*, by: User, upload: CheckedUpload, table: Table) -> DirectoryImport:
    """Keep a list that was read, with the columns named as in the last list that had the same headings."""
    _check(by)
    forget_old_lists()
    mapping = remembered(table.columns) or dict(enumerate(guessed(table.columns)))
    listed = DirectoryImport(
        uploaded_by=by,
        filename=upload.name,
        digest=upload.sha256,
        columns=list(table.columns),
        rows=[list(row) for row in table.rows],
        mapping={str(position): name for position, name in mapping.items() if name},
    )
    Outcome(remarks=[str(remark) for remark in table.remarks], total=len(table.rows)).save(listed)
    return listed


def forget_old_lists() -> None:
    """Forget lists that nobody took over in time; of one that was interrupted, the rows that are left."""
    unfinished = DirectoryImport.objects.filter(done_at=None, uploaded_at__lt=timezone.now() - KEEP_FOR)
    unfinished.filter(outcome__state__in=[State.READ, State.PLANNED]).delete()
    interrupted = unfinished.filter(outcome__state__in=[State.RUNNING, State.STOPPED])
    for pk in list(interrupted.values_list("pk", flat=True)):
        _forget_the_rest(pk)


@transaction.atomic
def _forget_the_rest(pk: int) -> None:
    """End an interrupted list: what it made stays and can be undone, what it says besides is forgotten."""
    listed = DirectoryImport.objects.select_for_update().get(pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state == State.STOPPED or (outcome.state == State.RUNNING and is_interrupted(outcome)):
        outcome.left += [(row[0], FORGOTTEN) for row in listed.rows[outcome.next_row :]]
        outcome.state = State.DONE
        listed.rows, listed.decisions, listed.done_at = [], {}, timezone.now()
        outcome.save(listed)


def remembered(columns) -> dict[int, str] | None:
    """Return how the columns were named the last time that the same headings came."""
    earlier = DirectoryImport.objects.exclude(outcome__state=State.READ).order_by("-pk")
    for known, mapping in earlier.values_list("columns", "mapping")[:_REMEMBERED]:
        if known == list(columns) and mapping:
            return {int(position): name for position, name in mapping.items()}
    return None


def taken_before(listed: DirectoryImport) -> DirectoryImport | None:
    """Return the import that took over the very same file, where it was not undone."""
    same = DirectoryImport.objects.filter(digest=listed.digest, outcome__state=State.DONE).exclude(pk=listed.pk)
    return same.order_by("-done_at").first()


def name_columns(*, by: User, listed: DirectoryImport, mapping: Mapping[int, str], choices: Choices) -> None:
    """Say what the columns stand for; what stands in columns about persons is forgotten at once."""
    _check(by)
    persons = {position + 1 for position, name in mapping.items() if name == PERSON}
    rows = [["" if at in persons else cell for at, cell in enumerate(row)] for row in listed.rows]
    # Compared before the transaction begins: a long list takes seconds, in which others want to write.
    planned = [kept_form(one) for one in plan(rows, mapping)]
    with transaction.atomic():
        listed = _open(by, listed, State.READ, State.PLANNED)
        listed.rows = rows
        listed.mapping = {str(position): name for position, name in mapping.items() if name}
        listed.decisions = {WHOLE: asdict(choices)}
        outcome = Outcome.of(listed)
        outcome.state, outcome.plan = State.PLANNED, planned
        outcome.save(listed)


@transaction.atomic
def decide(*, by: User, listed: DirectoryImport, decisions: Mapping[int, str], shown: list[PlannedRow]) -> None:
    """Decide about the rows that were shown; what was not offered for a row is refused."""
    listed = _open(by, listed, State.PLANNED)
    offered = {one.index: one for one in shown}
    for index, decision in decisions.items():
        one = offered.get(index)
        if one is None or decision not in options_of(one):
            raise PermissionDenied
        # Only what differs is a decision; all else is looked at once more when the list is taken over.
        listed.decisions.pop(str(index), None)
        if decision != one.default:
            listed.decisions[str(index)] = decision
    listed.save()


def options_of(planned: PlannedRow) -> list[str]:
    """Return what can be decided about a row, the proposal first."""
    if planned.status == Status.UNREADABLE:
        return []
    options = [planned.default, "new", "skip"]
    options += [str(found.pk) for found in planned.candidates if found.pk > 0]
    if planned.target is not None and planned.status == Status.FILLS:
        options.append(str(planned.target))
    return list(dict.fromkeys(options))


def begin(*, by: User, listed: DirectoryImport) -> None:
    """Begin to take the list over, or carry on where it was interrupted; long ones are left to the worker."""
    with transaction.atomic():
        listed = _open(by, listed, State.PLANNED, State.RUNNING, State.STOPPED)
        outcome = Outcome.of(listed)
        if outcome.state == State.RUNNING and not is_interrupted(outcome):
            raise NotInThisState
        _refuse_a_second(listed)
        outcome.state, outcome.seen_at, outcome.started_by = State.RUNNING, timezone.now(), by.pk
        outcome.save(listed)
        if len(listed.rows) > AT_ONCE:
            transaction.on_commit(partial(take_list_over.enqueue, listed.pk), robust=True)
            return
    take_over(pk=listed.pk)


def _refuse_a_second(listed: DirectoryImport) -> None:
    """Refuse to begin while another list is being taken over: neither would find what the other makes."""
    others = DirectoryImport.objects.select_for_update().filter(done_at=None).exclude(pk=listed.pk).order_by("pk")
    for outcome in map(Outcome.of, others.defer("rows")):
        if outcome.state == State.RUNNING and not is_interrupted(outcome):
            raise AnotherOneRuns


def is_interrupted(outcome: Outcome, at: datetime.datetime | None = None) -> bool:
    """Tell whether an import that is under way has not been heard of for long."""
    at = at or timezone.now()
    return outcome.seen_at is None or at - outcome.seen_at > PATIENCE


@transaction.atomic
def throw_away(*, by: User, listed: DirectoryImport) -> None:
    """Forget a list of which nothing was taken over."""
    listed = _open(by, listed, State.READ, State.PLANNED, State.RUNNING, State.STOPPED)
    if not may_be_thrown_away(Outcome.of(listed)):
        raise NotInThisState
    listed.delete()


def may_be_thrown_away(outcome: Outcome) -> bool:
    """Tell whether nothing would be lost but the list itself; what has made entries can be undone instead."""
    if outcome.state == State.RUNNING and not is_interrupted(outcome):
        return False
    return not outcome.traces and outcome.state not in (State.DONE, State.UNDOING, State.UNDONE)


def planned_rows(listed: DirectoryImport, indexes: list[int]) -> list[PlannedRow]:
    """Return some rows as the dry run found them."""
    kept = Outcome.of(listed).plan
    return from_kept_forms([(index, listed.rows[index], kept[index]) for index in indexes], mapping_of(listed))


def _open(by: User, listed: DirectoryImport, *states: State) -> DirectoryImport:
    _check(by)
    listed = DirectoryImport.objects.select_for_update().get(pk=listed.pk)
    if Outcome.of(listed).state not in states:
        raise NotInThisState
    return listed


def _check(by: User) -> None:
    ask_anew(by)
    if not may_look_after(by):
        raise PermissionDenied
