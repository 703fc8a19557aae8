"""Persons in the directory on a telephone: agreeing and taking back by link, an entry as an expert, a question."""

import os
import re
import subprocess
import sys
from email import message_from_bytes, policy

import pytest

from tests.browser.axe import overflow, violations
from tests.browser.people import ROOT, fresh_person

RARE = "Semhar Vogelsang-Tekle"
MOST_PAGES = 120
SMALL = {"viewport": {"width": 320, "height": 800}}
NAME_SOMEBODY = """
from knowledge.directory.models import Contact, Organisation
from knowledge.directory.people.links import link_of
entry = Organisation.objects.filter(state="live").exclude(summary="").first()
entry = entry or Organisation.objects.create(name="Verein", slug="verein-der-einwilligung", state="live")
person = Contact.objects.create(organisation=entry, name="Kim Beispiel", email="kim@verein.example", phone="0170 12345")
print("LINK", link_of(person))
print("PROFILE", entry.get_absolute_url())
"""


def manage(data_dir, *words) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def newest_mail_to(data_dir, address) -> str:
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in _by_age(data_dir / "mail")]
    mail = next(mail for mail in mails if mail["To"] == address)
    return mail.get_body(("plain",)).get_content()


def _by_age(folder):
    return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)


def assert_fine(page, *, scripts):
    """Without scripts axe cannot run either; what it looks at is the same."""
    assert not scripts or violations(page) == [], page.url
    assert overflow(page) == 0, page.url
    assert page.locator("h1").count() == 1


def signed_in(visit, person, path, **looks):
    page = visit(path, **looks)
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", person.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{path}")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_agrees_chooses_otherwise_and_takes_it_back_by_the_link(visit, data_dir, scripts):
    link = re.search(r"/einwilligung/\S+/", manage(data_dir, "shell", "--no-imports", "-c", NAME_SOMEBODY))[0]
    page = visit(link, java_script_enabled=scripts, **SMALL)
    assert_fine(page, scripts=scripts)
    assert page.locator("input[type=checkbox]:checked").count() == 0
    page.click("form:has([value=give]) button")
    page.wait_for_selector(".error-summary")
    assert_fine(page, scripts=scripts)
    # By keyboard alone: the first detail is ticked, then the button pressed.
    page.locator("input[value=name]").focus()
    page.keyboard.press("Space")
    page.locator("form:has([value=give]) button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("form:has([value=withdraw])")
    assert_fine(page, scripts=scripts)
    assert page.is_checked("input[value=name]")
    assert not page.is_checked("input[value=phone]")
    page.check("input[value=phone]")
    page.click("form:has([value=give]) button")
    page.wait_for_load_state()
    assert page.is_checked("input[value=phone]")
    page.click("form:has([value=withdraw]) button")
    page.wait_for_selector("main form", state="detached")
    assert "Kim Beispiel" not in page.content()
    assert_fine(page, scripts=scripts)


def test_after_a_withdrawal_the_name_stands_on_no_page_of_the_portal(visit, data_dir):
    """A crawl over everything that a visitor reaches by links, begun at once after the button was pressed."""
    told = manage(data_dir, "shell", "--no-imports", "-c", NAME_SOMEBODY.replace("Kim Beispiel", RARE))
    page = visit(re.search(r"/einwilligung/\S+/", told)[0], **SMALL)
    profile = re.search(r"PROFILE (\S+)", told)[1]
    for box in page.locator("input[name=fields_shown]").all():
        box.check()
    page.click("form:has([value=give]) button")
    page.wait_for_selector("form:has([value=withdraw])")
    shown = {profile, f"{profile}kontakt.vcf", "/api/hsds/3.0/export.json"}
    assert {path for path in shown if RARE in page.request.get(path).text()} == shown
    page.click("form:has([value=withdraw]) button")
    page.wait_for_selector("main form", state="detached")
    rare = RARE.partition(" ")[0]
    waiting = [*shown, "/", "/verzeichnis/", "/verzeichnis/export.csv", "/sitemap.xml", "/api/hsds/3.0/organizations",
               f"/suche/?q={rare}", f"/suche/vorschlaege/?q={rare}", f"/api/v1/suche/?q={rare}"]  # fmt: skip
    seen = set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = page.request.get(path)
        assert answer.status < 500, path
        text = answer.text()
        assert RARE not in text, path
        if "html" in answer.headers.get("content-type", ""):
            waiting += re.findall(r'href="(/(?!static/|konto/|redaktion/|verwaltung/)[^"#?]*)"', text)
    assert len(seen) > 30


def test_a_member_is_found_asked_and_answers(visit, data_dir):
    expert, asker = fresh_person(data_dir), fresh_person(data_dir)
    page = signed_in(visit, expert, "/konto/fachperson/", **SMALL)
    assert_fine(page, scripts=True)
    page.click("main a.button")
    assert_fine(page, scripts=True)
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_selector(".error-summary")
    assert_fine(page, scripts=True)
    headline = f"Gesellenprüfung {expert.email.partition('@')[0].removeprefix('browser-')}"
    page.fill("[name=headline]", headline)
    page.fill("[name=competences]", "Begleitung durch die Prüfung vor der Kammer.")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url("**/themen/")
    assert_fine(page, scripts=True)
    page.fill("[name=languages]", "Deutsch, Tigrinya")
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url("**/bedingungen/")
    assert_fine(page, scripts=True)
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url("**/einwilligen/")
    assert_fine(page, scripts=True)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/konto/fachperson/")
    assert_fine(page, scripts=True)

    other = signed_in(visit, asker, "/fachpersonen/", **SMALL)
    assert_fine(other, scripts=True)
    other.click(f"text={headline}")
    assert_fine(other, scripts=True)
    assert "Kim Beispiel" not in other.locator("main").inner_text()
    other.click("main a.button")
    assert_fine(other, scripts=True)
    other.fill("[name=occasion]", "Prüfung im Mai")
    other.fill("[name=text]", "Können Sie zwei Auszubildende begleiten?")
    other.fill("[name=consideration]", "60 Euro je Stunde")
    other.click("main form button[type=submit]")
    other.wait_for_url(re.compile(r"/fachpersonen/anfragen/\d+/$"))
    assert_fine(other, scripts=True)

    mail = newest_mail_to(data_dir, expert.email)
    assert asker.email not in mail
    page.goto(re.search(r"/konto/fachperson/anfragen/\d+/", mail)[0])
    assert_fine(page, scripts=True)
    page.check("[name=decision][value=accept]")
    page.fill("[name=answer]", "Gern, ab Mai.")
    page.check("[name=reveals][value=email]")
    page.click("main form button[type=submit]")
    page.wait_for_selector("main form", state="detached")
    assert_fine(page, scripts=True)
    assert expert.email in newest_mail_to(data_dir, asker.email)
    other.reload()
    assert_fine(other, scripts=True)
    assert expert.email in other.locator("main").inner_text()

    page.goto("/konto/fachperson/")
    page.click("form[action$='/widerrufen/'] button")
    page.wait_for_load_state()
    assert_fine(page, scripts=True)
    other.reload()
    assert expert.email not in other.locator("main").inner_text()
    page.goto("/konto/fachperson/loeschen/")
    assert_fine(page, scripts=True)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/konto/fachperson/")
    assert_fine(page, scripts=True)
