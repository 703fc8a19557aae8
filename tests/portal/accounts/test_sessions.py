"""Sessions: how long they last, where one is signed in, and what ends the others."""

import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client, TestCase
from django.urls import reverse

from portal.accounts.second_factor import current_code
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"
HOUR = 3600
DAY = 24 * HOUR


def signed_in(person) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client) -> bool:
    return client.get(reverse("account_overview")).status_code == 200


def stay(client, until: float, traveller) -> None:
    """Look at a page every hour and a half until a time."""
    while time.time() < until:
        traveller.shift(1.5 * HOUR)
        client.get("/konto/")


@pytest.mark.parametrize(("pause", "remains"), [(1.9 * HOUR, True), (2.1 * HOUR, False)])
def test_a_pause_ends_a_session(pause, remains):
    person = UserFactory()
    with time_machine.travel(time.time(), tick=False) as traveller:
        client = signed_in(person)
        traveller.shift(pause)
        assert is_in(client) is remains


@pytest.mark.parametrize(
    ("fields", "lasts", "remains"),
    [
        ({"roles": ["editor"]}, 10.5 * HOUR, True),
        ({"roles": ["editor"]}, 12.1 * HOUR, False),
        ({}, 12.1 * HOUR, True),
        ({}, 13 * DAY, True),
        ({}, 14.1 * DAY, False),
    ],
)
def test_every_session_ends_however_busy(fields, lasts, remains):
    person = UserFactory(**fields)
    client = Client()
    with time_machine.travel(time.time(), tick=False) as traveller:
        client.force_login(person)
        stay(client, time.time() + lasts, traveller)
        assert is_in(client) is remains


def test_what_was_typed_is_shown_once_more_but_nothing_secret():
    person = UserFactory()
    with time_machine.travel(time.time(), tick=False) as traveller:
        client = signed_in(person)
        traveller.shift(3 * HOUR)
        typed = {"text": "Ein langer <b>Beitrag</b>", "password": "geheim-geheim", "csrfmiddlewaretoken": "t0ken"}
        answer = client.post("/kontakt/", typed)
    html = answer.content.decode()
    assert answer.status_code == 401
    assert "Ein langer &lt;b&gt;Beitrag&lt;/b&gt;" in html
    assert "geheim-geheim" not in html
    assert "t0ken" not in html
    assert not is_in(client)


def test_activity_costs_nothing_until_five_minutes_are_over(django_assert_max_num_queries):
    client = Client()
    client.force_login(UserFactory())
    client.get("/healthz")
    with django_assert_max_num_queries(3):
        client.get("/healthz")


def test_the_list_shows_every_session_and_ends_one():
    person = UserFactory()
    here, there = signed_in(person), signed_in(person)
    page = here.get(reverse("usersessions_list"))
    assert len(page.context["sessions"]) == 2
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("account_end_session", args=[other.pk]))
    assert is_in(here)
    assert not is_in(there)


def test_all_others_end_at_once():
    person = UserFactory()
    here, there, elsewhere = signed_in(person), signed_in(person), signed_in(person)
    here.post(reverse("usersessions_list"))
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_sessions_of_others():
    person, other = UserFactory(), UserFactory()
    here, theirs = signed_in(person), signed_in(other)
    session = UserSession.objects.get(session_key=theirs.session.session_key)
    assert here.post(reverse("account_end_session", args=[session.pk])).status_code == 404
    assert is_in(theirs)


def test_a_new_password_ends_the_others():
    person = UserFactory()
    here, there = signed_in(person), signed_in(person)
    new = "ein-anderes-langes-Passwort"
    answer = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == reverse("account_overview")
    assert is_in(here)
    assert not is_in(there)


def test_a_change_of_factors_ends_the_others():
    person = UserFactory()
    here, there = signed_in(person), signed_in(person)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = here.get(reverse("mfa_activate_totp")).context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        here.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert is_in(here)
    assert not is_in(there)
