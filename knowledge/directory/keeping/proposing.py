"""What the organisation does with proposals: makes one, changes it while nobody decided, takes it back, replies."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from knowledge.directory.enums import ChangeAct, ChangeState
from knowledge.directory.keeping.marks import UnreadProposalError, mark_of, mark_of_change
from knowledge.directory.keeping.sensitive import CONTACT, Sensitive, kind_of
from knowledge.directory.keeping.versions import locked, locked_for_readers
from knowledge.directory.models import Mandate, Organisation, ProfileChange, Qualification, Registration
from knowledge.directory.people.consenting import remove_contact
from portal.accounts.models import User
from portal.audit.actions import record


def open_proposals(organisation: Organisation) -> models.QuerySet[ProfileChange]:
    """Return what waits for an editor, the oldest first."""
    return organisation.changes.filter(state=ChangeState.OPEN).order_by("proposed_at", "pk")


def open_proposal(kind: Sensitive, organisation: Organisation, target_id: int | None) -> ProfileChange | None:
    """Return the open proposal about one record; what is new has none."""
    if target_id is None and not kind.is_the_organisation:
        return None
    found = open_proposals(organisation).filter(subject=kind.subject, target_id=target_id)
    return found.exclude(act=ChangeAct.ADD).first()


@transaction.atomic
def propose(
    *,
    by: User,
    organisation: Organisation,
    kind: Sensitive,
    values: dict,
    note: str = "",
    target_id: int | None = None,
    former: ProfileChange | None = None,
    read: str = "",
) -> ProfileChange | None:
    """Propose a new record or other values for one; nothing where nothing would change.

    There is one open proposal per record: whoever proposes again changes it. `former` is an open one to be changed;
    `read` is the mark of what was read. Raises UnreadProposalError where a record or its proposal is another by now.
    """
    organisation = locked(by, organisation)
    target = kind.find(organisation, target_id)
    if target_id is not None and target is None:
        raise PermissionDenied
    before = kind.values(target)
    former = _still_open(former, organisation) if former else open_proposal(kind, organisation, target_id)
    if (target is not None or former) and read != mark_of(kind, organisation, target_id, former):
        raise UnreadProposalError
    if before == values and former is None:
        return None
    if former is None and target is None and (same := _sent_before(organisation, kind, values)):
        return same
    change = former or ProfileChange(organisation=organisation)
    change.subject = kind.subject
    change.act = ChangeAct.CHANGE if target is not None else ChangeAct.ADD
    change.target_id = target_id
    change.before, change.after, change.note = before, values, note
    return _save(change, by)


@transaction.atomic
def propose_removal(
    *, by: User, organisation: Organisation, kind: Sensitive, target_id: int, note: str, read: str = ""
) -> ProfileChange | None:
    """Propose that a record goes; a contact person goes at once, since naming fewer people harms nobody.

    Raises UnreadProposalError where the record or its proposal is another than was read.
    """
    organisation = locked(by, organisation)
    target = kind.find(organisation, target_id)
    if target is None or kind.is_the_organisation:
        raise PermissionDenied
    if kind is CONTACT:
        remove_contact(by=by, contact=target)
        return None
    former = open_proposal(kind, organisation, target_id)
    if read != mark_of(kind, organisation, target_id, former):
        raise UnreadProposalError
    change = former or ProfileChange(organisation=organisation)
    change.subject, change.act, change.target_id = kind.subject, ChangeAct.REMOVE, target_id
    change.before, change.after, change.note = kind.values(target), {}, note
    return _save(change, by)


@transaction.atomic
def withdraw(*, by: User, change: ProfileChange, read: str) -> None:
    """Take a proposal back while nobody has decided it; raises UnreadProposalError where it is another by now."""
    organisation = locked(by, change.organisation)
    change = _reopened(change, organisation)
    if read != mark_of_change(change):
        raise UnreadProposalError
    change.state, change.decided_by, change.decided_at = ChangeState.WITHDRAWN, by, timezone.now()
    forget_person(change)
    change.save()
    record(action="directory.proposal_withdrawn", by=by, about=change)


@transaction.atomic
def reply(*, by: User, statement: Mandate | Qualification | Registration, text: str) -> None:
    """Write the organisation's own words beside a status that it does not agree with; live at once."""
    organisation = locked_for_readers(by, statement.organisation)
    before = statement.reply
    statement.reply = text
    statement.save(update_fields=["reply"])
    organisation.save(update_fields=["updated_at"])
    record(
        action="directory.replied", by=by, about=organisation, before={"reply": before}, after={"reply": text}
    )  # fmt: skip


def forget_person(change: ProfileChange) -> None:
    """Drop a person's details from a decided proposal; they stand in `Contact`, under the person's own consent."""
    if kind_of(change) is CONTACT:
        change.before, change.after = {}, {}


def _reopened(change: ProfileChange, organisation: Organisation) -> ProfileChange:
    """Return the proposal as it is now; raises PermissionDenied where somebody decided it meanwhile."""
    change = ProfileChange.objects.select_for_update().get(pk=change.pk, organisation=organisation)
    if change.state != ChangeState.OPEN:
        raise PermissionDenied
    return change


def _sent_before(organisation: Organisation, kind: Sensitive, values: dict) -> ProfileChange | None:
    """Return the open proposal of the same new record; a form that is sent twice makes one."""
    open_ones = open_proposals(organisation).filter(subject=kind.subject, act=ChangeAct.ADD)
    return next((change for change in open_ones if change.after == values), None)


def _still_open(former: ProfileChange, organisation: Organisation) -> ProfileChange:
    """Return the proposal as it is now; one that was decided meanwhile is not what was read."""
    try:
        return _reopened(former, organisation)
    except PermissionDenied as decided:
        raise UnreadProposalError from decided


def _save(change: ProfileChange, by: User) -> ProfileChange:
    before = change.proposed_by
    change.proposed_by, change.proposed_at = by, timezone.now()
    change.save()
    if before is not None and before != by:
        change.earlier_proposers.add(before)
    # A person's details stay out of the log.
    details = {} if kind_of(change) is CONTACT else {"before": change.before, "after": change.after}
    record(action="directory.proposed", by=by, about=change, **details)
    return change
