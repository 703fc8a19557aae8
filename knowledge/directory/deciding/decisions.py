"""What editors do with proposals and proofs: accept, decline with a reason that is told, set what was checked."""

import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from knowledge.directory.deciding.letters import decision_letter, representation_letter
from knowledge.directory.enums import ChangeAct, ChangeState
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
    Representation,
)
from knowledge.directory.people.consenting import ask_for_consent
from knowledge.directory.rules import may_look_after
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import Letter, send_later
from portal.audit.actions import record


class TargetGoneError(LookupError):
    """What the proposal is about is not there any more; it can only be declined."""


@transaction.atomic
def accept(*, by: User, change: ProfileChange, checked: dict | None = None, note: str = "") -> ProfileChange:
    """Let a proposal take effect, with what the editor checked; raises TargetGoneError."""
    change = _open_one(by, change)
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
    return _decide(change, ChangeState.ACCEPTED, by, note)


@transaction.atomic
def decline(*, by: User, change: ProfileChange, reason: str) -> ProfileChange:
    """Decline a proposal; the organisation is told why, and what was there before holds."""
    if not reason.strip():
        raise ValueError("A proposal is never declined without a reason.")
    return _decide(_open_one(by, change), ChangeState.DECLINED, by, reason)


@transaction.atomic
def set_assurance(*, by: User, statement: Mandate | Qualification, checked: dict) -> None:
    """Say what stands behind a statement; the organisation may reply."""
    _check(by)
    organisation = Organisation.objects.select_for_update().get(pk=statement.organisation_id)
    before = statement.assurance
    _note_check(statement, by, checked)
    statement.save()
    # The search and the dates of the entry follow the organisation.
    organisation.updated_at = timezone.now()
    organisation.save(update_fields=["updated_at"])
    record(
        action="directory.assured", by=by, about=organisation,
        before={"assurance": before}, after={"assurance": statement.assurance, "statement": str(statement)},
    )  # fmt: skip


@transaction.atomic
def check_representation(*, by: User, representation: Representation, is_accepted: bool, note: str) -> None:
    """Note whether a proof of representation was enough, and what was seen; the person is told."""
    _check(by)
    representation = Representation.objects.select_for_update().get(pk=representation.pk)
    representation.is_accepted, representation.check_note = is_accepted, note
    representation.checked_by, representation.checked_at = by, timezone.now()
    representation.save()
    record(
        action="directory.representation_checked", by=by, about=representation.organisation,
        after={"accepted": is_accepted}, reason=note,
    )  # fmt: skip
    _tell(representation_letter(representation) if representation.person.is_active else None)


def _open_one(by: User, change: ProfileChange) -> ProfileChange:
    _check(by)
    change = ProfileChange.objects.select_for_update().select_related("organisation").get(pk=change.pk)
    if change.state != ChangeState.OPEN:
        raise PermissionDenied
    return change


def _check(by: User) -> None:
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


def _decide(change: ProfileChange, state: ChangeState, by: User, note: str) -> ProfileChange:
    change.state, change.decided_by, change.decided_at, change.decision_note = state, by, timezone.now(), note
    forget_person(change)
    change.save()
    action = "directory.proposal_accepted" if state == ChangeState.ACCEPTED else "directory.proposal_declined"
    record(action=action, by=by, about=change, before=change.before, after=change.after, reason=note)
    person = change.proposed_by
    _tell(decision_letter(change, person.email) if person is not None and person.is_active else None)
    return change


def _tell(letter: Letter | None) -> None:
    if letter is not None:
        transaction.on_commit(partial(send_later, letter))
