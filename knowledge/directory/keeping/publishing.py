"""What happens to the entry as a whole: it is published, taken back, said to be true, or brought back as it was."""

from django.db import transaction
from django.utils import timezone

from knowledge.directory.enums import ConfirmationAnswer, EntryState
from knowledge.directory.keeping.completeness import missing_for_publication
from knowledge.directory.keeping.snapshots import FREE_PARTS
from knowledge.directory.keeping.versions import (
    UnseenChangeError,
    WithheldError,
    change_whole,
    locked,
    locked_for_readers,
)
from knowledge.directory.keeping.writing import write_part
from knowledge.directory.models import EntryRemark, Organisation, ProfileVersion, Representation
from knowledge.directory.rules import may_publish
from portal.accounts.models import User
from portal.audit.actions import record


class NotReadyError(ValueError):
    """What readers need at least is missing."""


@transaction.atomic
def publish(*, by: User, organisation: Organisation) -> None:
    """Show the entry in the directory; whoever publishes says that it is true. Raises NotReadyError, WithheldError."""
    organisation = locked(by, organisation)
    if not may_publish(by, organisation):
        raise WithheldError
    if missing_for_publication(organisation):
        raise NotReadyError
    before = organisation.state
    now = timezone.now()
    organisation.state, organisation.archived_at, organisation.confirmed_at = EntryState.LIVE, None, now
    organisation.published_at = organisation.published_at or now
    organisation.save(update_fields=["state", "archived_at", "confirmed_at", "published_at"])
    record(
        action="directory.published", by=by, about=organisation,
        before={"state": before}, after={"state": organisation.state},
    )  # fmt: skip


@transaction.atomic
def unpublish(*, by: User, organisation: Organisation) -> None:
    """Take the entry out of the directory; nothing of it is lost, and it can be published again at any time."""
    organisation = locked_for_readers(by, organisation)
    before = organisation.state
    organisation.state = EntryState.DRAFT
    organisation.save(update_fields=["state"])
    record(
        action="directory.unpublished", by=by, about=organisation,
        before={"state": before}, after={"state": organisation.state},
    )  # fmt: skip


@transaction.atomic
def confirm(*, by: User, organisation: Organisation) -> None:
    """Say that the entry is true, signed in; open questions count as answered."""
    mark_confirmed(locked_for_readers(by, organisation), by=by)


def mark_confirmed(organisation: Organisation, *, by: User | None) -> None:
    """Note on a locked entry that it is true; one that rested is live again, an archived one must be published."""
    now = timezone.now()
    before = organisation.state
    for question in organisation.confirmations.filter(answered_at__isnull=True):
        was_changed = organisation.updated_at > question.asked_at
        question.answer = ConfirmationAnswer.CHANGED if was_changed else ConfirmationAnswer.STILL_TRUE
        question.answered_at = now
        question.save(update_fields=["answer", "answered_at"])
    organisation.confirmed_at = now
    if organisation.state == EntryState.DORMANT:
        organisation.state = EntryState.LIVE
    organisation.save(update_fields=["confirmed_at", "state"])
    record(
        action="directory.confirmed", by=by, about=organisation,
        before={"state": before}, after={"state": organisation.state},
    )  # fmt: skip


@transaction.atomic
def restore(*, by: User, organisation: Organisation, version: ProfileVersion, seen: int) -> None:
    """Bring the free parts back as a version has them; what is there now stays a version, so this can be undone.

    Raises UnseenChangeError where somebody changed the entry since the comparison was read.
    """
    organisation = locked_for_readers(by, organisation)
    if organisation.version != seen:
        raise UnseenChangeError("", organisation.version)
    snapshot = organisation.versions.get(pk=version.pk).snapshot

    def write(one: Organisation) -> None:
        for part in FREE_PARTS:
            write_part(one, part, snapshot.get(part, {}))

    change_whole(by=by, organisation=organisation, part="restored", write=write)
    record(
        action="directory.restored", by=by, about=organisation,
        before={"version": seen}, after={"version": version.number},
    )  # fmt: skip


@transaction.atomic
def handle_remark(*, by: User, remark: EntryRemark, is_done: bool = True) -> None:
    """Note that a reader's remark was seen to, or take that back."""
    locked(by, remark.organisation)
    remark.handled_at, remark.handled_by = (timezone.now(), by) if is_done else (None, None)
    remark.save(update_fields=["handled_at", "handled_by"])


@transaction.atomic
def declare_representation(*, by: User, organisation: Organisation, function: str, proof: str) -> Representation:
    """Say with what right one speaks for the organisation; what is said anew is checked anew."""
    organisation = locked(by, organisation)
    found = Representation.objects.filter(organisation=organisation, person=by).first()
    representation = found or Representation(organisation=organisation, person=by)
    if found is None or (found.function, found.proof) != (function, proof):
        representation.function, representation.proof, representation.declared_at = function, proof, timezone.now()
        representation.checked_by = representation.checked_at = representation.is_accepted = None
        representation.check_note = ""
        representation.save()
        record(action="directory.representation_declared", by=by, about=organisation)
    return representation
