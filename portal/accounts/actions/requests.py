"""Requests for an account: anybody may ask, an administrator decides, old ones are deleted."""

import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.accounts import rules
from portal.accounts.actions.acting import ask_anew
from portal.accounts.actions.joining import KEPT_DAYS, invite
from portal.accounts.enums import RequestState, Role, ScopeKind
from portal.accounts.letters import receipt_letter, refusal_letter, request_letter
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment, User
from portal.accounts.post import Letter, send_later
from portal.audit.actions import record


def receive_request(*, request: JoinRequest) -> bool:
    """Keep a request and tell those who decide it; anybody may ask, and one open request per address is enough.

    Nobody looks whether the address has an account. It is not logged: whoever is not taken in is not remembered.
    """
    request.email = request.email.strip().lower()
    try:
        with transaction.atomic():
            request.save()
            transaction.on_commit(partial(_announce, request))
    except IntegrityError:
        return False
    return True


@transaction.atomic
def approve_request(*, by: User, request: JoinRequest, **invitation) -> Invitation:
    """Approve a request: its address is invited, which also shows that it is the person's own."""
    request = _open(request, by)
    request.invitation = invite(by=by, email=request.email, **invitation)
    _decide(request, by, RequestState.APPROVED, "request.approved")
    return request.invitation


@transaction.atomic
def decline_request(*, by: User, request: JoinRequest, reason: str) -> None:
    """Decline a request; the person is told why."""
    request = _open(request, by)
    request.reason = reason
    _decide(request, by, RequestState.DECLINED, "request.declined")
    transaction.on_commit(partial(send_later, refusal_letter(request)))


def tidy_requests(*, at: datetime.datetime) -> int:
    """Delete requests that were decided long ago; an open one waits for its decision. Return how many."""
    gone, _by_model = JoinRequest.objects.filter(decided_at__lt=at - datetime.timedelta(days=KEPT_DAYS)).delete()
    return gone


def _open(request: JoinRequest, by: User) -> JoinRequest:
    """Return the request, locked, if it still waits for a decision."""
    ask_anew(by)
    locked = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if not rules.may_decide(by, locked) or locked.state != RequestState.OPEN:
        raise PermissionDenied
    return locked


def _decide(request: JoinRequest, by: User, state: RequestState, action: str) -> None:
    request.state = state
    request.decided_by = by
    request.decided_at = timezone.now()
    request.save()
    record(action=action, by=by, about=request, reason=request.reason)


def _announce(request: JoinRequest) -> None:
    letters: list[Letter] = [receipt_letter(request)]
    letters += [request_letter(request, person.email) for person in deciders_of(request)]
    for letter in letters:
        send_later(letter)


def deciders_of(request: JoinRequest) -> list[User]:
    """Return who is told about a request: the municipality's administrators, or the network's where there are none."""
    administrators = RoleAssignment.objects.live().filter(role=Role.ADMINISTRATOR, person__is_active=True)
    local = models.Q(scope_kind=ScopeKind.MUNICIPALITY, scope_id=request.municipality_id or 0)
    for scope in (local, models.Q(scope_kind=ScopeKind.NETWORK)):
        found = list(User.objects.filter(pk__in=administrators.filter(scope).values("person")))
        if found:
            return found
    return []
