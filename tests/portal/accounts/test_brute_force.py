"""Ten thousand guesses at passwords and links open nothing, cost little, and keep nobody else outside."""

import secrets
from collections.abc import Callable

import pytest
from allauth.account import views
from allauth.account.forms import default_token_generator
from allauth.account.middleware import AccountMiddleware
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import hashers
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from portal.accounts.second_factor import current_code, set_up_totp
from portal.settings import base
from portal.shared.limits import allow
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]
PASSWORD = "ein-langes-Passwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
#: Ten thousand together.
FROM_ONE_ADDRESS = 4_000
FROM_MANY_ADDRESSES = 2_000
AT_MANY_PEOPLE = 1_000
AT_LINKS = 3_000
#: The right password stands among the guesses, and still opens nothing, because the limit has closed before.
RIGHT_ONE_AT = 1_000


class NoMessages(BaseStorage):
    """Nobody reads them here."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return messages


@pytest.fixture(autouse=True)
def limits(settings):
    """The limits of the real installation."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.MFA_RATE_LIMITS = base.MFA_RATE_LIMITS


def ask(view: Callable, request, address: str):
    """Let a view answer without the furniture of the page, which is what ten thousand answers would mostly cost."""
    request.META["REMOTE_ADDR"] = address
    request.session = SessionStore()
    request.user = AnonymousUser()
    request._messages = NoMessages(request)
    request._dont_enforce_csrf_checks = True
    return AccountMiddleware(view)(request), request.session.get("_auth_user_id")


def address_of(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


@pytest.fixture
def hashed(monkeypatch) -> list:
    """Every password that was looked at in earnest."""
    looked_at = []
    kind = type(hashers.get_hasher())
    original = kind.encode
    monkeypatch.setattr(
        kind, "encode", lambda self, password, salt: looked_at.append(1) or original(self, password, salt)
    )
    return looked_at


@pytest.mark.parametrize(
    ("address", "guesses"),
    [(lambda number: "10.0.0.1", FROM_ONE_ADDRESS), (address_of, FROM_MANY_ADDRESSES)],
    ids=["from one address", "from many addresses"],
)
def test_guessing_the_password_of_one_person(hashed, address, guesses):
    victim, other = UserFactory(), UserFactory()
    hashed.clear()
    successes = 0
    for number in range(guesses):
        guess = PASSWORD if number == RIGHT_ONE_AT else f"Geratenes-Passwort-{number}"
        request = RequestFactory().post(reverse("account_login"), {"login": victim.email, "password": guess})
        _response, signed_in = ask(views.login, request, address(number))
        successes += signed_in is not None
    assert successes == 0
    assert len(hashed) <= 5
    assert_unaffected(other)


def test_trying_one_password_with_many_people(hashed):
    people = [UserFactory(password="anderes-Passwort") for _ in range(20)]
    other = UserFactory()
    hashed.clear()
    successes = 0
    for number in range(AT_MANY_PEOPLE):
        email = people[number % 20].email if number < 500 else f"wer-{number}@kommune.example"
        request = RequestFactory().post(reverse("account_login"), {"login": email, "password": PASSWORD})
        successes += ask(views.login, request, "10.0.0.1")[1] is not None
    assert successes == 0
    assert len(hashed) <= 60
    assert_unaffected(other)


def test_guessing_links_for_a_new_password():
    victim, other = UserFactory(), UserFactory()
    uid = user_pk_to_url_str(victim)
    genuine = default_token_generator.make_token(victim)
    refused = opened = 0
    for _number in range(AT_LINKS):
        stamp, mark = genuine.split("-")
        guess = f"{stamp}-{secrets.token_hex(len(mark) // 2)}"
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": guess})
        match = resolve(path)
        response, _ = ask(
            lambda request, match=match: match.func(request, **match.kwargs), RequestFactory().get(path), "10.0.0.1"
        )
        refused += response.status_code == 429
        opened += response.status_code == 302
    assert opened == 0
    assert refused >= AT_LINKS - 30
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": genuine})
    assert Client(REMOTE_ADDR="10.9.9.9").get(path).status_code == 302
    assert_unaffected(other)


def test_guessing_the_code_of_the_second_step(monkeypatch):
    victim = UserFactory()
    set_up_totp(victim, SECRET)
    looked_at = []
    original = TOTP.validate_code
    monkeypatch.setattr(TOTP, "validate_code", lambda self, code: looked_at.append(code) or original(self, code))
    client = Client(REMOTE_ADDR="10.0.0.1")
    client.post(reverse("account_login"), {"login": victim.email, "password": PASSWORD})
    for number in range(40):
        guess = current_code(SECRET) if number == 30 else f"{number:06}"
        client.post(reverse("mfa_authenticate"), {"code": guess})
    assert "_auth_user_id" not in client.session
    assert len(looked_at) <= 5


def assert_unaffected(person):
    """Others sign in as always, from another address."""
    client = Client(REMOTE_ADDR="10.9.9.9")
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(("key", "third"), [(None, "10.0.0.2"), ("einladung", "10.0.0.1")])
def test_a_limit_counts_by_address_or_by_what_is_tried(key, third):
    def tried(address, key=key):
        request = RequestFactory().get("/", REMOTE_ADDR=address)
        return allow(request, "probe", key=key, limit=2, seconds=60)

    assert [tried("10.0.0.1"), tried("10.0.0.1"), tried("10.0.0.1")] == [True, True, False]
    assert tried(third) is (key is None)


def test_a_limit_believes_a_proxy_only_where_there_is_one(settings):
    def tried(forwarded):
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        return allow(request, "probe", limit=1, seconds=60)

    assert [tried("1.1.1.1"), tried("2.2.2.2")] == [True, False]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [tried("3.3.3.3"), tried("3.3.3.3"), tried("4.4.4.4")] == [True, False, True]
    # What the visitor writes before the proxy's word does not help.
    assert tried("9.9.9.9, 3.3.3.3") is False


def test_too_many_messages_to_the_editors_lose_nothing_that_was_typed(client, monkeypatch):
    monkeypatch.setattr("portal.home.views.MESSAGES_PER_HOUR", 1)
    data = {"kind": "question", "text": "Mein langer Text", "name": "", "email": ""}
    client.post("/kontakt/", data)
    answer = client.post("/kontakt/", data)
    assert answer.status_code == 429
    assert "Mein langer Text" in answer.content.decode()


def test_too_many_attempts_are_a_page_of_the_house(client):
    for _attempt in range(70):
        answer = client.post(reverse("account_login"), {"login": "wer@x.example", "password": "x"})
    assert answer.status_code == 429 or "form" in answer.context
    for _attempt in range(20):
        answer = client.post(reverse("account_reset_password"), {"email": "wer@x.example"})
    assert answer.status_code == 429
    assert answer.content.decode().count("<h1") == 1
