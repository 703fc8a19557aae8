"""The demo's sign-ins: one person for every kind of reader, with passwords that everybody may know."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils.translation import gettext as gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.home.demo.ledger import Ledger
from portal.home.foundation import EDITING_GROUP, WRITING_GROUP
from portal.places.models import Municipality

#: One password for all; it says itself what it is good for.
PASSWORD = "nur-zur-vorfuehrung"  # noqa: S105 -- public by intent; the command refuses to run outside DEBUG.


@dataclass(frozen=True)
class SignIn:
    """An account of the demo."""

    email: str
    name: str
    role: Any
    password: str = PASSWORD
    ags: str = ""
    flags: dict[str, bool] = field(default_factory=dict)
    group: str = ""


EDITOR = SignIn("redaktion@fokusportal.example", "Redaktion", _("Editors"), group=EDITING_GROUP)
AUTHOR = SignIn(
    "schreiben@fokusportal.example", "Autorin", _("Author, without the right to publish"), group=WRITING_GROUP
)
ADMINISTRATOR = SignIn(
    "administration@fokusportal.example",
    "Administration",
    _("Administrator"),
    flags={"is_staff": True, "is_superuser": True},
)
STAFF = SignIn(
    "mitarbeit@ravensfurt.example",
    "Mitarbeit Stadt Ravensfurt",
    _("Staff of a municipality"),
    ags="05999000",
    flags={"is_staff": True},
)
MEMBER = SignIn("mitglied@bruecken-verein.example", "Verein Brücken bauen", _("Member of the network"))

SIGN_INS = (EDITOR, AUTHOR, ADMINISTRATOR, STAFF, MEMBER)


def sign_in_lines() -> list[str]:
    """Return who may sign in with which password, as lines for a terminal."""
    lines = [f"  {sign_in.email:<36} {sign_in.password:<22} {sign_in.role}" for sign_in in SIGN_INS]
    return [gettext("Demo sign-ins (for this machine only):"), *lines]


def load_accounts(ledger: Ledger) -> None:
    """Bring in the accounts; passwords and roles of those that are there stay as they are."""
    for sign_in in SIGN_INS:
        ledger.bring_in(
            f"account:{sign_in.email}",
            sign_in.email,
            User.objects.filter(email=sign_in.email).first(),
            lambda sign_in=sign_in: _create(sign_in),
        )


def _create(sign_in: SignIn) -> User:
    user = User.objects.create_user(
        sign_in.email,
        sign_in.password,
        display_name=sign_in.name,
        municipality=Municipality.objects.filter(ags=sign_in.ags).first(),
        **sign_in.flags,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if sign_in.group:
        user.groups.add(Group.objects.get(name=sign_in.group))
    return user
