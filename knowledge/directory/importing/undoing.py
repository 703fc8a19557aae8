"""Undoes a whole import, as long as nobody touched what it made or filled."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledge.directory.enums import ChangeState
from knowledge.directory.importing.fields import PLAIN
from knowledge.directory.importing.gaps import DESCRIPTION_LANGUAGE
from knowledge.directory.importing.records import UNDOABLE, Outcome, State
from knowledge.directory.importing.tasks import undo_list
from knowledge.directory.importing.traces import traces_of
from knowledge.directory.keeping.marks import mark_of_change
from knowledge.directory.keeping.proposing import withdraw
from knowledge.directory.keeping.versions import change_whole
from knowledge.directory.models import DirectoryImport, Organisation, ProfileChange, SpokenLanguage
from knowledge.directory.rules import may_look_after
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record

#: How versions name it.
UNDONE = "import-undone"
_AT_ONCE = 500
#: More entries than this are left to the worker.
AT_ONCE = 100


class Touched(Exception):  # noqa: N818 -- it is an answer.
    """Somebody worked with entries of the import since; nothing was undone."""

    def __init__(self, keys: list[int]):
        super().__init__(f"{len(keys)}")
        self.keys = keys


def touched_entries(listed: DirectoryImport) -> list[int]:
    """Return the entries of an import that are not as it left them."""
    left = Outcome.of(listed).traces
    keys = list(left)
    now: dict[int, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        now |= traces_of(keys[start : start + _AT_ONCE])
    # What is gone already is nothing that undoing could harm.
    return [pk for pk, trace in left.items() if pk in now and now[pk] != trace]


def begin_to_undo(*, by: User, listed: DirectoryImport) -> None:
    """Undo an import at once, or leave a long one to the worker; raises Touched."""
    outcome = Outcome.of(listed)
    if len(outcome.traces) <= AT_ONCE:
        undo(by=by, listed=listed)
        return
    with transaction.atomic():
        listed = _one_to_undo(by, listed)
        outcome = Outcome.of(listed)
        outcome.state = State.UNDOING
        outcome.save(listed)
        transaction.on_commit(partial(undo_list.enqueue, listed.pk, by.pk), robust=True)


def undo_left_to_the_worker(*, by: User, listed: DirectoryImport) -> None:
    """Do what was left to the worker; where somebody touched an entry meanwhile, the import stands as before."""
    try:
        undo(by=by, listed=listed)
    except (Touched, PermissionDenied):
        with transaction.atomic():
            listed = DirectoryImport.objects.select_for_update().get(pk=listed.pk)
            outcome = Outcome.of(listed)
            outcome.state = State.DONE if outcome.state == State.UNDOING else outcome.state
            outcome.save(listed)


@transaction.atomic
def undo(*, by: User, listed: DirectoryImport) -> None:
    """Take away what an import made and added; raises Touched where somebody would lose something by it."""
    listed = _one_to_undo(by, listed)
    outcome = Outcome.of(listed)
    if touched := touched_entries(listed):
        raise Touched(touched)
    for pk, filled in outcome.filled.items():
        _empty_again(by, pk, filled)
    for start in range(0, len(keys := list(outcome.created)), _AT_ONCE):
        for organisation in Organisation.objects.filter(pk__in=keys[start : start + _AT_ONCE]):
            organisation.delete()
    outcome.state = State.UNDONE
    listed.rows, listed.decisions = [], {}
    outcome.save(listed)
    counts = {"entries_made": len(outcome.created), "entries_filled": len(outcome.filled)}
    record(action="directory.import_undone", by=by, about=listed, before=counts)


def _one_to_undo(by: User, listed: DirectoryImport) -> DirectoryImport:
    ask_anew(by)
    if not may_look_after(by):
        raise PermissionDenied
    listed = DirectoryImport.objects.select_for_update().get(pk=listed.pk)
    if Outcome.of(listed).state not in UNDOABLE:
        raise PermissionDenied
    return listed


def _empty_again(by: User, pk: int, filled: dict) -> None:
    organisation = Organisation.objects.select_for_update().filter(pk=pk).first()
    if organisation is None:
        return
    # What somebody of the organisation has made of a proposal since is theirs.
    proposals = ProfileChange.objects.filter(pk__in=filled["proposals"], state=ChangeState.OPEN)
    for change in proposals.filter(earlier_proposers=None):
        withdraw(by=by, change=change, read=mark_of_change(change))
    if filled["fields"]:
        change_whole(by=by, organisation=organisation, part=UNDONE, write=lambda one: _empty(one, filled["fields"]))


def _empty(organisation: Organisation, names: list[str]) -> None:
    columns = [name for name in names if name in PLAIN]
    for name in columns:
        empty = None if Organisation._meta.get_field(name).null else ""
        setattr(organisation, name, empty)
    if columns:
        organisation.save(update_fields=columns)
    if "description" in names:
        organisation.descriptions.filter(language=DESCRIPTION_LANGUAGE).delete()
    if "languages" in names:
        SpokenLanguage.objects.filter(organisation=organisation, offer=None).delete()
    if "fields_of_action" in names:
        organisation.fields_of_action.clear()
