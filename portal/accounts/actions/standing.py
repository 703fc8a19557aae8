"""Whether a person may come in: suspending and letting in again, ending sessions, and what others call the person."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from portal.accounts import rules
from portal.accounts.actions.acting import ask_anew
from portal.accounts.actions.roles import lock_administrators
from portal.accounts.enums import AccountState
from portal.accounts.letters import reinstatement_letter, suspension_letter
from portal.accounts.models import User
from portal.accounts.post import send_later
from portal.accounts.sessions import end_sessions
from portal.audit.actions import record


@transaction.atomic
def suspend(*, by: User, person: User, reason: str) -> int:
    """Suspend an account and sign its person out everywhere; return how many sessions ended.

    The roles stay, so that letting the person in again restores them; none of them holds meanwhile. An account that
    waits for its deletion is suspended, too: the link that takes the deletion back would let the person in.
    """
    lock_administrators(person)
    _check(by, person)
    before = person.state
    if not may_be_suspended(person):
        raise PermissionDenied
    person.state = AccountState.SUSPENDED
    person.save(update_fields=["state"])
    person.forget_rights()
    ended = end_sessions(person)
    _log("account.suspended", by, person, before, reason)
    transaction.on_commit(partial(send_later, suspension_letter(person)))
    return ended


@transaction.atomic
def reinstate(*, by: User, person: User, reason: str) -> None:
    """Let a suspended person in again; an account that waited for its deletion goes on waiting."""
    lock_administrators(person)
    _check(by, person)
    if person.state != AccountState.SUSPENDED:
        raise PermissionDenied
    person.state = AccountState.LEFT if person.awaits_deletion else AccountState.ACTIVE
    person.save(update_fields=["state"])
    person.forget_rights()
    _log("account.reinstated", by, person, AccountState.SUSPENDED, reason)
    if person.is_active:
        transaction.on_commit(partial(send_later, reinstatement_letter(person)))


def may_be_suspended(person: User) -> bool:
    """Tell whether an account stands where suspending it changes something."""
    return person.state == AccountState.ACTIVE or (person.state == AccountState.LEFT and person.awaits_deletion)


@transaction.atomic
def sign_out_everywhere(*, by: User, person: User, reason: str = "") -> int:
    """End every session of a person, for example after a telephone was lost; return how many."""
    ask_anew(by)
    if not rules.may_administer(by, person):
        raise PermissionDenied
    ended = end_sessions(person)
    record(action="account.sessions_ended", by=by, about=person, after={"sessions": ended}, reason=reason)
    return ended


@transaction.atomic
def change_person(*, by: User, person: User, display_name: str, municipality: models.Model | None) -> None:
    """Change name and municipality; the administrator of a municipality moves nobody out of it."""
    ask_anew(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not rules.may_administer(by, person):
        raise PermissionDenied
    municipality_id = municipality.pk if municipality else None
    if not by.administers_network and municipality_id not in rules.administered_municipalities(by):
        raise PermissionDenied
    before = person.as_logged()
    person.display_name = display_name
    person.municipality = municipality
    after = person.as_logged()
    if before != after:
        person.save(update_fields=["display_name", "municipality"])
        record(action="account.changed", by=by, about=person, before=before, after=after)


def _check(by: User, person: User) -> None:
    """Ask the database anew, because who waited at the lock may have been suspended meanwhile."""
    by.refresh_from_db()
    person.refresh_from_db()
    if not rules.may_suspend(by, person):
        raise PermissionDenied


def _log(action: str, by: User, person: User, before: str, reason: str) -> None:
    record(action=action, by=by, about=person, before={"state": before}, after={"state": person.state}, reason=reason)
