"""Sessions and mails about changes name the device as people call it."""

import pytest
from django.urls import reverse

from portal.accounts.devices import device_name
from tests.factories.accounts import UserFactory

_MOZILLA = "Mozilla/5.0"
_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"
FIREFOX = f"{_MOZILLA} (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox unter Windows"),
        (f"{_MOZILLA} (Windows NT 10.0) {_GECKO} Chrome/130.0 Safari/537.36 Edg/130.0", "Edge unter Windows"),
        (f"{_MOZILLA} (X11; Linux x86_64) {_GECKO} Chrome/130.0 Safari/537.36", "Chrome unter Linux"),
        (f"{_MOZILLA} (Linux; Android 14) {_GECKO} Chrome/130.0 Mobile Safari/537.36", "Chrome unter Android"),
        (f"{_MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {_GECKO} Version/17.4 Safari/605.1", "Safari unter macOS"),
        (f"{_MOZILLA} (iPhone; CPU iPhone OS 17_4 like Mac OS X) {_GECKO} FxiOS/130.0", "Firefox unter iPhone"),
        ("curl/8.5.0", "unbekanntes Gerät"),
        ("<script>alert(1)</script>", "unbekanntes Gerät"),
        ("", "unbekanntes Gerät"),
        (None, "unbekanntes Gerät"),
    ],
)
def test_a_device_is_called_by_browser_and_system(user_agent, name):
    assert device_name(user_agent) == name


@pytest.mark.django_db
def test_the_list_of_sessions_names_devices_and_times_as_such(client):
    login = {"login": UserFactory().email, "password": "ein-langes-Passwort"}
    client.post(reverse("account_login"), login, headers={"user-agent": FIREFOX})
    text = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox unter Windows" in text
    assert _MOZILLA not in text
    assert " Uhr" in text


@pytest.mark.django_db
def test_the_mail_about_a_change_names_the_device(client, mailoutbox):
    person = UserFactory()
    client.force_login(person)
    sent = {
        "oldpassword": "ein-langes-Passwort",
        "password1": "ein-anderes-Passwort",
        "password2": "ein-anderes-Passwort",
    }
    client.post(reverse("account_change_password"), sent, headers={"user-agent": FIREFOX})
    assert "Firefox unter Windows" in mailoutbox[0].body
    assert _MOZILLA not in mailoutbox[0].body
    assert " Uhr" in mailoutbox[0].body
