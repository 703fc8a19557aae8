"""A member saves a search on a telephone, gets a mail about it, and stops the mails without signing in."""

import os
import re
import subprocess
import sys
from email import message_from_bytes, policy

import pytest

from tests.browser.axe import overflow, violations
from tests.browser.people import ROOT, fresh_person

SMALL = {"viewport": {"width": 320, "height": 800}}
#: As if the person had been told of nothing yet, and a week had gone by.
FORGET = "from search.saved.models import SavedSearch; SavedSearch.objects.update(met=b'', settled_on='2026-01-01')"


def manage(data_dir, *words) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def newest_mail(data_dir):
    newest = max((data_dir / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    return message_from_bytes(newest.read_bytes(), policy=policy.default)


def assert_fine(page, *, scripts):
    """Without scripts axe cannot run either; what it looks at is the same."""
    assert not scripts or violations(page) == [], page.url
    assert overflow(page) == 0, page.url
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_search_is_saved_told_of_and_stopped(visit, data_dir, scripts):
    person = fresh_person(data_dir)
    page = visit("/suche/?q=Ausbildung&art=paper", java_script_enabled=scripts, **SMALL)
    page.click("#merken a")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", person.password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/suche/?q=Ausbildung&art=paper")

    page.locator("#merken summary").focus()
    page.keyboard.press("Enter")
    assert_fine(page, scripts=scripts)
    page.fill("#merken input[name=name]", "")
    page.click("#merken button[type=submit]")
    page.wait_for_selector(".error-summary")
    assert_fine(page, scripts=scripts)
    page.fill("main input[name=name]", "Papiere zur Ausbildung")
    page.check("main input[value=daily]")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/konto/suchen/\d+/$"))
    assert_fine(page, scripts=scripts)

    page.click("form[action$='/feed/'] button")
    address = page.locator(".secret").inner_text().strip()
    assert_fine(page, scripts=scripts)
    feed = page.request.get(re.sub(r"^https?://[^/]+", page.url.split("/konto/")[0], address))
    assert (feed.status, "Ausbildung" in feed.text()) == (200, True)

    manage(data_dir, "shell", "--no-imports", "-c", FORGET)
    page.goto("/konto/suchen/")
    assert_fine(page, scripts=scripts)
    page.locator("main .entry__title a").click()
    assert_fine(page, scripts=scripts)
    manage(data_dir, "saved_searches", "send")
    mail = newest_mail(data_dir)
    assert mail["To"] == person.email
    link = re.search(r"/konto/suchen/abbestellen/\S+/", mail.get_body(("plain",)).get_content())[0]

    stranger = visit(link, java_script_enabled=scripts, **SMALL)
    assert_fine(stranger, scripts=scripts)
    stranger.locator("main form button[type=submit]").click()
    stranger.wait_for_load_state()
    assert_fine(stranger, scripts=scripts)
    assert stranger.locator("main form").count() == 0
    page.goto("/konto/suchen/")
    page.click("a[href$='/bearbeiten/']")
    assert page.is_checked("input[value=never]")
    assert_fine(page, scripts=scripts)

    page.goto("/konto/suchen/")
    page.click("a[href$='/loeschen/']")
    assert_fine(page, scripts=scripts)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/konto/suchen/")
    assert_fine(page, scripts=scripts)
    page.click("form[action$='/zurueckholen/'] button")
    page.wait_for_url(re.compile(r"/konto/suchen/\d+/$"))
