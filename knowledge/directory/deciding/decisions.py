"""What editors do with proposals: accept, decline with a reason that is told, set what stands behind a statement."""

import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from knowledge.directory.deciding.letters import decision_letter, status_letter
from knowledge.directory.enums import Assurance, ChangeAct, ChangeState
from knowledge.directory.keeping.marks import UnreadProposalError, mark_of_change
from knowledge.directory.keeping.proposing import forget_person
from knowledge.directory.keeping.sensitive import CONTACT, LEGAL_FORM, Sensitive, kind_of
from knowledge.directory.keeping.versions import change_whole
from knowledge.directory.models import (
    Contact,
    Mandate,
    Organisation,
    ProfileChange,
    Qualification,
    Registration,
)
from knowledge.directory.people.consenting import ask_for_consent
from knowledge.directory.rules import may_look_after
from knowledge.directory.upkeep.recipients import recipients
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import Letter, send_later
from portal.audit.actions import record


class TargetGoneError(LookupError):
    """What the proposal is about is not there any more; it can only be declined."""


@transaction.atomic
def accept(*, by: User, change: ProfileChange, read: str, checked: dict | None = None, note: str = "") -> ProfileChange:
    """Let a proposal take effect, with what the editor checked.

    Raises TargetGoneError, and UnreadProposalError where it is not the one that the editor has read.
    """
    change = _open_one(by, change, read)
    organisation = Organisation.objects.select_for_update().get(pk=change.organisation_id)
    kind = kind_of(change)
    target = kind.find(organisation, change.target_id)
    if target is None and change.act != ChangeAct.ADD:
        raise TargetGoneError
    change_whole(
        by=by,
        organisation=organisation,
        part="accepted",
        write=lambda one: _apply(change, kind, one, kind.find(one, change.target_id), by, checked or {}),
    )
    return _decide(change, ChangeState.ACCEPTED, by, note, status=(checked or {}).get("assurance", ""))


@transaction.atomic
def decline(*, by: User, change: ProfileChange, read: str, reason: str) -> ProfileChange:
    """Decline a proposal; the organisation is told why, and what was there before holds.

    Raises UnreadProposalError where it is not the one that the editor has read.
    """
    if not reason.strip():
        raise ValueError("A proposal is never declined without a reason.")
    return _decide(_open_one(by, change, read), ChangeState.DECLINED, by, reason)


@transaction.atomic
def set_assurance(*, by: User, statement: Mandate | Qualification | Registration, checked: dict) -> None:
    """Say what stands behind a statement; the organisation is told of another status and may reply."""
    ask_editor(by)
    organisation = Organisation.objects.select_for_update().get(pk=statement.organisation_id)
    before, said_before = statement.assurance, statement.get_assurance_display()
    _note_check(statement, by, checked)
    statement.save()
    # The search and the dates of the entry follow the organisation.
    organisation.updated_at = timezone.now()
    organisation.save(update_fields=["updated_at"])
    record(
        action="directory.assured", by=by, about=organisation,
        before={"assurance": before}, after={"assurance": statement.assurance, "statement": str(statement)},
    )  # fmt: skip
    if statement.assurance != before:
        for address in recipients(organisation, is_reminder=True):
            tell(status_letter(statement, said_before, address))


def _open_one(by: User, change: ProfileChange, read: str) -> ProfileChange:
    ask_editor(by)
    # In the order in which its people lock them, too.
    Organisation.objects.select_for_update().get(pk=change.organisation_id)
    change = ProfileChange.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=change.pk)
    if change.state != ChangeState.OPEN:
        raise PermissionDenied
    if read != mark_of_change(change):
        raise UnreadProposalError
    return change


def ask_editor(by: User) -> None:
    """Raise PermissionDenied unless the person still looks after the directory."""
    ask_anew(by)
    if not may_look_after(by):
        raise PermissionDenied


def _apply(change: ProfileChange, kind: Sensitive, organisation: Organisation, target, by: User, checked: dict) -> None:
    if change.act == ChangeAct.REMOVE:
        target.delete()
        return
    if kind is LEGAL_FORM:
        organisation.legal_form = change.after["legal_form"]
        organisation.save(update_fields=["legal_form"])
        return
    target = target or kind.model(organisation=organisation)
    for name, value in change.after.items():
        setattr(target, name, _as_value(kind.model, name, value))
    if kind is CONTACT:
        _name_contact(change, target, by)
        return
    _note_check(target, by, checked)
    target.save()


def _name_contact(change: ProfileChange, contact: Contact, by: User) -> None:
    """Keep the person's details and ask them; to other details than before nobody has agreed yet."""
    if any(change.before.get(name) != change.after.get(name) for name in ("name", "email", "phone")):
        contact.asked_at = None
        for consent in contact.consents.filter(withdrawn_at__isnull=True) if contact.pk else ():
            consent.end()
    contact.save()
    ask_for_consent(by=by, contact=contact)


def _as_value(model: type[models.Model], name: str, value: str | None) -> object:
    is_day = isinstance(model._meta.get_field(name), models.DateField)
    return datetime.date.fromisoformat(value) if is_day and value else value


def _note_check(statement, by: User, checked: dict) -> None:
    for name, value in checked.items():
        setattr(statement, name, value)
    statement.checked_by = by
    if isinstance(statement, Registration) and not statement.checked_on:
        statement.checked_on = timezone.localdate()


def _decide(change: ProfileChange, state: ChangeState, by: User, note: str, *, status: str = "") -> ProfileChange:
    change.state, change.decided_by, change.decided_at, change.decision_note = state, by, timezone.now(), note
    forget_person(change)
    change.save()
    action = "directory.proposal_accepted" if state == ChangeState.ACCEPTED else "directory.proposal_declined"
    record(action=action, by=by, about=change, before=change.before, after=change.after, reason=note)
    for person in _took_part(change):
        tell(decision_letter(change, person.email, status=str(Assurance(status).label) if status else ""))
    return change


def _took_part(change: ProfileChange) -> list[User]:
    """Return whose words the proposal holds or held, the last one first; nobody whose account is closed."""
    people = [*([change.proposed_by] if change.proposed_by else []), *change.earlier_proposers.order_by("pk")]
    return [person for person in dict.fromkeys(people) if person.is_active]


def tell(letter: Letter | None) -> None:
    """Send a letter once the decision is kept."""
    if letter is not None:
        transaction.on_commit(partial(send_later, letter))
