"""How people leave: at once, or with a deletion that they can take back for a while."""

import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.actions.consents import withdraw_all
from portal.accounts.actions.roles import end_all_roles
from portal.accounts.enums import AccountState, FarewellKind, Role, ScopeKind
from portal.accounts.models import WAITING_DAYS, Farewell, RoleAssignment, User
from portal.accounts.own_data import letters
from portal.accounts.sessions import end_sessions
from portal.audit.actions import record


class LastAdministratorError(PermissionDenied):
    """Nobody would be left to give roles."""


class TooLateError(ValueError):
    """The wish for deletion was taken back before, was carried out, or the account is no longer waiting for it."""


@transaction.atomic
def leave(*, by: User, keeps_name: bool) -> Farewell:
    """Let a person leave the network: nothing opens any more, what they contributed stays."""
    person = _locked(by)
    farewell = Farewell.objects.create(person=person, kind=FarewellKind.LEAVE, done_at=timezone.now())
    withdraw_all(by=person, person=person)
    _say_goodbye(person, keeps_name=keeps_name, action="account.left", reason=_("The person left the network."))
    transaction.on_commit(partial(letters.confirm_leaving, farewell))
    return farewell


@transaction.atomic
def request_deletion(*, by: User, keeps_name: bool, on: datetime.date | None = None) -> Farewell:
    """Close an account at once and note the day from which it may be deleted; until then it can be taken back."""
    person = _locked(by)
    due_on = (on or timezone.localdate()) + datetime.timedelta(days=WAITING_DAYS)
    farewell = Farewell.objects.create(person=person, kind=FarewellKind.DELETE, due_on=due_on)
    withdraw_all(by=person, person=person, keep_needed=True)
    _say_goodbye(
        person,
        keeps_name=keeps_name,
        action="account.deletion_requested",
        reason=_("The person asked for the account's deletion."),
        deletion_on=due_on.isoformat(),
    )
    transaction.on_commit(partial(letters.confirm_deletion, farewell))
    return farewell


@transaction.atomic
def request_deletion_after_leaving(*, farewell: Farewell, on: datetime.date | None = None) -> Farewell:
    """Note the wish of a person who left, by the link in the mail about it; nobody else is needed for it."""
    left = Farewell.objects.select_for_update().select_related("person").get(pk=farewell.pk)
    if not may_be_deleted_after_leaving(left):
        raise TooLateError
    person = left.person
    due_on = (on or timezone.localdate()) + datetime.timedelta(days=WAITING_DAYS)
    wish = Farewell.objects.create(person=person, kind=FarewellKind.DELETE, due_on=due_on)
    after = {"state": person.state, "name_stays": person.keeps_name, "deletion_on": due_on.isoformat()}
    record(action="account.deletion_requested", by=person, about=person, after=after)
    transaction.on_commit(partial(letters.confirm_deletion, wish))
    return wish


def may_be_deleted_after_leaving(farewell: Farewell) -> bool:
    """Tell whether somebody left, is still gone, and has not asked for the deletion yet."""
    is_gone = farewell.kind == FarewellKind.LEAVE and farewell.person.state == AccountState.LEFT
    asked = farewell.person.farewells.filter(kind=FarewellKind.DELETE, cancelled_at__isnull=True)
    return is_gone and farewell.cancelled_at is None and not asked.exists()


@transaction.atomic
def take_back_deletion(*, farewell: Farewell) -> User:
    """Open the account again for the person behind the link in the mail; roles and other consents stay ended.

    Who had left before goes on being gone: only an invitation brings them back.
    """
    waiting = Farewell.objects.select_for_update().select_related("person").get(pk=farewell.pk)
    person = waiting.person
    if not may_be_taken_back(waiting):
        raise TooLateError
    waiting.cancelled_at = timezone.now()
    waiting.save(update_fields=["cancelled_at"])
    if not waiting.follows_leaving:
        person.state, person.keeps_name = AccountState.ACTIVE, True
        person.save(update_fields=["state", "keeps_name"])
    record(
        action="account.deletion_withdrawn",
        by=person,
        about=person,
        before={"state": AccountState.LEFT},
        after={"state": person.state},
    )
    return person


def may_be_taken_back(farewell: Farewell) -> bool:
    """Tell whether the wish is still open; who was suspended in the meantime does not come back by it."""
    is_open = farewell.cancelled_at is None and farewell.done_at is None
    return is_open and farewell.kind == FarewellKind.DELETE and farewell.person.state == AccountState.LEFT


def is_last_administrator(person: User) -> bool:
    """Tell whether nobody but this person could give roles in the whole network."""
    active = _administrators().filter(person__is_active=True)
    return set(active.values_list("person_id", flat=True)) == {person.pk}


def _administrators():
    return RoleAssignment.objects.live().filter(role=Role.ADMINISTRATOR, scope_kind=ScopeKind.NETWORK)


def _locked(by: User) -> User:
    """Return the person afresh; all administrators wait here, so that the last two cannot go in the same moment."""
    wanted = models.Q(pk=by.pk) | models.Q(pk__in=_administrators().values("person"))
    people = {person.pk: person for person in User.objects.select_for_update().filter(wanted).order_by("pk")}
    person = people[by.pk]
    if not person.is_active:
        raise PermissionDenied
    if is_last_administrator(person):
        raise LastAdministratorError
    # Whoever is back has taken back what went before: a deletion that was waiting, and an earlier leave. A deletion
    # that was carried out is none, since nobody comes back from it.
    earlier = person.farewells.filter(cancelled_at__isnull=True)
    earlier.update(cancelled_at=timezone.now())
    return person


def _say_goodbye(person: User, *, keeps_name: bool, action: str, reason: str, **details) -> None:
    end_all_roles(by=person, person=person, reason=reason)
    record(
        action=action,
        by=person,
        about=person,
        before={"state": AccountState.ACTIVE, "name_stays": person.keeps_name},
        after={"state": AccountState.LEFT, "name_stays": keeps_name, **details},
    )
    # After the log, which tells who left by the name of until now.
    person.state, person.keeps_name = AccountState.LEFT, keeps_name
    person.save(update_fields=["state", "keeps_name"])
    end_sessions(person)
