"""The editors' pages on the search as the demo's editor sees them, and how an opened hit is told."""

import os
import subprocess
import sys

import pytest

from portal.home.demo.accounts import EDITOR
from tests.browser.axe import overflow, violations
from tests.browser.people import ROOT

PLANT = """
from django.utils import timezone
from portal.accounts.models import User
from search.insights.models import *
from search.models import OutboxEntry
day = timezone.localdate()
DayCount.objects.get_or_create(day=day, defaults={"asked": 12_480, "unnamed": 12})
for number in range(30):
    QuestionCount.objects.get_or_create(day=day, text=f"leer {number}", defaults={"asked": 9, "without_hits": 9})
    QuestionCount.objects.get_or_create(day=day, text=f"ungeöffnet {number}", defaults={"asked": 9})
for entry in OutboxEntry.objects.filter(deleted=False)[:5]:
    RecordCount.objects.get_or_create(day=day, kind=entry.kind, object_id=entry.object_id, defaults={"shown": 30})
refused = {"since": timezone.now(), "version": 1, "attempts": 8, "last_error": "document_parsing_exception"}
OutboxEntry.objects.get_or_create(kind="term", object_id="987654", defaults=refused)
EditorialTask.objects.get_or_create(
    text="leer 0", defaults={"assignee": User.objects.get(email="redaktion@fokusportal.example")}
)
"""
COUNTED = """
from search.insights.models import *
print(list(DayCount.objects.values_list("asked", "opened")), list(QuestionCount.objects.values_list("text", "opened")))
"""
ANOTHER_REFUSAL = """
from django.utils import timezone
from search.models import OutboxEntry
OutboxEntry.objects.create(kind="nichts", object_id="browser", since=timezone.now(), version=1, attempts=8)
"""
PAGES = [
    "/redaktion/suche/",
    "/redaktion/suche/?aktualisieren=aus",
    "/redaktion/suche/auswertung/",
    "/redaktion/suche/auswertung/?zeitraum=365&p=2",
    "/redaktion/suche/auswertung/ohne-klick/",
    "/redaktion/suche/auswertung/nie-geoeffnet/",
    "/redaktion/suche/aufgaben/",
    "/redaktion/suche/aufgaben/?liste=erledigt",
    "/redaktion/suche/aufgaben/neu/?suche=leer%201",
]
#: Wagtail's own menu and footer are not ours to mend.
OURS = "#main .nice-padding"


def in_the_portal(data_dir, code) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def signed_in(cookies_of, data_dir):
    """The cookies of the demo's editor, after something was searched."""
    in_the_portal(data_dir, PLANT)
    return cookies_of(EDITOR)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_editors_are_accessible(visit, signed_in, scheme, width):
    page = visit(PAGES[0], storage_state=signed_in, color_scheme=scheme, viewport={"width": width, "height": 900})
    task = "/redaktion/suche/aufgaben/"
    for path in [*PAGES, task]:
        page.goto(path)
        assert violations(page, within=OURS) == [], path
        assert overflow(page) == 0, path
        assert page.locator("h1").count() == 1
    with page.expect_navigation():
        page.locator("main tbody th a").first.click()
    assert violations(page, within=OURS) == [], page.url
    page.goto(f"{page.url}verwerfen/")
    with page.expect_navigation():
        page.locator("main form:has(textarea) button[type=submit]").click()
    page.wait_for_selector("[aria-labelledby=fehler]")
    assert violations(page, within=OURS) == [], page.url
    assert overflow(page) == 0


def test_a_task_is_made_done_and_opened_again_without_scripts(visit, signed_in):
    page = visit("/redaktion/suche/auswertung/", storage_state=signed_in, java_script_enabled=False)
    page.locator("a[href*='aufgaben/neu/?suche=leer%202']").first.click()
    page.select_option("select[name=assignee]", label=EDITOR.name)
    page.locator("main form:has(textarea) button[type=submit]").click()
    page.wait_for_url("**/aufgaben/?liste=offen")
    row = page.locator("main tbody tr", has_text="leer 2").first
    row.locator("button[type=submit]").click()
    page.wait_for_url("**/aufgaben/?geschlossen=*")
    page.locator("main form[role=status] button[type=submit]").click()
    page.wait_for_url("**/aufgaben/*/")


def test_the_figures_follow_and_can_be_paused(visit, signed_in, data_dir):
    page = visit("/redaktion/suche/", storage_state=signed_in)
    region = page.locator("[aria-live=polite]")
    before = region.inner_text()
    in_the_portal(data_dir, ANOTHER_REFUSAL)
    page.wait_for_function("before => document.querySelector('[aria-live=polite]').innerText !== before", arg=before)
    page.locator("[aria-live=polite] a").click()
    assert page.locator("[hx-get]").count() == 0


def test_an_opened_hit_is_told_once_for_its_question(visit, portal, data_dir):
    # Chromium without a window calls itself headless, as programs do.
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
    page = visit("/suche/?q=Anerkennung", user_agent=agent)
    told = []
    page.on("request", lambda request: told.append(request.post_data) if request.method == "POST" else None)
    link = page.locator("[data-hit] h3 a").first
    hit = page.locator("[data-hit]").first.get_attribute("data-hit")
    with page.expect_response("**/suche/geoeffnet/") as answer:
        link.click(modifiers=["Control"])
    assert answer.value.status == 204
    with page.expect_response("**/suche/geoeffnet/"):
        link.click(modifiers=["Control"])
    kind, number = hit.split(":")
    assert told == [f"art={kind}&nummer={number}&q=Anerkennung", f"art={kind}&nummer={number}"]
    assert "('anerkennung', 1)" in in_the_portal(data_dir, COUNTED)
