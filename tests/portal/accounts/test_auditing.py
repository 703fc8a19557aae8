"""Signing in and out, passwords, addresses and second factors are logged, and nothing that was typed."""

import pytest
from allauth.account import signals as account_signals
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate, signals
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from portal.accounts.auditing import address_mark, shortened
from portal.accounts.enums import Role
from portal.audit.models import AuditEntry
from portal.audit.presentation import Line, Words
from portal.audit.registry import find_action
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"


@pytest.fixture
def person():
    return UserFactory(display_name="Ömer Şahin", email="oemer@kommune.example")


@pytest.fixture
def request_of(person):
    request = RequestFactory().get("/")
    request.user = person
    request.session = SessionStore()
    request.session.create()
    return request


def entries():
    return list(AuditEntry.objects.exclude(action__startswith="role.").order_by("number"))


def test_signing_in_and_out_is_logged(client, person):
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    client.post("/konto/abmelden/")
    assert [(entry.action, entry.actor_id, entry.object_id) for entry in entries()] == [
        ("sign_in.succeeded", person.pk, str(person.pk)),
        ("sign_in.ended", person.pk, str(person.pk)),
    ]


@pytest.mark.parametrize("address", ["oemer@kommune.example", "niemand@kommune.example"])
def test_a_refused_password_is_logged_without_what_was_typed(client, person, address):
    client.post("/konto/anmelden/", {"login": address, "password": "ganz-falsches-Passwort"})
    (entry,) = entries()
    assert (entry.action, entry.actor_id, entry.object_id) == ("sign_in.failed", None, "")
    assert entry.after == {"address_mark": address_mark(address)}
    kept = str(AuditEntry.objects.values())
    assert address not in kept
    assert "ganz-falsches-Passwort" not in kept


def test_known_and_unknown_addresses_cost_the_same(person, django_assert_num_queries):
    def send(address):
        signals.user_login_failed.send(sender=authenticate, credentials={"email": address}, request=None)

    send("erste@kommune.example")
    for address in (person.email, "niemand@kommune.example"):
        # Lock, entry, end of the chain, and the savepoints of the test's own transaction.
        with django_assert_num_queries(3):
            send(address)


def test_attempts_at_one_address_are_recognised():
    assert address_mark(" Oemer@Kommune.example") == address_mark("oemer@kommune.example")
    assert address_mark("a@kommune.example") != address_mark("b@kommune.example")


def test_the_mark_depends_on_the_portals_secret(settings):
    before = address_mark("a@kommune.example")
    settings.SECRET_KEY = "another"
    assert address_mark("a@kommune.example") != before


@pytest.mark.parametrize(
    ("signal", "action"),
    [
        (factor_signals.authenticator_added, "factor.added"),
        (factor_signals.authenticator_removed, "factor.removed"),
        (factor_signals.authenticator_reset, "factor.reset"),
    ],
)
def test_changes_of_second_factors_are_logged(person, request_of, signal, action):
    factor = Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": "STRENG-GEHEIM"})
    signal.send(sender=Authenticator, request=request_of, user=person, authenticator=factor)
    (entry,) = entries()
    assert (entry.action, entry.after, entry.actor_id) == (action, {"factor": "totp"}, person.pk)


def test_a_refused_code_is_logged(person, request_of):
    factor_signals.authentication_failed.send(
        sender=Authenticator, request=request_of, user=person, authenticator=None, reauthentication=False
    )
    (entry,) = entries()
    assert (entry.action, entry.actor_id, entry.object_id) == ("sign_in.code_refused", None, str(person.pk))


@pytest.mark.parametrize(
    ("signal", "action"),
    [
        (account_signals.password_set, "password.changed"),
        (account_signals.password_changed, "password.changed"),
        (account_signals.password_reset, "password.reset"),
    ],
)
def test_changes_of_the_password_are_logged(person, request_of, signal, action):
    signal.send(sender=type(person), request=request_of, user=person)
    (entry,) = entries()
    assert (entry.action, entry.actor_id) == (action, person.pk)


def test_a_new_address_is_logged_shortened(person, request_of):
    old, new = EmailAddress(email="oemer@kommune.example"), EmailAddress(email="sahin@kommune.example")
    account_signals.email_changed.send(
        sender=type(person), request=request_of, user=person, from_email_address=old, to_email_address=new
    )
    (entry,) = entries()
    assert (entry.before, entry.after) == ({"email": "o…@kommune.example"}, {"email": "s…@kommune.example"})


@pytest.mark.parametrize(("address", "shown"), [("a@b.example", "a…@b.example"), ("@b.example", "…@b.example")])
def test_addresses_are_shortened(address, shown):
    assert shortened(address) == shown


def test_a_role_reads_as_a_sentence():
    entry = AuditEntry(
        action="role.granted",
        actor_name="Ayşe Özdemir",
        object_name="Ömer Şahin",
        after={"role": Role.DATA_OWNER.value, "scope_name": "Neuenbrück"},
    )
    sentence = Line(entry, Words()).sentence
    for part in ("Ayşe Özdemir", "Ömer Şahin", "Neuenbrück", str(Role.DATA_OWNER.label)):
        assert part in sentence


@pytest.mark.parametrize("code", ["role.granted", "role.ended", "account.suspended", "consent.given", "release.given"])
def test_the_codes_of_the_house_are_known(code):
    assert find_action(code) is not None
