"""The second factor: setting it up, signing in with it, who must have it, and that the last one stays."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, TestCase
from django.urls import reverse

from portal.accounts.second_factor import current_code, set_up_totp
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def confirm(client):
    """Give the password once more, as before every change that matters."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.fixture
def owing(client):
    """An editor who has not set up a second factor yet."""
    person = UserFactory(roles=["editor"], second_factor=False)
    client.force_login(person)
    return person


def set_up(client):
    """Set up an app; notices and the end of other sessions wait for the transaction."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        return page, client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})


def test_setting_up_an_app_shows_picture_and_key_and_leads_to_the_codes(client, member, mailoutbox):
    page, done = set_up(client)
    html = page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in html
    assert re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", html)
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(done["Location"]).content.decode()
    assert "So geht es weiter" in codes
    assert 'href="/"' in codes
    assert reverse("wagtailadmin_home") not in codes
    assert Authenticator.objects.filter(user=member).count() == 2
    assert len(mailoutbox) == 1


def test_the_page_answers_a_wrong_code_with_the_same_key(client, member):
    confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert answer.context["form"].errors
    assert answer.context["form"].secret == secret


def test_codes_are_shown_and_downloaded_only_after_confirming(client, member):
    set_up(client)
    shown = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    text = client.get(reverse("mfa_download_recovery_codes"))
    assert len(shown) == 10
    assert all(code in text.content.decode() for code in shown)
    assert "attachment" in text["Content-Disposition"]

    fresh = Client()
    fresh.force_login(member)
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        assert fresh.get(reverse(name)).status_code in (302, 403)


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
    ],
)
def test_changes_that_matter_ask_for_the_password_once_more(client, member, name):
    answer = client.post(reverse(name), {"action_add": "", "email": "neu@x.example", "code": "1"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_signing_in_takes_both_steps(client):
    person = UserFactory(roles=["editor"], second_factor=False)
    set_up_totp(person, SECRET)
    first = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert first["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": current_code(SECRET)})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_code_works_once_only():
    person = UserFactory()
    set_up_totp(person, SECRET)
    sessions = []
    for visitor in (Client(), Client()):
        visitor.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        visitor.post(reverse("mfa_authenticate"), {"code": current_code(SECRET)})
        sessions.append("_auth_user_id" in visitor.session)
    assert sessions == [True, False]


def test_a_recovery_code_works_once_instead(client, member):
    set_up(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    sessions = []
    for visitor in (Client(), Client()):
        visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
        visitor.post(reverse("mfa_authenticate"), {"code": f"{code[:4]} {code[4:]}"})
        sessions.append("_auth_user_id" in visitor.session)
    assert sessions == [True, False]


def test_a_new_password_by_mail_does_not_go_past_the_second_factor(client, mailoutbox):
    person = UserFactory(roles=["editor"], second_factor=False)
    set_up_totp(person, SECRET)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True)
    new = "ein-anderes-langes-Passwort"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("account_login"), {"login": person.email, "password": new})
    assert answer["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", ["/", "/redaktion/", "/verwaltung/", "/suche/?q=a", "/glossar/", "/media/x.png", "/nix/"]
)
def test_who_owes_a_second_factor_is_led_to_it(client, owing, path, method):
    answer = getattr(client, method)(path)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("wanted", ["/verzeichnis-pflegen/?von=mail", "//boese.example/"])
def test_the_end_of_the_set_up_leads_to_the_page_that_was_wanted_in_this_portal(client, wanted):
    person = UserFactory(roles=["editor"], second_factor=False)
    client.force_login(person)
    assert client.get(wanted)["Location"] == reverse("mfa_index")
    kept = client.session["wanted_before_second_factor"]
    assert kept.startswith("/")
    assert not kept.startswith("//")


@pytest.mark.parametrize("path", ["/konto/", "/konto/zwei-faktor/", "/kontakt/", "/healthz", "/readyz"])
def test_their_own_account_and_help_stay_open(client, owing, path):
    assert client.get(path).status_code == 200


def test_after_the_set_up_everything_opens(client, owing):
    set_up(client)
    assert client.get("/redaktion/").status_code == 200


def test_members_need_no_second_factor(client, member):
    assert client.get("/glossar/").status_code == 200


def test_the_last_factor_of_a_role_stays(client):
    person = UserFactory(roles=["editor"], second_factor=False)
    authenticator = set_up_totp(person, SECRET)
    client.force_login(person)
    confirm(client)
    assert client.get(reverse("mfa_deactivate_totp")).context["form"].errors
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(pk=authenticator.pk).exists()


def test_the_last_key_of_a_role_stays_too(client):
    person = UserFactory(roles=["editor"], second_factor=False)
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Schlüssel", "credential": {}})
    client.force_login(person)
    confirm(client)
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()
    set_up_totp(person, SECRET)
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_members_may_remove_theirs(client, member):
    set_up_totp(member, SECRET)
    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member).exists()


def test_nobody_touches_the_keys_of_others(client, member):
    other = UserFactory()
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Schlüssel", "credential": {}})
    confirm(client)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "account_overview",
        "account_name",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "usersessions_list",
        "socialaccount_connections",
        "account_change_password",
        "account_email",
    ],
)
def test_every_page_of_the_account_opens_with_one_heading(client, member, name):
    set_up_totp(member, SECRET)
    confirm(client)
    html = client.get(reverse(name)).content.decode()
    assert html.count("<h1") == 1
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*(?: src=|application/json))", html)


def test_people_change_their_name(client, member):
    assert client.post(reverse("account_name"), {"display_name": ""}).status_code == 422
    client.post(reverse("account_name"), {"display_name": "Neuer Name"})
    member.refresh_from_db()
    assert member.display_name == "Neuer Name"


def test_who_has_a_second_factor_still_changes_their_address(client, member, mailoutbox):
    set_up_totp(member, SECRET)
    confirm(client)
    client.post(reverse("account_email"), {"email": "neu@kommune.example", "action_add": ""})
    link = re.search(r"https?://[^/]+(/konto/e-mail/bestaetigen/\S+)", mailoutbox[-1].body)[1]
    client.post(link)
    client.post(reverse("account_email"), {"email": "neu@kommune.example", "action_primary": ""})
    member.refresh_from_db()
    assert member.email == "neu@kommune.example"
    assert "neu@kommune.example" in mailoutbox[-1].body
    assert mailoutbox[-1].to != ["neu@kommune.example"]
