"""Signing in with a provider of identities: whom it lets in, whom not, and what happens when it lies or is down."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from portal.accounts.enums import AccountState
from portal.accounts.models import User
from portal.accounts.second_factor import current_code, set_up_totp
from tests.factories.accounts import UserFactory
from tests.portal.accounts.identity_provider import CLIENT, FOREIGN_KEY, SECRET, identity_provider

pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/anmelden/mit/oidc/"
PASSWORD = "ein-langes-Passwort"


@pytest.fixture
def provider(settings):
    with identity_provider() as served:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "oidc",
                        "name": "Stadt-Anmeldung",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {"server_url": served.address},
                    }
                ],
            }
        }
        served.claims = {"sub": "4711", "email": "wer@kommune.example", "email_verified": True, "name": "Wer"}
        yield served


@pytest.fixture
def person():
    return UserFactory(email="wer@kommune.example")


def go(client, provider, *, change=lambda query: query):
    """Walk from the button to the provider and back; `change` tampers with what comes back."""
    away = client.post(SIGN_IN)
    assert away.status_code == 302, away.content.decode()
    back = urlsplit(provider.authorize(away["Location"]))
    query = change({name: values[0] for name, values in parse_qs(back.query).items()})
    return client.get(f"{back.path}?{urlencode(query)}")


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_confirmed_address_leads_to_the_account_of_the_same_address(client, provider, person):
    go(client, provider)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get(user=person).uid == "4711"


def test_the_second_time_the_identity_counts_and_not_the_address(client, provider, person):
    go(client, provider)
    provider.claims["email"] = "neuer-name@kommune.example"
    again = Client()
    go(again, provider)
    assert again.session["_auth_user_id"] == str(person.pk)


def test_the_button_stands_on_the_sign_in_page_only_where_there_is_a_provider(client, provider, settings):
    assert SIGN_IN in client.get("/konto/anmelden/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert SIGN_IN not in client.get("/konto/anmelden/").content.decode()
    assert client.post(SIGN_IN).status_code == 404


def test_a_link_alone_signs_nobody_in(client, provider, person):
    answer = client.get(SIGN_IN)
    assert answer.status_code == 200
    assert "<form" in answer.content.decode()


def test_an_unknown_person_gets_no_account_but_an_explanation(client, provider):
    answer = go(client, provider)
    assert answer.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in answer.templates]
    assert not is_in(client)
    assert User.objects.count() == 0


@pytest.mark.parametrize("confirmed", [False, "false", "true", None, 0])
def test_an_address_that_the_provider_has_not_confirmed_leads_nowhere(client, provider, person, confirmed):
    provider.claims["email_verified"] = confirmed
    go(client, provider)
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_an_address_that_we_have_not_confirmed_leads_nowhere(client, provider, person):
    EmailAddress.objects.filter(user=person).update(verified=False)
    go(client, provider)
    assert not is_in(client)


def test_an_address_given_to_somebody_new_does_not_inherit_the_account(client, provider, person):
    go(client, provider)
    provider.claims["sub"] = "4712"
    successor = Client()
    go(successor, provider)
    assert not is_in(successor)
    assert SocialAccount.objects.count() == 1


def test_who_is_suspended_stays_outside(client, provider, person):
    go(client, provider)
    person.state = AccountState.SUSPENDED
    person.save(update_fields=["state"])
    visitor = Client()
    answer = go(visitor, provider)
    assert answer["Location"] == reverse("account_inactive")
    assert not is_in(visitor)


def test_roles_still_take_our_second_factor(client, provider):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    editor = UserFactory(email="wer@kommune.example", roles=["editor"], second_factor=False)
    set_up_totp(editor, secret)
    answer = go(client, provider)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    assert is_in(client)


def test_roles_without_one_are_led_to_set_it_up(client, provider):
    UserFactory(email="wer@kommune.example", roles=["editor"], second_factor=False)
    go(client, provider)
    assert client.get("/glossar/")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("state", ["", "fremd", "x" * 16])
def test_a_foreign_state_fails(client, provider, person, state):
    answer = go(client, provider, change=lambda query: {**query, "state": state})
    assert answer.status_code == 401
    assert not is_in(client)


def test_an_answer_to_another_browser_fails(client, provider, person):
    away = Client().post(SIGN_IN)
    back = urlsplit(provider.authorize(away["Location"]))
    assert client.get(f"{back.path}?{back.query}").status_code == 401
    assert not is_in(client)


def test_an_answer_works_once(client, provider, person):
    answers = []
    go(client, provider, change=lambda query: answers.append(query) or query)
    client.logout()
    assert client.get(f"{SIGN_IN}zurueck/?{urlencode(answers[0])}").status_code == 401
    assert not is_in(client)


@pytest.mark.parametrize(
    "lie",
    [
        {"statement": {"nonce": "fremd"}},
        {"statement": {"nonce": None}},
        {"statement": {"sub": "4712"}},
        {"statement": {"iss": "https://fremd.example"}},
        {"statement": {"aud": "anderes-portal"}},
        {"statement": {"exp": 1}},
        {"signed_by": FOREIGN_KEY},
        {"algorithm": "HS256"},
    ],
    ids=lambda lie: "signed by another key" if "signed_by" in lie else str(lie),
)
def test_a_statement_that_does_not_hold_fails(client, provider, person, lie):
    for name, value in lie.items():
        setattr(provider, name, value)
    answer = go(client, provider)
    assert answer.status_code == 401
    assert not is_in(client)


def test_the_nonce_is_ours_even_if_the_link_brings_one(client, provider, person):
    query = urlencode({"auth_params": "nonce=fremd&redirect_uri=https://fremd.example/", "scope": "admin"})
    asked = parse_qs(urlsplit(client.post(f"{SIGN_IN}?{query}")["Location"]).query)
    assert asked["nonce"] != ["fremd"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/konto/anmelden/mit/oidc/zurueck/"]
    assert "admin" not in asked["scope"][0]


@pytest.mark.parametrize("broken", ["/.well-known", "/token", "/userinfo", "/jwks"])
def test_a_provider_that_is_down_is_a_page_and_no_fault_of_ours(client, provider, person, broken):
    away = client.post(SIGN_IN)
    back = urlsplit(provider.authorize(away["Location"]))
    provider.broken = broken
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 401
    assert answer.content.decode().count("<h1") == 1
    assert not is_in(client)


def test_a_provider_that_is_down_is_told_at_the_first_step_too(client, provider, settings):
    provider.broken = "/.well-known"
    assert client.post(SIGN_IN).status_code == 401
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post(SIGN_IN).status_code == 401


def test_cancelling_there_leads_to_a_page_here(client, provider, person):
    away = client.post(SIGN_IN)
    state = parse_qs(urlsplit(away["Location"]).query)["state"][0]
    answer = client.get(f"{SIGN_IN}zurueck/?{urlencode({'error': 'access_denied', 'state': state})}", follow=True)
    assert answer.status_code == 200
    assert not is_in(client)


def test_a_member_connects_and_disconnects_after_confirming(client, provider):
    member = UserFactory(email="anders@kommune.example")
    client.force_login(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    away = client.post(f"{SIGN_IN}?process=connect")
    back = urlsplit(provider.authorize(away["Location"]))
    client.get(f"{back.path}?{back.query}")
    account = SocialAccount.objects.get(user=member)
    assert client.get(reverse("socialaccount_connections")).status_code == 200
    client.post(reverse("socialaccount_connections"), {"account": account.pk})
    assert not SocialAccount.objects.exists()
