"""The pages on who may what and by which people join, as the demo's administrator and an invited person see them."""

import re
from email import message_from_bytes, policy

import pytest

from portal.home.demo.accounts import ADMINISTRATOR, PASSWORD
from tests.browser.axe import overflow, violations

PATHS = [
    "/personen/",
    "/personen/?rolle=staff&zustand=active",
    "/personen/?q=niemand",
    "/personen/rollen/",
    "/personen/einladen/",
    "/personen/einladen/?rolle=staff",
    "/personen/einladungen/",
    "/personen/anfragen/",
    "/konto/",
    "/konto/aufgaben/",
]
OF_A_PERSON = ["", "aendern/", "rolle-geben/", "rolle-geben/?rolle=staff", "sperren/", "sitzungen-beenden/"]


@pytest.fixture(scope="module")
def signed_in(browser, portal, cookies_of):
    """The cookies of the demo's administrator, who was asked for the password once more."""
    context = browser.new_context(locale="de-DE", base_url=portal, storage_state=cookies_of(ADMINISTRATOR))
    page = context.new_page()
    # Before a role is given the password is asked once more; that holds for some minutes.
    page.goto("/personen/einladen/?rolle=staff")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/personen/einladen/?rolle=staff")
    yield context.storage_state()
    context.close()


def newest_mail(data_dir) -> str:
    newest = max((data_dir / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    message = message_from_bytes(newest.read_bytes(), policy=policy.default)
    return message.get_body(("plain",)).get_content()


def assert_fine(page):
    assert violations(page) == [], page.url
    assert overflow(page) == 0, page.url
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_administrators_are_accessible(visit, signed_in, scheme, width):
    looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    page = visit("/personen/", storage_state=signed_in, **looks)
    people = page.locator("main .entry__title a[href^='/personen/']")
    person = people.filter(has_text="Mitarbeit").first.get_attribute("href")
    for path in [*PATHS, *(f"{person}{part}" for part in OF_A_PERSON)]:
        page.goto(path)
        assert_fine(page)


def test_inviting_and_joining_work_without_scripts(visit, signed_in, data_dir):
    page = visit("/personen/", storage_state=signed_in, java_script_enabled=False)
    page.click("a[href='/personen/einladen/']")
    page.check("input[name=rolle][value=mitglied]")
    page.locator("main form button[type=submit]").click()
    page.fill("input[name=email]", "neu-im-netz@kommune.example")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/personen/einladungen/")
    link = re.search(r"/einladung/[\w-]+/", newest_mail(data_dir))[0]
    newcomer = visit(link, viewport={"width": 320, "height": 900})
    assert_fine(newcomer)
    newcomer.locator("main form button[type=submit]").click()
    newcomer.wait_for_selector(".error-summary")
    assert_fine(newcomer)
    newcomer.fill("input[name=display_name]", "Zeynep Aydın")
    newcomer.check("input[name=agrees]")
    newcomer.locator("main form button[type=submit]").click()
    newcomer.wait_for_url("**/konto/passwort/festlegen/")
    assert_fine(newcomer)


def test_the_confirmation_of_a_suspension_is_reached_by_keyboard_and_shows_the_focus(visit, signed_in):
    page = visit("/personen/", storage_state=signed_in)
    page.locator("main .entry__title a").filter(has_text="Mitarbeit").first.click()
    page.locator("a[href$='/sperren/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sperren/")
    page.locator("textarea[name=reason]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
