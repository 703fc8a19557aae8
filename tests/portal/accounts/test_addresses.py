"""The page of e-mail addresses shows the buttons that can do something, and they do it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import TestCase
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.portal.accounts.people import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/konto/e-mail/"


@pytest.fixture
def person(client):
    person = UserFactory(email="alt@kommune.example")
    sign_in(client, person)
    return person


def add(person, email, *, verified) -> EmailAddress:
    return EmailAddress.objects.create(user=person, email=email, verified=verified)


def buttons(client) -> list[tuple[str, str]]:
    """Return address and act of every button but the one that adds an address."""
    html = client.get(PAGE).content.decode()
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    return [
        (address[1], act)
        for form in forms
        if (address := re.search(r'name="email" value="([^"]+)"', form))
        for act in re.findall(r'name="action_(\w+)"', form)
        if act != "add"
    ]


def test_a_single_confirmed_address_has_no_button(client, person):
    assert buttons(client) == []
    assert "alt@kommune.example" in client.get(PAGE).content.decode()


def test_every_further_address_has_what_can_be_done_with_it(client, person):
    add(person, "bestaetigt@kommune.example", verified=True)
    add(person, "neu@kommune.example", verified=False)
    assert buttons(client) == [
        ("bestaetigt@kommune.example", "primary"),
        ("bestaetigt@kommune.example", "remove"),
        ("neu@kommune.example", "send"),
        ("neu@kommune.example", "remove"),
    ]


def test_an_unconfirmed_main_address_can_be_confirmed(client, person):
    EmailAddress.objects.filter(user=person).update(verified=False)
    assert buttons(client) == [("alt@kommune.example", "send")]


def test_the_buttons_do_what_they_say(client, person, mailoutbox):
    confirmed, fresh = add(person, "a@kommune.example", verified=True), add(person, "b@kommune.example", verified=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(PAGE, {"email": fresh.email, "action_send": ""})
        client.post(PAGE, {"email": confirmed.email, "action_primary": ""})
    assert [fresh.email] in [mail.to for mail in mailoutbox]
    person.refresh_from_db()
    assert person.email == confirmed.email
    client.post(PAGE, {"email": fresh.email, "action_remove": ""})
    assert not EmailAddress.objects.filter(email=fresh.email).exists()
    assert client.get(reverse("account_overview")).status_code == 200
