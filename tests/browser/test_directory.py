"""A volunteer with a phone: invited by an editor, the first profile public; and the yearly question, one click."""

import datetime
import os
import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.second_factor import current_code
from portal.home.demo.accounts import EDITOR, ORGANISATION_EDITOR, PASSWORD
from tests.browser.axe import overflow, violations

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 320, "height": 640}
OWN_PASSWORD = "ein-langes-Passwort"
SHOWN_SECRET = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")
#: Unit: seconds. Ten minutes are promised from the invitation to the public profile.
PROMISED = 600
#: Unit: seconds. Reading a page with its hints, finding and pressing something, one letter on the glass of a phone,
#: reading a code off another app; estimates on the slow side (Source: the keystroke-level model, Card, Moran, Newell).
READING, PRESSING, LETTER, CODE = 12, 3, 0.6, 20
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


def date_in_german(day):
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
              "November", "Dezember")  # fmt: skip
    return f"{day.day}. {months[day.month - 1]} {day.year}"


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
        self.seconds = READING

    def press(self, selector, *, last=False):
        found = self.page.locator(selector)
        with self.page.expect_navigation():
            (found.last if last else found.first).click()
        self.seconds += PRESSING + READING
        assert_fine(self.page)

    def fill(self, selector, text):
        self.page.fill(selector, text)
        self.seconds += PRESSING + LETTER * len(text)

    def check(self, selector):
        self.page.locator(selector).first.check()
        self.seconds += PRESSING

    def send(self):
        self.press("main form:has(input:not([type=hidden]), textarea) button[type=submit]")


def test_an_invited_volunteer_has_a_public_profile_within_ten_minutes_on_a_phone(visit, editor, data_dir):
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
    assert walk.seconds <= PROMISED
    public = visit("/verzeichnis/frauentreff-selam/", viewport=PHONE)
    assert "Wir begleiten Frauen beim Ankommen." in public.locator("main").inner_text()


def _join(walk):
    """Take up the invitation: from page to page by what stands there, with no address typed by hand."""
    page = walk.page
    walk.fill("input[name=display_name]", "Selam Tesfay")
    walk.check("input[name=agrees]")
    walk.send()
    for field in page.locator("main input[type=password]").all():
        field.fill(OWN_PASSWORD)
        walk.seconds += PRESSING + LETTER * len(OWN_PASSWORD)
    walk.send()
    walk.press("main a[href='/verzeichnis-pflegen/']")
    assert page.url.endswith("/konto/zwei-faktor/")
    walk.press("a[href='/konto/zwei-faktor/app/einrichten/']")
    if "/bestaetigen/" in page.url:
        walk.fill("main input[name=password]", OWN_PASSWORD)
        walk.send()
    secret = SHOWN_SECRET.search(page.locator("main").inner_text())[0].replace(" ", "")
    walk.seconds += CODE
    walk.fill("input[name=code]", current_code(secret))
    walk.press("main form:has([name=code]) button[type=submit]", last=True)


def _fill_in(walk):
    page = walk.page
    walk.press("main a.button[href='/verzeichnis-pflegen/']")
    assert "0 von 10" in page.locator("main").inner_text() or "0 of 10" in page.locator("main").inner_text()
    assert page.locator("main form[action$='/veroeffentlichen/']").count() == 0
    walk.press("main a[href$='/teil/name-und-ort/']")
    walk.fill("input[name=city]", "Ravensfurt")
    walk.fill("input[name=email]", "treff@frauentreff.example")
    walk.send()
    walk.fill("textarea[name=summary]", "Wir begleiten Frauen beim Ankommen.")
    walk.fill("textarea[name=german]", "Wir sind ein Treff von Frauen für Frauen.")
    walk.send()
    walk.check("input[name=fields_of_action]")
    walk.send()
    walk.check("input[name=spoken][value=ti]")
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
    today = date_in_german(datetime.datetime.now(tz=ZoneInfo("Europe/Berlin")).date())
    public = visit("/verzeichnis/bruecken-bauen/", viewport=PHONE)
    assert today in public.locator(".page-header").inner_text()
    mails = sorted((data_dir / "mail").iterdir())
    manage(data_dir, "directory", "remind")
    assert sorted((data_dir / "mail").iterdir()) == mails


def test_whoever_has_no_account_says_what_has_changed_and_leaves_by_the_mails_links(visit, data_dir):
    code = (
        "from knowledge.directory.models import Organisation; from django.utils import timezone; import datetime;"
        "from portal.accounts.models import RoleAssignment;"
        "kept = RoleAssignment.objects.filter(scope_kind='organisation').values('scope_id');"
        "Organisation.objects.update(confirmed_at=timezone.now());"
        "one = Organisation.objects.shown().exclude(pk__in=kept).filter(audience='public').order_by('pk').first();"
        "Organisation.objects.filter(pk=one.pk).update(email='ohne-konto@verein.example', state='live',"
        "confirmed_at=timezone.now() - datetime.timedelta(days=400)); print(one.slug)"
    )
    slug = manage(data_dir, "shell", "--no-imports", "-c", code).split()[-1]
    manage(data_dir, "directory", "remind")
    mail = newest_mail(data_dir)
    assert mail["To"] == "ohne-konto@verein.example"
    text = mail.get_body(("plain",)).get_content()
    tell, leave = (re.search(rf"/verzeichnis-eintrag/{act}/\S+", text)[0] for act in ("aendern", "austragen"))
    page = visit(tell, viewport=PHONE, java_script_enabled=False)
    page.fill("textarea[name=text]", "Wir sind umgezogen.")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    assert page.locator("main form").count() == 0
    for link in (tell, f"{tell}?gesendet=1", leave):
        for viewport in (PHONE, {"width": 1280, "height": 900}):
            for scheme in ("light", "dark"):
                assert_fine(visit(link, viewport=viewport, color_scheme=scheme))
    page = visit(leave, viewport=PHONE)
    page.locator("main form button[type=submit]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_fine(page)
    assert page.locator("main form").count() == 0
    assert visit(f"/verzeichnis/{slug}/", viewport=PHONE).locator("h1").inner_text() != ""
    assert visit("/verzeichnis/").request.get(f"/verzeichnis/{slug}/").status == 404


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
    for path in (
        "", "?liste=niemand", "?liste=eine-person", "vorschlaege/", "vertretungen/", "aussagen/",
        "aussagen/?liste=register", "hinweise/",
    ):  # fmt: skip
        page.goto(f"/redaktion/verzeichnis/{path}")
        assert violations(page, within="main") == [], page.url
