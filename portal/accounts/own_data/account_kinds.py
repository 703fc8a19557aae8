"""The account itself: addresses, roles, consents, sessions, second factors, linked sign-ins, farewells."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import RoleAssignment, User
from portal.accounts.own_data.purposes import purpose_label
from portal.accounts.own_data.registry import DataKind
from portal.accounts.sessions import end_sessions

WITH_THE_ACCOUNT = _("Until the account is deleted.")
#: What a provider of identities says about a person; everything else it sends is technical.
CLAIMS = ("sub", "email", "email_verified", "name", "given_name", "family_name", "preferred_username")


def _account(person: User):
    yield {
        "email": person.email,
        "name": person.display_name,
        "municipality": str(person.municipality or ""),
        "state": person.get_state_display(),
        "joined": person.date_joined,
        "last_sign_in": person.last_login,
        "name_stays": person.keeps_name,
        "rights": ", ".join(person.groups.order_by("name").values_list("name", flat=True)),
        "single_rights": ", ".join(person.user_permissions.order_by("pk").values_list("codename", flat=True)),
    }


def _addresses(person: User):
    for address in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield {"email": address.email, "confirmed": address.verified, "main": address.primary}


def _roles(person: User):
    for role in person.role_assignments.order_by("pk"):
        yield {
            "role": role.get_role_display(),
            "tied_to": role.scope_name,
            "from": role.valid_from,
            "until": role.valid_to,
            "given_on": role.granted_at,
            "ended_on": role.ended_at,
            "reason": role.reason,
        }


def _roles_given(person: User):
    for role in RoleAssignment.objects.filter(granted_by=person).exclude(person=person).order_by("pk"):
        yield {"role": role.get_role_display(), "tied_to": role.get_scope_kind_display(), "given_on": role.granted_at}


def _consents(person: User):
    for consent in person.consents.order_by("pk"):
        yield {
            "purpose": purpose_label(consent.purpose),
            "wording": consent.text,
            "given_on": consent.given_at,
            "withdrawn_on": consent.withdrawn_at,
        }


def _sessions(person: User):
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        yield {
            "begun": session.created_at,
            "last_seen": session.last_seen_at,
            "internet_address": session.ip,
            "browser": session.user_agent,
        }


def _factors(person: User):
    for factor in Authenticator.objects.filter(user=person).order_by("pk"):
        yield {"kind": factor.get_type_display(), "set_up": factor.created_at, "last_used": factor.last_used_at}


def _identities(person: User):
    for identity in SocialAccount.objects.filter(user=person).order_by("pk"):
        said = {**identity.extra_data, **(identity.extra_data.get("userinfo") or {})}
        yield {
            "provider": identity.provider,
            "number_there": identity.uid,
            "linked": identity.date_joined,
            "last_sign_in": identity.last_login,
            "said": "; ".join(f"{claim}: {said[claim]}" for claim in CLAIMS if said.get(claim) not in (None, "")),
        }


def _farewells(person: User):
    for farewell in person.farewells.order_by("pk"):
        yield {
            "kind": farewell.get_kind_display(),
            "asked_on": farewell.requested_at,
            "deletion_on": farewell.due_on,
            "taken_back_on": farewell.cancelled_at,
            "done_on": farewell.done_at,
        }


KINDS = (
    DataKind(
        code="account",
        title=_("Account"),
        purpose=_("So that you can sign in and others know who wrote something."),
        retention=WITH_THE_ACCOUNT,
        columns={
            "email": _("E-mail address"),
            "name": _("Name"),
            "municipality": _("Municipality"),
            "state": _("State"),
            "joined": _("Joined on"),
            "last_sign_in": _("Last sign-in"),
            "name_stays": _("Name stays beside contributions"),
            "rights": _("Groups of rights"),
            "single_rights": _("Single rights"),
        },
        records=_account,
        fields=frozenset(
            {"accounts.user.email", "accounts.user_groups.user", "accounts.user_user_permissions.user"},
        ),
    ),
    DataKind(
        code="email_addresses",
        title=_("E-mail addresses"),
        purpose=_("So that you can sign in and mails about your account reach you."),
        retention=WITH_THE_ACCOUNT,
        columns={"email": _("E-mail address"), "confirmed": _("Confirmed"), "main": _("Main address")},
        records=_addresses,
        forget=lambda person: EmailAddress.objects.filter(user=person).delete(),
        fields=frozenset({"account.emailaddress.user", "account.emailaddress.email"}),
    ),
    DataKind(
        code="roles",
        title=_("Roles"),
        purpose=_("Your rights follow from them, and it stays known who was allowed what and when."),
        retention=WITH_THE_ACCOUNT,
        columns={
            "role": _("Role"),
            "tied_to": _("Tied to"),
            "from": _("From"),
            "until": _("Until"),
            "given_on": _("Given on"),
            "ended_on": _("Ended on"),
            "reason": _("Reason"),
        },
        records=_roles,
        forget=lambda person: person.role_assignments.all().delete(),
        fields=frozenset({"accounts.roleassignment.person"}),
    ),
    DataKind(
        code="roles_given",
        title=_("Roles that you gave to others"),
        purpose=_("So that it stays known who allowed something. To whom you gave them is their data, not yours."),
        retention=_("As long as the account of the other person."),
        columns={"role": _("Role"), "tied_to": _("Tied to"), "given_on": _("Given on")},
        records=_roles_given,
        fields=frozenset({"accounts.roleassignment.granted_by"}),
    ),
    DataKind(
        code="consents",
        title=_("Consents"),
        purpose=_("To prove what you agreed to, in the words that were shown to you."),
        retention=_("As long as the account; after its deletion for three years from the withdrawal."),
        columns={
            "purpose": _("Purpose"),
            "wording": _("Wording"),
            "given_on": _("Given on"),
            "withdrawn_on": _("Withdrawn on"),
        },
        records=_consents,
        fields=frozenset({"accounts.consent.person"}),
    ),
    DataKind(
        code="sessions",
        title=_("Sessions"),
        purpose=_("So that you see where you are signed in and can end what you do not recognise."),
        retention=_("Until you sign out or the session ends, at the latest until the account is deleted."),
        columns={
            "begun": _("Begun"),
            "last_seen": _("Last seen"),
            "internet_address": _("Internet address"),
            "browser": _("Browser"),
        },
        records=_sessions,
        forget=end_sessions,
        fields=frozenset({"usersessions.usersession.user"}),
    ),
    DataKind(
        code="second_factors",
        title=_("Second factors"),
        purpose=_("So that a password alone does not open your account. The secrets themselves are not shown."),
        retention=_("Until you remove them or the account is deleted."),
        columns={"kind": _("Kind"), "set_up": _("Set up on"), "last_used": _("Last used")},
        records=_factors,
        forget=lambda person: Authenticator.objects.filter(user=person).delete(),
        fields=frozenset({"mfa.authenticator.user"}),
    ),
    DataKind(
        code="linked_sign_ins",
        title=_("Linked sign-ins"),
        purpose=_("So that you can sign in with the account of your administration."),
        retention=_("Until you unlink them or the account is deleted."),
        columns={
            "provider": _("Provider"),
            "number_there": _("Your number there"),
            "linked": _("Linked on"),
            "last_sign_in": _("Last sign-in"),
            "said": _("What the provider said about you"),
        },
        records=_identities,
        forget=lambda person: SocialAccount.objects.filter(user=person).delete(),
        fields=frozenset({"socialaccount.socialaccount.user"}),
    ),
    DataKind(
        code="farewells",
        title=_("Leaving and deletion"),
        purpose=_("So that your wish is carried out on the right day."),
        retention=_(
            "For good; after a deletion without anything that points to you but your name, if you want it to stay."
        ),
        columns={
            "kind": _("Kind"),
            "asked_on": _("Asked on"),
            "deletion_on": _("Deletion on"),
            "taken_back_on": _("Taken back on"),
            "done_on": _("Done on"),
        },
        records=_farewells,
        fields=frozenset({"accounts.farewell.person"}),
    ),
)
