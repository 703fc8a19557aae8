"""There is one door that accepts a password; every other one leads to it."""

import pytest
from django.urls import get_resolver

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"


@pytest.mark.parametrize("door", ["/redaktion/login/", "/_util/login/", "/verwaltung/login/"])
def test_other_doors_lead_to_the_one(client, door):
    user = UserFactory(administrator=True)
    for response in (client.get(door), client.post(door, {"username": user.email, "password": PASSWORD})):
        assert response.status_code == 302
        assert response["Location"].startswith("/konto/anmelden/")
    assert "_auth_user_id" not in client.session


def test_the_one_door_opens_for_the_right_password(client):
    user = UserFactory()
    response = client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_it_stays_shut_for_a_wrong_password_and_says_so_in_german(client):
    user = UserFactory()
    response = client.post("/konto/anmelden/", {"login": user.email, "password": "falsch-aber-lang"})
    assert response.status_code == 200
    assert "E-Mail-Adresse oder Passwort ist falsch" in response.content.decode()


def test_nobody_signs_up_alone(client):
    before = type(UserFactory()).objects.count()
    client.post("/konto/registrieren/", {"email": "neu@x.example", "password1": PASSWORD, "password2": PASSWORD})
    assert type(UserFactory.build()).objects.count() == before


def test_answers_to_signed_in_people_are_stored_by_no_cache(client):
    client.force_login(UserFactory())
    response = client.get("/kontakt/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def _addresses(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


def test_the_walk_over_all_addresses_knows_the_doors():
    addresses = list(_addresses(get_resolver().url_patterns))
    for expected in ("redaktion/login/", "konto/anmelden/", "suche/"):
        assert expected in addresses


@pytest.mark.parametrize(
    "door", ["/redaktion/", "/redaktion/papiere/importieren/", "/redaktion/login/", "/verwaltung/"]
)
@pytest.mark.parametrize("fields", [{}, {"staff": True}])
def test_who_lacks_the_right_is_told_so_and_not_sent_in_circles(client, door, fields):
    client.force_login(UserFactory(**fields))
    response = client.get(door, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 2


def test_a_mail_to_an_unknown_address_is_not_sent(client, mailoutbox):
    client.post("/konto/passwort/vergessen/", {"email": "fremd@x.example"})
    assert mailoutbox == []


def test_the_form_names_its_fields_by_labels_and_leads_from_the_error_to_the_first(client):
    text = client.get("/konto/anmelden/").content.decode()
    assert "placeholder" not in text
    assert text.index('name="password"') < text.index("/konto/passwort/vergessen/")

    failed = client.post("/konto/anmelden/", {"login": "wer@x.example", "password": "falsch-aber-lang"})
    assert '<a href="#id_login">' in failed.content.decode()
