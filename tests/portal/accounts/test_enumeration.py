"""Nobody finds out who has an account: answers to known, unknown and suspended addresses are alike."""

import re

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.adapter import AccountAdapter
from portal.accounts.enums import AccountState
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
#: Of one length, so that the answers may be compared by theirs.
KINDS = {
    "known": "a-kennt@kommune.example",
    "unknown": "fremder@kommune.example",
    "suspended": "gesperr@kommune.example",
    "without password": "ohne-pw@kommune.example",
    "unconfirmed": "offen-x@kommune.example",
}


@pytest.fixture(autouse=True)
def people():
    UserFactory(email=KINDS["known"])
    UserFactory(email=KINDS["suspended"], state=AccountState.SUSPENDED)
    without = UserFactory(email=KINDS["without password"])
    without.set_unusable_password()
    without.save()
    UserFactory(email=KINDS["unconfirmed"]).emailaddress_set.update(verified=False)


def shape(response) -> tuple:
    """What of an answer could tell something: all but the tokens that change with every answer."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for email in KINDS.values():
        text = text.replace(email, "ADRESSE")
    headers = {name: value for name, value in response.headers.items() if name not in ("Set-Cookie", "Expires")}
    return response.status_code, response.get("Location"), headers, text, sorted(response.cookies)


def answers(path, data_of) -> dict:
    return {kind: shape(Client().post(path, data_of(email))) for kind, email in KINDS.items()}


def alike(found: dict) -> bool:
    return all(each == found["known"] for each in found.values())


@pytest.mark.parametrize(
    ("name", "data_of"),
    [
        ("account_login", lambda email: {"login": email, "password": "falsch-aber-lang"}),
        ("account_reset_password", lambda email: {"email": email}),
        ("account_signup", lambda email: {"email": email, "password1": "x" * 14, "password2": "x" * 14}),
    ],
)
def test_the_answers_are_alike(name, data_of):
    assert alike(answers(reverse(name), data_of))


def test_the_page_after_asking_for_a_link_is_the_same():
    pages = {}
    for kind, email in KINDS.items():
        client = Client()
        client.post(reverse("account_reset_password"), {"email": email})
        pages[kind] = shape(client.get(reverse("account_reset_password_done")))
    assert alike(pages)


def test_a_limit_answers_the_same(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    found = {}
    for kind, email in KINDS.items():
        for _attempt in range(4):
            found[kind] = shape(Client().post(reverse("account_login"), {"login": email, "password": "falsch"}))
    assert alike(found)


def counted(monkeypatch, owner, name) -> list:
    calls = []
    original = getattr(owner, name)

    def count(*args, **kwargs):
        calls.append(name)
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, count)
    return calls


def test_a_wrong_password_costs_one_hash_whoever_it_is(monkeypatch):
    hasher = hashers.get_hasher()
    calls = counted(monkeypatch, type(hasher), "encode")
    costs = {}
    for kind, email in KINDS.items():
        calls.clear()
        Client().post(reverse("account_login"), {"login": email, "password": "falsch-aber-lang"})
        costs[kind] = len(calls)
    assert set(costs.values()) == {1}, costs


def test_asking_for_a_link_writes_one_mail_and_one_token_whoever_it_is(monkeypatch):
    written = counted(monkeypatch, AccountAdapter, "render_mail")
    tokens = counted(monkeypatch, PasswordResetTokenGenerator, "make_token")
    costs = {}
    for kind, email in KINDS.items():
        written.clear()
        tokens.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("account_reset_password"), {"email": email})
        costs[kind] = (len(written), len(tokens), len(queries))
    assert len({cost[:2] for cost in costs.values()}) == 1, costs
    assert costs["known"][:2] == (1, 1)
    queries = [cost[2] for cost in costs.values()]
    assert max(queries) - min(queries) <= 1, costs


def test_only_people_who_may_sign_in_get_the_mail():
    for email in KINDS.values():
        Client().post(reverse("account_reset_password"), {"email": email})
    assert KINDS["known"] in [message.to[0] for message in mail.outbox]
    assert not {KINDS["unknown"], KINDS["suspended"]} & {message.to[0] for message in mail.outbox}


def test_mails_leave_after_the_answer(settings, monkeypatch):
    settings.ACCOUNT_MAIL_AFTER_ANSWER = True
    handed = []
    monkeypatch.setattr("portal.accounts.post._later.submit", handed.append)
    Client().post(reverse("account_reset_password"), {"email": KINDS["known"]})
    assert len(handed) == 1
    assert mail.outbox == []


@pytest.mark.parametrize("host", ["testserver:8443", "localhost", "127.0.0.1:81"])
def test_links_in_mails_name_the_portal_and_not_what_the_visitor_asked_for(settings, host):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    Client().post(reverse("account_reset_password"), {"email": KINDS["known"]}, headers={"host": host})
    (message,) = mail.outbox
    assert "https://portal.example/konto/passwort/neu/" in message.body
    assert host.partition(":")[0] not in message.body


def test_a_foreign_host_gets_no_answer_at_all():
    answer = Client().post(
        reverse("account_reset_password"), {"email": KINDS["known"]}, headers={"host": "fremd.example"}
    )
    assert answer.status_code == 400
    assert mail.outbox == []
