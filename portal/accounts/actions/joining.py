"""Inviting people and accepting an invitation; of the link only a digest is kept."""

import datetime
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from portal.accounts import rules
from portal.accounts.actions.acting import ask_anew
from portal.accounts.letters import invitation_letter
from portal.accounts.models import Invitation, User
from portal.accounts.models.joining import invitation_end
from portal.accounts.post import send
from portal.accounts.scopes import kind_of
from portal.audit.actions import record

#: Unit: bytes of randomness in a link.
TOKEN_BYTES = 32
#: Unit: days. How long what is over stays, so that questions about it can be answered.
KEPT_DAYS = 180


def digest_of(token: str) -> str:
    """Return what is kept of a token; it is random enough to need neither salt nor slowness."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_open_invitation(token: str, *, at: datetime.datetime) -> Invitation | None:
    """Return the invitation behind a link; nothing where it is wrong, used, revoked or run out."""
    return Invitation.objects.open(at).select_related("invited_by").filter(token_digest=digest_of(token)).first()


def was_accepted_by(person: User, token: str) -> bool:
    """Tell whether the link was used up by this person."""
    return Invitation.objects.filter(token_digest=digest_of(token), accepted_by=person).exists()


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    role: str = "",
    target: models.Model | None = None,
    municipality: models.Model | None = None,
    display_name: str = "",
    role_valid_to: datetime.date | None = None,
    message: str = "",
) -> Invitation:
    """Invite an address, as a mere member where no role is named; raises PermissionDenied.

    Nobody looks whether the address has an account, so that inviting tells nothing about it. Who invites to the same
    thing once more renews the invitation that is there.
    """
    ask_anew(by)
    if not rules.may_invite(by, role, target, municipality.pk if municipality else None):
        raise PermissionDenied
    thing = {
        "role": role,
        "scope_kind": kind_of(target if role else None),
        "scope_id": target.pk if role and target is not None else None,
        "municipality": municipality,
    }
    rest = {"display_name": display_name, "role_valid_to": role_valid_to, "message": message}
    # One after the other: a double click must not make two invitations to the same thing.
    User.objects.select_for_update().get(pk=by.pk)
    address = email.strip().lower()
    invitation = Invitation.objects.unanswered().filter(email=address, **thing).first()
    is_new = invitation is None
    invitation = invitation or Invitation(email=address, **thing)
    for name, value in rest.items():
        setattr(invitation, name, value)
    _renew(invitation, by=by)
    action = "invitation.sent" if is_new else "invitation.resent"
    record(action=action, by=by, about=invitation, after=invitation.as_logged())
    return invitation


@transaction.atomic
def resend(*, by: User, invitation: Invitation) -> None:
    """Send an invitation with a new link, in the name of whoever sends it; the old link is dead."""
    ask_anew(by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.may_manage(by, invitation) or not may_stand_for(by, invitation) or not is_unanswered(invitation):
        raise PermissionDenied
    _renew(invitation, by=by)
    record(action="invitation.resent", by=by, about=invitation, after=invitation.as_logged())


@transaction.atomic
def revoke(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back; its link is dead."""
    ask_anew(by)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not rules.may_manage(by, invitation) or not is_unanswered(invitation):
        raise PermissionDenied
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record(action="invitation.revoked", by=by, about=invitation, before=invitation.as_logged())


def is_unanswered(invitation: Invitation) -> bool:
    """Tell whether an invitation is neither accepted nor revoked."""
    return invitation.accepted_at is None and invitation.revoked_at is None


def may_stand_for(inviter: User | None, invitation: Invitation) -> bool:
    """Tell whether somebody may invite to this today; what the role was tied to may be gone by now."""
    if inviter is None or (invitation.role and invitation.is_tied_to_nothing):
        return False
    target = invitation.target if invitation.role else None
    return rules.may_invite(inviter, invitation.role, target, invitation.municipality_id)


def tidy_invitations(*, at: datetime.datetime) -> int:
    """Delete invitations that ended long ago, accepted or not; return how many."""
    gone, _by_model = Invitation.objects.filter(expires_at__lt=at - datetime.timedelta(days=KEPT_DAYS)).delete()
    return gone


def _renew(invitation: Invitation, *, by: User) -> None:
    """Give an invitation a new link and send it once it is kept; without a mail server it waits to be sent again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_digest = digest_of(token)
    invitation.invited_by = by
    invitation.expires_at = invitation_end()
    invitation.sent_at = None
    invitation.save()
    transaction.on_commit(lambda: _post(invitation, token))


def _post(invitation: Invitation, token: str) -> None:
    if send(invitation_letter(invitation, token)):
        invitation.sent_at = timezone.now()
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=invitation.sent_at)
