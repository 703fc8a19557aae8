"""Accepting an invitation: once, by the person who has the mailbox, and only while the inviter may still invite."""

import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.accounts.actions.consents import give_consent
from portal.accounts.actions.joining import digest_of, may_stand_for
from portal.accounts.actions.roles import grant_role
from portal.accounts.enums import AccountState
from portal.accounts.models import Invitation, User
from portal.accounts.own_data.purposes import RULES
from portal.audit.actions import record


class InvitationGoneError(LookupError):
    """The link is wrong, used, revoked or run out; nobody is told which."""


class InviterMayNotError(PermissionDenied):
    """Whoever invited may no longer do so."""


class AccountExistsError(ValueError):
    """The address has an account by now; its person must sign in first."""


def rules_of_use() -> str:
    """Return the wording to which everybody agrees who joins."""
    return _(
        "I use what is meant for members only for the work of the network and pass it on to nobody else. "
        "I name no persons whose cases I write about. I keep my password and my second factor to myself. "
        "I know that my name stands beside what I contribute, and that changes of rights are logged."
    )


def must_agree(person: User) -> bool:
    """Tell whether a person has not agreed to the rules of use; older wordings count."""
    return not person.consents.filter(purpose=RULES, withdrawn_at__isnull=True).exists()


def account_of(email: str) -> User | None:
    """Return the person who has proved to own an address."""
    owns = models.Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    return User.objects.filter(owns | models.Q(email__iexact=email)).distinct().first()


@transaction.atomic
def accept_as_newcomer(*, token: str, display_name: str, at: datetime.datetime) -> User:
    """Create the account of the invited person; the link proves that the address is theirs."""
    invitation = _take(token, at)
    if account_of(invitation.email) is not None:
        raise AccountExistsError
    person = User.objects.create_user(
        invitation.email, None, display_name=display_name, municipality=invitation.municipality
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    give_consent(person=person, purpose=RULES, text=rules_of_use())
    record(action="account.created", by=invitation.invited_by, about=person, after=person.as_logged())
    _redeem(invitation, person, at)
    return person


@transaction.atomic
def accept_as(*, token: str, person: User, at: datetime.datetime) -> Invitation:
    """Take an invitation up for an account that is there; raises PermissionDenied for anybody else's."""
    invitation = _take(token, at)
    owner = account_of(invitation.email)
    if owner is None or owner.pk != person.pk or not person.is_active:
        raise PermissionDenied
    if must_agree(person):
        give_consent(person=person, purpose=RULES, text=rules_of_use())
    _redeem(invitation, person, at)
    return invitation


@transaction.atomic
def come_back(*, token: str, at: datetime.datetime) -> User:
    """Open the account of a person who had left; the mailbox is theirs, and signing in still takes their password."""
    invitation = _take(token, at)
    owner = account_of(invitation.email)
    person = User.objects.select_for_update().get(pk=owner.pk) if owner is not None else None
    if person is None or person.state != AccountState.LEFT:
        raise PermissionDenied
    person.farewells.filter(cancelled_at__isnull=True, done_at__isnull=True).update(cancelled_at=at)
    person.state, person.keeps_name = AccountState.ACTIVE, True
    person.save(update_fields=["state", "keeps_name"])
    person.forget_rights()
    give_consent(person=person, purpose=RULES, text=rules_of_use())
    states = {"before": {"state": AccountState.LEFT}, "after": {"state": AccountState.ACTIVE}}
    record(action="account.reinstated", by=invitation.invited_by, about=person, **states)
    _redeem(invitation, person, at)
    return person


def _take(token: str, at: datetime.datetime) -> Invitation:
    """Return the open invitation, locked: of two who come at once the second finds it used."""
    rows = Invitation.objects.select_for_update().open(at)
    invitation = rows.filter(token_digest=digest_of(token)).first()
    if invitation is None:
        raise InvitationGoneError
    if not may_stand_for(invitation.invited_by, invitation):
        raise InviterMayNotError
    return invitation


def _redeem(invitation: Invitation, person: User, at: datetime.datetime) -> None:
    invitation.accepted_at = at
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(action="invitation.accepted", by=person, about=person, after=invitation.as_logged())
    if invitation.role and not _has_it_already(invitation, person):
        grant_role(
            by=invitation.invited_by,
            person=person,
            role=invitation.role,
            target=invitation.target,
            valid_to=invitation.role_valid_to,
            reason=_("Invitation accepted."),
            by_mail=False,
        )


def _has_it_already(invitation: Invitation, person: User) -> bool:
    held = person.role_assignments.current_or_coming().at(invitation.scope_kind, invitation.scope_id)
    return held.filter(role=invitation.role).exists()
