"""An editor brings in a paper, publishes it; a reader finds, opens and cites it."""

import re

import pytest

from portal.home.demo.accounts import EDITOR
from tests.browser.signing_in import sign_in

QUERIES = [
    ("Schüler:innen", "Schüler/innen"),
    ("Ausländerbehoerde", "Ausländerbehörde"),
    ("Frühwarnsystm", "Frühwarnsystem"),
    ("wer ist verantwortlich für Schlussfolgerungen aus dem Bericht", "Schlussfolgerungen"),
    ("MSO", "MSO"),
]
TITLE = "Kommunale Koordinierung mit dem Fokus Migration"


def bring_in(page, path):
    """Import a file as the menu of the editing interface leads to it; return the address of the draft."""
    page.goto("/redaktion/")
    page.goto(page.locator("a", has_text="Papier importieren").first.get_attribute("href"))
    page.set_input_files("input[type=file]", str(path))
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    assert "Facharbeitsgruppe 2" in page.content()
    page.get_by_role("button", name=re.compile("Entwurf")).first.click()
    page.wait_for_url(re.compile(r"/redaktion/pages/\d+/edit/"))
    return page.url


def publish(page):
    page.locator("button[data-w-dropdown-target=toggle], .footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def published(browser, portal, request):
    """The seed paper, imported and published by hand; the module's readers find it."""
    from django.conf import settings

    seed = settings.BASE_DIR.parent / "shared" / "seed" / "positionspapier-fokus-migration-2014.txt"
    if not seed.is_file():
        pytest.skip("The real position paper does not lie beside the project.")
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900}, base_url=portal)
    page = context.new_page()
    sign_in(page, EDITOR)
    bring_in(page, seed)
    publish(page)
    page.goto("/papiere/")
    address = page.locator("main a", has_text=TITLE).first.get_attribute("href")
    context.close()
    return address


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_a_reader_finds_the_paper_by_the_words_people_type(visit, published, query, expected):
    page = visit("/")
    page.locator("main input[name=q]").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/suche/"))
    # Much else is about the same by now; whoever looks for a paper says so.
    page.locator("main input[name=art][value=paper]").check()
    page.get_by_role("button", name="Filter anwenden").click()
    page.wait_for_url(re.compile("art=paper"))
    hits = page.locator("main li, main article").filter(has_text=TITLE)
    assert hits.count() > 0
    assert expected.lower() in hits.first.inner_text().lower()


def test_a_hit_leads_to_the_section_and_the_paper_can_be_cited(visit, published):
    page = visit("/suche/?q=wer+ist+verantwortlich+für+Schlussfolgerungen+aus+dem+Bericht")
    link = page.locator(f"main a[href^='{published}#']").first
    link.click()
    page.wait_for_url(re.compile(re.escape(published)))
    anchor = page.url.partition("#")[2]
    assert page.locator(f"[id='{anchor}']").is_visible()
    citation = page.request.get(f"{published}zitat/bibtex/")
    assert "Kommunale Koordinierung mit dem Fokus Migration" in citation.text()
    assert "2014" in page.locator("main").inner_text()


def test_the_whole_journey_of_a_reader_works_without_javascript(visit, published):
    page = visit("/", java_script_enabled=False)
    page.locator("main input[name=q]").fill("Migrantenselbstorganisationen")
    page.locator("main form button[type=submit]").first.click()
    page.locator(f"main a[href^='{published}']").first.click()
    assert page.locator("h1").inner_text().endswith(TITLE)


def test_the_same_file_again_offers_an_update_of_the_draft(browser, portal, published):
    from django.conf import settings

    seed = settings.BASE_DIR.parent / "shared" / "seed" / "positionspapier-fokus-migration-2014.txt"
    context = browser.new_context(locale="de-DE", base_url=portal)
    page = context.new_page()
    sign_in(page, EDITOR)
    page.goto("/redaktion/")
    page.goto(page.locator("a", has_text="Papier importieren").first.get_attribute("href"))
    page.set_input_files("input[type=file]", str(seed))
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    assert page.get_by_role("button", name=re.compile("Entwurf aktualisieren")).count() == 1
    context.close()
