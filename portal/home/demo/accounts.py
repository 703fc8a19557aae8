"""The demo's sign-ins: one person for every role, with passwords and a second factor that everybody may know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils.translation import gettext as gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.models import Organisation
from network.groups.models import WorkingGroup
from portal.accounts.actions.roles import appoint
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.second_factor import set_up_totp
from portal.home.demo.ledger import Ledger
from portal.places.models import Municipality

#: One password for all; it says itself what it is good for.
PASSWORD = "nur-zur-vorfuehrung"  # noqa: S105 -- public by intent; the command refuses to run outside the demo.
#: One secret for all second factors (Base32), to be typed into an authenticator app.
SECOND_FACTOR_SECRET = "NURZURVORFUEHRUNGJBSWY3DPEHPK3PX"  # noqa: S105 -- public by intent, like the password.
RAVENSFURT = "05999000"


def _ravensfurt() -> models.Model | None:
    return Municipality.objects.filter(ags=RAVENSFURT).first()


def _bridges() -> models.Model | None:
    return Organisation.objects.filter(slug="bruecken-bauen").first()


def _transitions() -> models.Model | None:
    return WorkingGroup.objects.filter(slug="uebergaenge").first()


@dataclass(frozen=True)
class SignIn:
    """An account of the demo."""

    email: str
    name: str
    description: Any
    role: str = ""
    target: Callable[[], models.Model | None] | None = None
    ags: str = ""
    password: str = PASSWORD


EDITOR = SignIn("redaktion@fokusportal.example", "Redaktion", _("Editors"), Role.EDITOR)
AUTHOR = SignIn("schreiben@fokusportal.example", "Autorin", _("Author, without the right to publish"), Role.AUTHOR)
ADMINISTRATOR = SignIn("administration@fokusportal.example", "Administration", _("Administrator"), Role.ADMINISTRATOR)
MUNICIPAL_ADMINISTRATOR = SignIn(
    "verwaltung@ravensfurt.example",
    "Verwaltung Stadt Ravensfurt",
    _("Administrator of a municipality"),
    Role.ADMINISTRATOR,
    _ravensfurt,
    RAVENSFURT,
)
STAFF = SignIn(
    "mitarbeit@ravensfurt.example",
    "Mitarbeit Stadt Ravensfurt",
    _("Staff of a municipality"),
    Role.STAFF,
    _ravensfurt,
    RAVENSFURT,
)
DATA_OWNER = SignIn(
    "statistik@ravensfurt.example",
    "Statistikstelle Ravensfurt",
    _("Data owner"),
    Role.DATA_OWNER,
    _ravensfurt,
    RAVENSFURT,
)
CONFIDENTIALITY_OFFICER = SignIn(
    "geheimhaltung@ravensfurt.example",
    "Geheimhaltung Ravensfurt",
    _("Confidentiality officer"),
    Role.CONFIDENTIALITY_OFFICER,
    _ravensfurt,
    RAVENSFURT,
)
DECISION_MAKER = SignIn(
    "leitung@ravensfurt.example",
    "Amtsleitung Ravensfurt",
    _("Decision maker"),
    Role.DECISION_MAKER,
    _ravensfurt,
    RAVENSFURT,
)
GROUP_LEAD = SignIn(
    "leitung@uebergaenge.example", "Leitung AG Übergänge", _("Lead of a working group"), Role.GROUP_LEAD, _transitions
)
GROUP_MEMBER = SignIn(
    "mitglied@uebergaenge.example",
    "Mitglied AG Übergänge",
    _("Member of a working group"),
    Role.GROUP_MEMBER,
    _transitions,
)
ORGANISATION_EDITOR = SignIn(
    "verein@bruecken-verein.example",
    "Verein Brücken bauen",
    _("Editor of an organisation"),
    Role.ORGANISATION_EDITOR,
    _bridges,
)
MEMBER = SignIn("mitglied@bruecken-verein.example", "Mitglied im Netzwerk", _("Member of the network"))

SIGN_INS = (
    EDITOR,
    AUTHOR,
    ADMINISTRATOR,
    MUNICIPAL_ADMINISTRATOR,
    STAFF,
    DATA_OWNER,
    CONFIDENTIALITY_OFFICER,
    DECISION_MAKER,
    GROUP_LEAD,
    GROUP_MEMBER,
    ORGANISATION_EDITOR,
    MEMBER,
)


def sign_in_lines() -> list[str]:
    """Return who may sign in with which password and second factor, as lines for a terminal."""
    lines = [f"  {sign_in.email:<36} {sign_in.password:<22} {sign_in.description}" for sign_in in SIGN_INS]
    return [
        gettext("Demo sign-ins (for this machine only):"),
        *lines,
        gettext("All but the last need a code as well. Secret for an authenticator app: %(secret)s")
        % {"secret": SECOND_FACTOR_SECRET},
        gettext("Without an app: .venv/bin/python manage.py demo --code prints the code of this moment."),
    ]


def load_accounts(ledger: Ledger) -> None:
    """Bring in the accounts; passwords and roles of those that are there stay as they are."""
    _bring_in_scopes(ledger)
    for sign_in in SIGN_INS:
        user = ledger.bring_in(
            f"account:{sign_in.email}",
            sign_in.email,
            User.objects.filter(email=sign_in.email).first(),
            lambda sign_in=sign_in: _create(sign_in),
        )
        if user is not None and user.owes_second_factor:
            set_up_totp(user, SECOND_FACTOR_SECRET)
            user.forget_rights()


def _bring_in_scopes(ledger: Ledger) -> None:
    """What roles are tied to besides municipalities and organisations."""
    ledger.bring_in(
        "group:uebergaenge",
        "AG Übergänge",
        _transitions(),
        lambda: WorkingGroup.objects.create(
            name="AG Übergänge",
            slug="uebergaenge",
            purpose="Wie junge Zugewanderte von der Schule in Ausbildung und Arbeit kommen.",
        ),
    )


def _create(sign_in: SignIn) -> User:
    user = User.objects.create_user(
        sign_in.email,
        sign_in.password,
        display_name=sign_in.name,
        municipality=Municipality.objects.filter(ags=sign_in.ags).first(),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    target = sign_in.target() if sign_in.target else None
    if sign_in.role and (target is not None or sign_in.target is None):
        appoint(person=user, role=sign_in.role, target=target, reason=gettext("Demo"))
    return user
