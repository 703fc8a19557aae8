"""A volunteer with a phone: invited by an editor, the first profile public; and the yearly question, one click."""

import os
import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from portal.accounts.second_factor import current_code
from portal.home.demo.accounts import EDITOR, ORGANISATION_EDITOR, PASSWORD
from tests.browser.axe import overflow, violations

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 320, "height": 640}
OWN_PASSWORD = "ein-langes-Passwort"
SHOWN_SECRET = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")
#: Unit: steps, that is buttons and links. At half a minute each they are the ten minutes that are promised.
MOST_STEPS = 20
PARTS = (
    "name-und-ort", "wer-wir-sind", "handlungsfelder", "sprachen", "angebote", "auftrag", "qualifikation",
    "kapazitaet", "ansprechpersonen", "transparenz",
)  # fmt: skip
BRIDGES = "/verzeichnis-pflegen/bruecken-bauen/"


@pytest.fixture(scope="module")
def keeper(cookies_of):
    """The cookies of the demo's volunteer."""
    return cookies_of(ORGANISATION_EDITOR)


@pytest.fixture(scope="module")
def editor(cookies_of):
    """The cookies of the demo's editor."""
    return cookies_of(EDITOR)


def newest_mail(data_dir):
    newest = max((data_dir / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    return message_from_bytes(newest.read_bytes(), policy=policy.default)


def manage(data_dir, *arguments):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def assert_fine(page):
    assert violations(page) == [], page.url
    assert overflow(page) == 0, page.url
    assert page.locator("h1").count() == 1, page.url


class Walk:
    """What the volunteer does, step by step."""

    def __init__(self, page):
        self.page = page
        self.steps = 0

    def press(self, selector, *, last=False):
        found = self.page.locator(selector)
        with self.page.expect_navigation():
            (found.last if last else found.first).click()
        self.steps += 1
        assert_fine(self.page)

    def send(self):
        self.press("main form:has(input:not([type=hidden]), textarea) button[type=submit]")


def test_an_invited_volunteer_has_a_public_profile_within_twenty_steps_on_a_phone(visit, editor, data_dir):
    page = visit("/redaktion/verzeichnis/einladen/", storage_state=editor)
    if "/bestaetigen/" in page.url:
        page.fill("main input[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/verzeichnis/einladen/")
    page.fill("input[name=name]", "Frauentreff Selam")
    page.fill("input[name=municipality]", "Ravensfurt")
    page.fill("input[name=email]", "selam@frauentreff.example")
    page.locator("form:has([name=municipality]) button[type=submit]").click()
    page.wait_for_url("**/verzeichnis-pflegen/frauentreff-selam/")
    text = newest_mail(data_dir).get_body(("plain",)).get_content()
    link = re.search(r"/einladung/[\w-]+/", text)[0]
    walk = Walk(visit(link, viewport=PHONE))
    _join(walk)
    _fill_in(walk)
    assert walk.steps <= MOST_STEPS
    public = visit("/verzeichnis/frauentreff-selam/", viewport=PHONE)
    assert "Wir begleiten Frauen beim Ankommen." in public.locator("main").inner_text()


def _join(walk):
    page = walk.page
    page.fill("input[name=display_name]", "Selam Tesfay")
    page.check("input[name=agrees]")
    walk.send()
    for field in page.locator("main input[type=password]").all():
        field.fill(OWN_PASSWORD)
    walk.send()
    page.goto("/konto/")
    walk.press("main a[href='/verzeichnis-pflegen/']")
    assert page.url.endswith("/konto/zwei-faktor/")
    walk.press("a[href='/konto/zwei-faktor/app/einrichten/']")
    if "/bestaetigen/" in page.url:
        page.fill("main input[name=password]", OWN_PASSWORD)
        walk.send()
    secret = SHOWN_SECRET.search(page.locator("main").inner_text())[0].replace(" ", "")
    page.fill("input[name=code]", current_code(secret))
    walk.press("main form:has([name=code]) button[type=submit]", last=True)


def _fill_in(walk):
    page = walk.page
    page.goto("/konto/")
    walk.press("main a[href='/verzeichnis-pflegen/']")
    assert "0 von 10" in page.locator("main").inner_text() or "0 of 10" in page.locator("main").inner_text()
    assert page.locator("main form[action$='/veroeffentlichen/']").count() == 0
    walk.press("main a[href$='/teil/name-und-ort/']")
    page.fill("input[name=city]", "Ravensfurt")
    page.fill("input[name=email]", "treff@frauentreff.example")
    walk.send()
    page.fill("textarea[name=summary]", "Wir begleiten Frauen beim Ankommen.")
    page.fill("textarea[name=german]", "Wir sind ein Treff von Frauen für Frauen.")
    walk.send()
    page.locator("input[name=fields_of_action]").first.check()
    walk.send()
    page.check("input[name=spoken][value=ti]")
    walk.press("main button[name=spaeter]")
    walk.press("main a[href$='/vorschau/']")
    assert "Wir sind ein Treff von Frauen für Frauen." in page.locator("main").inner_text()
    walk.press("main form[action$='/veroeffentlichen/'] button")
    assert page.url.endswith("#veroeffentlicht")


def test_the_yearly_question_is_answered_by_one_click_without_signing_in(visit, data_dir):
    code = (
        "from knowledge.directory.models import Organisation; from django.utils import timezone; import datetime;"
        "Organisation.objects.filter(slug='bruecken-bauen').update(name='Verein Brücken bauen e. V.', state='live',"
        "audience='public', email='buero@bruecken-verein.example',"
        "confirmed_at=timezone.now() - datetime.timedelta(days=400));"
        "Organisation.objects.exclude(slug='bruecken-bauen').update(confirmed_at=timezone.now())"
    )
    manage(data_dir, "shell", "--no-imports", "-c", code)
    manage(data_dir, "directory", "remind")
    mail = newest_mail(data_dir)
    assert mail["To"] == "buero@bruecken-verein.example"
    html = mail.get_body(("html",)).get_content()
    (link,) = set(re.findall(r"/verzeichnis-bestaetigen/[\w:=-]+/", html))
    scanner = visit(link, viewport=PHONE)
    assert_fine(scanner)
    page = visit(link, viewport=PHONE, java_script_enabled=False)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    assert page.locator("main form").count() == 0
    again = visit(link, viewport=PHONE)
    assert_fine(again)
    assert again.locator("main form").count() == 0
    assert "400" not in manage(data_dir, "directory", "remind")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_self_service_are_accessible(visit, keeper, scheme):
    page = visit(BRIDGES, storage_state=keeper, color_scheme=scheme, viewport=PHONE)
    for path in (
        "", *(f"teil/{part}/" for part in PARTS), "texte/neu/", "angebote/neu/", "vorschlag/auftrag/",
        "vorschlag/ansprechperson/", "vorschlag/rechtsform/", "vorschau/", "verlauf/", "vertretung/", "herausnehmen/",
    ):  # fmt: skip
        page.goto(f"{BRIDGES}{path}")
        assert_fine(page)


def test_two_tabs_lay_their_entries_side_by_side(visit, keeper):
    first = visit(f"{BRIDGES}teil/qualifikation/", storage_state=keeper, viewport=PHONE)
    second = visit(f"{BRIDGES}teil/qualifikation/", storage_state=keeper, viewport=PHONE)
    for page, text in ((first, "Supervision jeden Monat"), (second, "Fortbildung jedes Jahr")):
        page.fill("textarea[name=quality]", text)
        with page.expect_navigation():
            page.locator("main form:has(textarea) button[type=submit]").first.click()
    assert_fine(second)
    shown = second.locator("section:has(#konflikt)").inner_text()
    assert "Supervision jeden Monat" in shown
    assert "Fortbildung jedes Jahr" in shown
    assert second.input_value("textarea[name=quality]") == "Fortbildung jedes Jahr"


def test_an_offer_is_added_and_taken_back_by_keyboard_and_without_scripts(visit, keeper):
    page = visit(f"{BRIDGES}angebote/neu/", storage_state=keeper, viewport=PHONE, java_script_enabled=False)
    page.locator("input[name=name]").focus()
    page.keyboard.type("Sprachcafé")
    page.select_option("select[name=kind]", "meeting")
    page.fill("textarea[name=description]", "Wir trinken Tee und sprechen Deutsch.")
    page.locator("main form button[type=submit]").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/teil/angebote/")
    entry = page.locator("article", has_text="Sprachcafé")
    entry.locator("a[href$='/entfernen/']").click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/teil/angebote/#entfernt")
    assert page.locator("article", has_text="Sprachcafé").count() == 0
    page.locator("form[action$='/zurueckholen/']", has_text="Sprachcafé").locator("button").click()
    page.wait_for_url("**/teil/angebote/")
    assert page.locator("article", has_text="Sprachcafé").count() == 1


def test_the_editors_pages_are_accessible(visit, editor):
    page = visit("/redaktion/verzeichnis/", storage_state=editor)
    for path in ("", "?liste=niemand", "vorschlaege/", "vertretungen/", "aussagen/"):
        page.goto(f"/redaktion/verzeichnis/{path}")
        assert violations(page, within="main") == [], page.url
