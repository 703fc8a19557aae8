"""How a person joined, and whom they let in; what they know of others by it is not handed out."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Invitation, JoinRequest, User
from portal.accounts.own_data.account_kinds import WITH_THE_ACCOUNT
from portal.accounts.own_data.registry import DataKind
from portal.accounts.own_data.sight import own_addresses

_ABOUT_OTHERS = _("So that it stays known who let somebody in. Who it was is their data, not yours.")


def own_invitations(person: User):
    """Return the invitations that went to the person."""
    return Invitation.objects.filter(Q(accepted_by=person) | Q(email__in=own_addresses(person)))


def own_requests(person: User):
    """Return the requests for an account that the person sent."""
    return JoinRequest.objects.filter(email__in=own_addresses(person))


def _forget(person: User) -> None:
    own_requests(person).delete()
    own_invitations(person).delete()


def _invitations(person: User):
    for invitation in own_invitations(person).order_by("pk"):
        yield {
            "email": invitation.email,
            "name": invitation.display_name,
            "role": invitation.get_role_display(),
            "message": invitation.message,
            "invited_on": invitation.created_at,
            "accepted_on": invitation.accepted_at,
        }


def _requests(person: User):
    for request in own_requests(person).order_by("pk"):
        yield {
            "email": request.email,
            "name": request.display_name,
            "organisation": request.organisation,
            "wish": request.purpose,
            "state": request.get_state_display(),
            "asked_on": request.created_at,
            "decided_on": request.decided_at,
            "reason": request.reason,
        }


def _sent(person: User):
    for invitation in Invitation.objects.filter(invited_by=person).order_by("pk"):
        yield {"invited_on": invitation.created_at, "accepted_on": invitation.accepted_at}


def _decided(person: User):
    for request in JoinRequest.objects.filter(decided_by=person).order_by("pk"):
        yield {"decided_on": request.decided_at, "state": request.get_state_display()}


KINDS = (
    DataKind(
        code="invitations",
        title=_("Invitations to you"),
        purpose=_("So that it stays known how you joined."),
        retention=WITH_THE_ACCOUNT,
        columns={
            "email": _("E-mail address"),
            "name": _("Name"),
            "role": _("Role"),
            "message": _("Message"),
            "invited_on": _("Invited on"),
            "accepted_on": _("Accepted on"),
        },
        records=_invitations,
        forget=_forget,
        fields=frozenset({"accounts.invitation.email", "accounts.invitation.accepted_by"}),
    ),
    DataKind(
        code="requests",
        title=_("Your requests for an account"),
        purpose=_("So that somebody could decide about them."),
        retention=WITH_THE_ACCOUNT,
        columns={
            "email": _("E-mail address"),
            "name": _("Name"),
            "organisation": _("Organisation"),
            "wish": _("What you want to do"),
            "state": _("State"),
            "asked_on": _("Asked on"),
            "decided_on": _("Decided on"),
            "reason": _("Reason"),
        },
        records=_requests,
        # Forgotten together with the invitations, which requests point at.
        fields=frozenset({"accounts.joinrequest.email"}),
    ),
    DataKind(
        code="invitations_sent",
        title=_("Invitations that you sent"),
        purpose=_ABOUT_OTHERS,
        retention=_("As long as the account of the other person."),
        columns={"invited_on": _("Invited on"), "accepted_on": _("Accepted on")},
        records=_sent,
        fields=frozenset({"accounts.invitation.invited_by"}),
    ),
    DataKind(
        code="requests_decided",
        title=_("Requests that you decided"),
        purpose=_ABOUT_OTHERS,
        retention=_("As long as the account of the other person."),
        columns={"decided_on": _("Decided on"), "state": _("State")},
        records=_decided,
        fields=frozenset({"accounts.joinrequest.decided_by"}),
    ),
)
