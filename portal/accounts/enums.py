"""The states of an account, the roles that a person can have, and what a role can be tied to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountState(models.TextChoices):
    """Where an account stands between the request and the farewell."""

    REQUESTED = "requested", _("requested")
    INVITED = "invited", _("invited")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", _("left the network")


class ScopeKind(models.TextChoices):
    """What a role is tied to."""

    NETWORK = "network", _("the whole network")
    MUNICIPALITY = "municipality", _("a municipality")
    DEPARTMENT = "department", _("a department")
    ORGANISATION = "organisation", _("an organisation")
    GROUP = "group", _("a working group")


class Role(models.TextChoices):
    """What a person does in the network; whoever has none is a member."""

    STAFF = "staff", _("Municipal staff")
    GROUP_MEMBER = "group_member", _("Member of a working group")
    GROUP_LEAD = "group_lead", _("Lead of a working group")
    ORGANISATION_EDITOR = "organisation_editor", _("Editor of an organisation")
    DATA_OWNER = "data_owner", _("Data owner")
    CONFIDENTIALITY_OFFICER = "confidentiality_officer", _("Confidentiality officer")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


_IN_A_MUNICIPALITY = frozenset({ScopeKind.MUNICIPALITY, ScopeKind.DEPARTMENT})
#: What each role may be tied to.
SCOPES_OF_ROLE: dict[str, frozenset[str]] = {
    Role.STAFF: _IN_A_MUNICIPALITY,
    Role.DATA_OWNER: _IN_A_MUNICIPALITY,
    Role.CONFIDENTIALITY_OFFICER: _IN_A_MUNICIPALITY,
    Role.DECISION_MAKER: _IN_A_MUNICIPALITY,
    Role.GROUP_MEMBER: frozenset({ScopeKind.GROUP}),
    Role.GROUP_LEAD: frozenset({ScopeKind.GROUP}),
    Role.ORGANISATION_EDITOR: frozenset({ScopeKind.ORGANISATION}),
    Role.AUTHOR: frozenset({ScopeKind.NETWORK}),
    Role.EDITOR: frozenset({ScopeKind.NETWORK}),
    Role.ADMINISTRATOR: frozenset({ScopeKind.NETWORK, ScopeKind.MUNICIPALITY}),
}
#: Who works in a municipality reads what is meant for municipal staff.
MUNICIPAL_ROLES = frozenset(
    {Role.STAFF, Role.DATA_OWNER, Role.CONFIDENTIALITY_OFFICER, Role.DECISION_MAKER, Role.ADMINISTRATOR}
)
#: Who takes people into a group or an organisation: which role gives which.
TAKEN_IN_BY: dict[str, str] = {
    Role.GROUP_LEAD: Role.GROUP_MEMBER,
    Role.ORGANISATION_EDITOR: Role.ORGANISATION_EDITOR,
}
#: Into what people are taken in like this, and as what.
ROLE_OF_CIRCLE: dict[str, str] = {
    ScopeKind.GROUP: Role.GROUP_MEMBER,
    ScopeKind.ORGANISATION: Role.ORGANISATION_EDITOR,
}
#: Who works in the editing interface.
EDITING_ROLES = frozenset({Role.AUTHOR, Role.EDITOR})
#: What each role allows, in one sentence for the page on who may what.
WHAT_A_ROLE_ALLOWS: dict[str, str] = {
    Role.STAFF: _("Reads what is meant for municipal staff."),
    Role.GROUP_MEMBER: _("Reads and writes in the working group."),
    Role.GROUP_LEAD: _("Reads and writes in the working group, takes members in and out."),
    Role.ORGANISATION_EDITOR: _("Keeps the organisation's profile and reads what is meant for it."),
    Role.DATA_OWNER: _("Delivers the figures of the office."),
    Role.CONFIDENTIALITY_OFFICER: _("Checks that figures expose nobody, and releases them."),
    Role.DECISION_MAKER: _("Answers findings and decides on measures."),
    Role.AUTHOR: _("Reads and writes all pages in the editing interface, closed ones too, and submits for release."),
    Role.EDITOR: _("Reads, edits and publishes all pages, terms and files in the editing interface, closed ones too."),
    Role.ADMINISTRATOR: _("Gives and ends roles, invites, suspends."),
}


class InvitationState(models.TextChoices):
    """Where an invitation stands; follows from its dates."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("run out")


class RequestState(models.TextChoices):
    """Where a request for an account stands."""

    OPEN = "open", _("open")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class FarewellKind(models.TextChoices):
    """How a person leaves."""

    LEAVE = "leave", _("leaves the network")
    DELETE = "delete", _("has the account deleted")
