"""Signing in by hand in a real browser: with the code of an app, and with a passkey, under the strict policy."""

import re

import pytest

from portal.accounts.second_factor import current_code
from tests.browser.axe import overflow, violations
from tests.browser.people import fresh_person

SHOWN = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")


@pytest.fixture
def local(portal):
    """The same portal under the one name for which browsers allow passkeys without TLS."""
    return portal.replace("127.0.0.1", "localhost")


def sign_in(page, person):
    page.goto("/konto/anmelden/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", person.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: not url.rstrip("/").endswith("anmelden"))


def sign_out(page):
    page.goto("/konto/")
    page.locator("main form[action='/konto/abmelden/'] button").click()
    page.wait_for_url(lambda url: "/konto/" not in url)


def confirm(page, person):
    """Give the password once more where the portal asks for it."""
    if "/bestaetigen/" in page.url:
        page.fill("main input[name=password]", person.password)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/bestaetigen/" not in url)


def assert_fine(page):
    assert violations(page) == []
    assert overflow(page) == 0


def give_authenticator(page):
    """Put a pretended authenticator into the browser: one that knows its user."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_app_is_set_up_and_asked_for(visit, local, data_dir):
    person = fresh_person(data_dir)
    page = visit("/konto/anmelden/", base=local, viewport={"width": 320, "height": 900})
    sign_in(page, person)
    page.goto("/konto/zwei-faktor/")
    assert_fine(page)
    page.click("a[href='/konto/zwei-faktor/app/einrichten/']")
    confirm(page, person)
    assert_fine(page)
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    secret = SHOWN.search(page.locator("main").inner_text())[0].replace(" ", "")
    page.fill("input[name=code]", current_code(secret))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/zwei-faktor/codes/")
    assert_fine(page)
    codes = page.locator("ol.codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.click("a[href='/konto/zwei-faktor/codes/herunterladen/']")
    assert codes[0].replace(" ", "") in download.value.path().read_text()
    sign_out(page)
    sign_in(page, person)
    assert page.url.endswith("/zweiter-schritt/")
    assert_fine(page)
    page.fill("input[name=code]", codes[0])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "anmelden" not in url)
    page.goto("/konto/sitzungen/")
    assert_fine(page)


def test_a_passkey_signs_in_alone(visit, local, data_dir):
    person = fresh_person(data_dir)
    page = visit("/konto/anmelden/", base=local)
    give_authenticator(page)
    sign_in(page, person)
    page.goto("/konto/zwei-faktor/schluessel/hinzufuegen/")
    confirm(page, person)
    page.wait_for_url("**/hinzufuegen/")
    assert_fine(page)
    page.fill("input[name=name]", "Mein Telefon")
    page.check("input[name=passwordless]")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/zwei-faktor/codes/")
    page.goto("/konto/zwei-faktor/schluessel/")
    assert "Mein Telefon" in page.locator("main").inner_text()
    assert_fine(page)
    sign_out(page)

    page.goto("/konto/anmelden/?next=/glossar/")
    page.locator("[data-controller=passkey] button").click()
    page.wait_for_url(lambda url: "anmelden" not in url)
    assert page.url.endswith("/glossar/")
    page.goto("/konto/")
    assert person.email in page.locator("main").inner_text()
    sign_out(page)

    sign_in(page, person)
    assert page.url.endswith("/zweiter-schritt/")
    page.locator("[data-controller=passkey] button").click()
    page.wait_for_url(lambda url: "anmelden" not in url)


def test_without_a_passkey_the_page_says_what_to_do(visit, local):
    page = visit("/konto/anmelden/", base=local)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')) }")
    page.locator("[data-controller=passkey] button").click()
    said = page.locator("[data-passkey-target=status]")
    said.wait_for(state="visible")
    assert said.inner_text()


def test_without_javascript_there_is_no_button_that_does_nothing(visit):
    page = visit("/konto/anmelden/", java_script_enabled=False)
    assert page.locator("[data-controller=passkey] button").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_account_is_accessible(visit, local, data_dir, scheme, width):
    person = fresh_person(data_dir)
    page = visit("/konto/anmelden/", base=local, color_scheme=scheme, viewport={"width": width, "height": 900})
    sign_in(page, person)
    for path in ("", "name/", "e-mail/", "passwort/aendern/", "zwei-faktor/", "sitzungen/"):
        page.goto(f"/konto/{path}")
        confirm(page, person)
        assert_fine(page)
