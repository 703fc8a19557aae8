"""There is one door that accepts a password; every other one leads to it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admindocs.views import simplify_regex
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
    text = response.content.decode()
    assert "Ihr Konto hat dafür keine Rolle." in text
    assert "Admin" not in text
    assert "notice--error" not in text


def test_a_mail_to_an_unknown_address_is_not_sent(client, mailoutbox):
    client.post("/konto/passwort/vergessen/", {"email": "fremd@x.example"})
    assert mailoutbox == []


def test_the_form_names_its_fields_by_labels_and_leads_from_the_error_to_the_first(client):
    text = client.get("/konto/anmelden/").content.decode()
    assert "placeholder" not in text
    assert text.index('name="password"') < text.index("/konto/passwort/vergessen/")

    failed = client.post("/konto/anmelden/", {"login": "wer@x.example", "password": "falsch-aber-lang"})
    assert '<a href="#id_login">' in failed.content.decode()


#: Addresses that are walked by hand, because signing out or leaving would end the walk.
LEAVING = ("konto/abmelden/", "redaktion/logout/", "verwaltung/logout/", "verwaltung/jsi18n/")
#: Pages on which an administrator chooses a password for somebody else; nobody signs in there.
GIVING_A_PASSWORD = re.compile(r"redaktion/users/")
CREDENTIALS = ("login", "username", "email", "password", "password1", "auth-username", "auth-password")
PASSWORD_FIELD = re.compile(r"<input[^>]+type=[\"']?password", re.IGNORECASE)


def example(pattern: str) -> str:
    """Fill in something for every part of an address that varies."""
    filled = re.sub(r"<int:\w+>", "1", simplify_regex(pattern).lstrip("/"))
    return "/" + re.sub(r"<(?:\w+:)?\w+>", "1", filled)


def routes() -> list[str]:
    return sorted({example(pattern) for pattern in _addresses(get_resolver().url_patterns)})


def visit(client, path, data=None):
    client.raise_request_exception = False
    if data is None:
        return client.get(path)
    return client.post(path, data)


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def asks_for_password(response) -> bool:
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return is_page and PASSWORD_FIELD.search(response.content.decode(errors="replace")) is not None


def test_the_walk_knows_every_area():
    paths = routes()
    assert len(paths) > 300
    for area in ("/konto/", "/redaktion/", "/verwaltung/", "/_util/", "/dokumente/", "/kontakt/"):
        assert any(path.startswith(area) for path in paths), area


@pytest.mark.matrix
@pytest.mark.filterwarnings("ignore")
def test_no_other_address_signs_a_stranger_in_or_asks_for_a_password(client):
    person = UserFactory()
    posted = {name: PASSWORD if "password" in name else person.email for name in CREDENTIALS}
    opened, asking = [], []
    assert asks_for_password(client.get("/konto/anmelden/"))
    for path in routes():
        if path.strip("/") == "konto/anmelden":
            continue
        for response in (visit(client, path), visit(client, path, posted)):
            if asks_for_password(response) and not path.startswith("/konto/"):
                asking.append(path)
        if signed_in_as(client):
            opened.append(path)
            client.logout()
    assert (opened, asking) == ([], [])


@pytest.mark.matrix
@pytest.mark.filterwarnings("ignore")
def test_no_other_address_takes_a_password_from_people_who_are_signed_in(client):
    administrator, other = UserFactory(administrator=True), UserFactory()
    posted = {name: PASSWORD if "password" in name else other.email for name in CREDENTIALS}
    client.force_login(administrator)
    changed, asking = [], []
    for path in routes():
        if path.strip("/") + "/" in LEAVING:
            continue
        if (
            asks_for_password(visit(client, path))
            and not path.startswith("/konto/")
            and not GIVING_A_PASSWORD.search(path)
        ):
            asking.append(path)
        if not path.startswith(("/redaktion/", "/verwaltung/")):
            visit(client, path, posted)
        if signed_in_as(client) != str(administrator.pk):
            changed.append(path)
            client.force_login(administrator)
    assert (changed, asking) == ([], [])


#: Addresses of allauth that nothing here leads to, because the feature is off.
OFF = {
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_request_login_code",
    "account_signup_by_passkey",
    "account_change_phone",
    "account_password_reset_completed",
    "account_verify_phone",
    "mfa_signup_webauthn",
    "mfa_trust",
    "socialaccount_login_error",
    "socialaccount_signup",
}


def named_by_allauth() -> set[str]:
    """Return the names of addresses that the used parts of allauth and its templates lead to."""
    import allauth

    root = Path(allauth.__file__).parent
    parts = ("account", "mfa", "usersessions", "socialaccount/internal", "socialaccount/providers/openid_connect")
    sources = [path for part in parts for path in (root / part).rglob("*.py")]
    sources += [root / "socialaccount" / name for name in ("views.py", "adapter.py", "helpers.py")]
    pattern = re.compile(
        r"(?:reverse|reverse_lazy|headed_redirect_response|urlname=)\(?\s*[\"']((?:account|mfa|socialaccount|usersessions)_\w+)[\"']"
    )
    return {name for path in sources for name in pattern.findall(path.read_text())}


def named_by_templates() -> set[str]:
    root = Path(settings.BASE_DIR, "templates")
    folders = ("account", "allauth", "mfa", "socialaccount", "usersessions")
    return {
        name
        for folder in folders
        for path in (root / folder).rglob("*.*")
        for name in re.findall(r"{% url '([\w:]+)'", path.read_text())
    }


def test_every_address_that_allauth_and_our_pages_lead_to_is_there():
    there = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert len(named_by_allauth()) > 20
    assert (named_by_allauth() - OFF) - there == set()
    assert {name for name in named_by_templates() if ":" not in name} - there == set()
    assert OFF & there == set()
