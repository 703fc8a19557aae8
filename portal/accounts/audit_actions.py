"""What the audit log tells about accounts: the actions, their sentences, the words of their details."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import AccountState, Role
from portal.audit.registry import ActionKind, Detail, register_actions, register_details

ROLES = (
    ActionKind("role.granted", _("Role given"), _("%(actor)s gave %(object)s the role “%(role)s” (%(scope_name)s).")),
    ActionKind("role.ended", _("Role ended"), _("%(actor)s ended the role “%(role)s” (%(scope_name)s) of %(object)s.")),
)
RIGHTS = (
    ActionKind("rights.added", _("Rights of a group added"), _("%(actor)s gave the group %(object)s: %(rights)s.")),
    ActionKind(
        "rights.removed", _("Rights of a group removed"), _("%(actor)s took from the group %(object)s: %(rights)s.")
    ),
)
JOINING = (
    ActionKind("invitation.sent", _("Invitation sent"), _("%(actor)s sent an invitation: %(object)s.")),
    ActionKind("invitation.resent", _("Invitation sent again"), _("%(actor)s sent an invitation again: %(object)s.")),
    ActionKind("invitation.revoked", _("Invitation revoked"), _("%(actor)s revoked an invitation: %(object)s.")),
    ActionKind("invitation.accepted", _("Invitation accepted"), _("%(object)s accepted the invitation.")),
    ActionKind("request.approved", _("Request approved"), _("%(actor)s approved a request: %(object)s.")),
    ActionKind("request.declined", _("Request declined"), _("%(actor)s declined a request: %(object)s.")),
)
ACCOUNTS = (
    ActionKind("account.created", _("Account created"), _("%(actor)s created the account of %(object)s.")),
    ActionKind("account.changed", _("Account changed"), _("%(actor)s changed the account of %(object)s.")),
    ActionKind("account.suspended", _("Account suspended"), _("%(actor)s suspended the account of %(object)s.")),
    ActionKind("account.reinstated", _("Account reinstated"), _("%(actor)s reinstated the account of %(object)s.")),
    ActionKind(
        "account.sessions_ended", _("Sessions ended"), _("%(actor)s ended %(sessions)s sessions of %(object)s.")
    ),
    ActionKind("account.left", _("Left the network"), _("%(object)s left the network.")),
    ActionKind("account.exported", _("Own data exported"), _("%(actor)s exported the data of %(object)s.")),
    ActionKind(
        "account.deletion_requested", _("Deletion requested"), _("%(object)s asked for the account's deletion.")
    ),
    ActionKind("account.deletion_withdrawn", _("Deletion withdrawn"), _("%(object)s took back the wish for deletion.")),
    ActionKind("account.deleted", _("Account deleted"), _("%(actor)s deleted the account of %(object)s.")),
)
SIGN_IN = (
    ActionKind("sign_in.succeeded", _("Signed in"), _("%(object)s signed in.")),
    ActionKind("sign_in.failed", _("Sign-in failed"), _("Somebody did not manage to sign in.")),
    ActionKind("sign_in.code_refused", _("Code refused"), _("A second factor of %(object)s was refused.")),
    ActionKind("sign_in.ended", _("Signed out"), _("%(object)s signed out.")),
    ActionKind("password.changed", _("Password changed"), _("%(object)s changed the password.")),
    ActionKind("password.reset", _("Password set anew"), _("%(object)s set a new password by e-mail.")),
    ActionKind("email.changed", _("E-mail address changed"), _("%(object)s changed the e-mail address.")),
    ActionKind(
        "factor.added", _("Second factor added"), _("%(actor)s added a second factor for %(object)s: %(factor)s.")
    ),
    ActionKind(
        "factor.removed", _("Second factor removed"), _("%(actor)s removed a second factor of %(object)s: %(factor)s.")
    ),
    ActionKind(
        "factor.reset", _("Second factor renewed"), _("%(actor)s renewed a second factor of %(object)s: %(factor)s.")
    ),
)
FACTORS = {
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery codes"),
}


def register() -> None:
    """Make the actions and the words of their details known."""
    register_actions(*ROLES, *RIGHTS, *JOINING, *ACCOUNTS, *SIGN_IN)
    register_details(
        {
            "role": Detail(_("Role"), lambda: dict(Role.choices)),
            "scope": Detail(_("Tied to (key)"), is_shown=False),
            "scope_name": Detail(_("Tied to")),
            "from": Detail(_("From")),
            "to": Detail(_("Until")),
            "ended": Detail(_("Ended on")),
            "rights": Detail(_("Rights")),
            "state": Detail(_("State"), lambda: dict(AccountState.choices)),
            "email": Detail(_("E-mail address (shortened)")),
            "address_mark": Detail(_("Mark of the typed address")),
            "display_name": Detail(_("Name")),
            "municipality": Detail(_("Municipality")),
            "sessions": Detail(_("Number of sessions")),
            "factor": Detail(_("Second factor"), lambda: FACTORS),
        }
    )
