"""Every change makes a version; who saves names the one that was read, so nobody overwrites what they have not seen."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.directory.keeping.snapshots import Snapshot, Values, part_values, snapshot_of
from knowledge.directory.models import Organisation, ProfileVersion
from knowledge.directory.rules import may_keep, may_publish
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User

Write = Callable[[Organisation], object]


class UnseenChangeError(Exception):
    """Somebody else changed the same part meanwhile; nothing was saved."""

    def __init__(self, part: str, current: int):
        super().__init__(part)
        self.part = part
        #: The version that must be named to save all the same.
        self.current = current


def locked(by: User, organisation: Organisation) -> Organisation:
    """Return the entry as it is now, kept from others until the act is done; raises PermissionDenied."""
    ask_anew(by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_keep(by, organisation):
        raise PermissionDenied
    return organisation


class WithheldError(PermissionDenied):
    """The person's proof of representation was not enough: what readers see at once is withheld from them."""


def locked_for_readers(by: User, organisation: Organisation) -> Organisation:
    """Return the entry as `locked` does, for an act that readers see at once; raises WithheldError."""
    organisation = locked(by, organisation)
    if organisation.is_shown and not may_publish(by, organisation):
        raise WithheldError
    return organisation


@transaction.atomic
def save_part(*, by: User, organisation: Organisation, part: str, write: Write, seen: int, piece: str = "") -> bool:
    """Let `write` change a part of the entry and keep the new version; tell whether anything changed.

    `piece` is the uid of an offer: two people may change two offers at the same time. Raises UnseenChangeError where
    the part, or the piece, is no longer what it was in the version that was read.
    """
    organisation = locked_for_readers(by, organisation)
    before = snapshot_of(organisation)
    if seen != organisation.version and _was_changed(organisation, before, part, seen, piece):
        raise UnseenChangeError(part, organisation.version)
    return _write_version(by, organisation, before, part, write)


def change_whole(*, by: User | None, organisation: Organisation, part: str, write: Write) -> bool:
    """Change a locked entry as a whole and keep the new version; for restoring, and for accepted proposals."""
    return _write_version(by, organisation, snapshot_of(organisation), part, write, always=True)


def keep_state(organisation: Organisation) -> None:
    """Keep what an entry says before it is changed by another way, so that whoever has it open is told of that."""
    _keep(organisation, snapshot_of(organisation), "start", by=None, at=organisation.updated_at)


@transaction.atomic
def note_change(*, by: User, organisation: Organisation, part: str) -> None:
    """Make a version of what was changed by another way."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    change_whole(by=by, organisation=organisation, part=part, write=lambda one: None)


def trial(organisation: Organisation, part: str, write: Write) -> Values:
    """Return what a part would say after `write`, and change nothing."""
    with transaction.atomic():
        copy = Organisation.objects.get(pk=organisation.pk)
        write(copy)
        values = part_values(Organisation.objects.get(pk=organisation.pk), part)
        transaction.set_rollback(True)
    return values


def _write_version(by, organisation: Organisation, before: Snapshot, part: str, write: Write, *, always=False) -> bool:
    _keep(organisation, before, "start", by=None, at=organisation.updated_at)
    write(organisation)
    organisation.refresh_from_db()
    after = snapshot_of(organisation)
    if after == before and not always:
        return False
    now = timezone.now()
    organisation.version += 1
    organisation.updated_at = now
    # The search is told by this, after all rows are written.
    organisation.save(update_fields=["version", "updated_at"])
    _keep(organisation, after, part, by=by, at=now)
    return True


def _keep(organisation: Organisation, snapshot: Snapshot, part: str, *, by: User | None, at) -> None:
    """Keep a version; the state before the first change is kept once, so that it can be brought back."""
    ProfileVersion.objects.get_or_create(
        organisation=organisation,
        number=organisation.version,
        defaults={"part": part, "snapshot": snapshot, "changed_by": by, "changed_at": at},
    )


def _was_changed(organisation: Organisation, now: Snapshot, part: str, seen: int, piece: str) -> bool:
    version = ProfileVersion.objects.filter(organisation=organisation, number=seen).first()
    return version is None or _piece(version.snapshot, part, piece) != _piece(now, part, piece)


def _piece(snapshot: Snapshot, part: str, piece: str) -> object:
    values = snapshot.get(part)
    if not piece or not values:
        return values
    return next((offer for offer in values["offers"] if offer["uid"] == piece), None)
