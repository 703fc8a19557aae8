"""Every public template: no axe violation, light and dark, 320 and 1280 px; keyboard; no JavaScript; print."""

import pytest

from tests.browser.axe import overflow, violations

PAGES = {
    "home": "/",
    "results": "/suche/?q=Geduldete+Ausbildungsplatz",
    "results, filtered": "/suche/?q=Ausbildung&art=paper&jahr=2024",
    "results, none": "/suche/?q=Quastenflosser",
    "results, ambiguous": "/suche/?q=KI",
    "results, nothing asked": "/suche/",
    "list of papers": "/papiere/",
    "list of papers, filtered": "/papiere/?sortierung=titel&jahr=2024",
    "directory": "/verzeichnis/",
    "directory, filtered": "/verzeichnis/?sprache=ti&angebot=recognition",
    "directory, none": "/verzeichnis/?art=school",
    "profile": "/verzeichnis/bruecken-bauen/",
    "profile, dormant": "/verzeichnis/chor-der-kulturen/",
    "profile, disputed": "/verzeichnis/treffpunkt-sued/",
    "remark on an entry": "/verzeichnis/bruecken-bauen/rueckmeldung/",
    "remark, sent": "/verzeichnis/bruecken-bauen/rueckmeldung/?gesendet=1",
    "glossary": "/glossar/",
    "glossary, one term": "/glossar/duldung/",
    "contact": "/kontakt/",
    "contact, sent": "/kontakt/?gesendet=1",
    "sign in": "/konto/anmelden/",
    "forgotten password": "/konto/passwort/vergessen/",
    "sign-up closed": "/konto/registrieren/",
    "join": "/mitmachen/antrag/",
    "join, sent": "/mitmachen/antrag/?gesendet=1",
    "invitation that does not work": "/einladung/gibt-es-nicht/",
    "patterns": "/muster/",
}
WIDTHS = (320, 1280)


def looks(scheme, width):
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}


def assert_accessible(page):
    assert violations(page) == []
    assert overflow(page) == 0
    assert page.locator("h1").count() == 1
    assert page.title()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_public_pages_are_accessible(visit, name, scheme, width):
    assert_accessible(visit(PAGES[name], **looks(scheme, width)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_sitemap_is_accessible(visit, portal, scheme, width):
    page = visit("/", **looks(scheme, width))
    sitemap = page.request.get(f"{portal}/sitemap.xml").text()
    paths = [part.split("</loc>")[0].split("/", 3)[3] for part in sitemap.split("<loc>")[1:]]
    assert len(paths) >= 10
    for path in paths:
        page.goto(f"/{path}")
        assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_error_page_is_accessible(visit, deployed, scheme, width):
    page = visit("/papiere/gibt-es-nicht/", base=deployed, **looks(scheme, width))
    assert_accessible(page)
    assert "gibt es nicht" in page.locator("main input[name=q]").input_value()


def test_errors_of_a_form_take_the_focus_and_lead_to_the_field(visit):
    page = visit("/kontakt/")
    page.fill("textarea[name=text]", "   ")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.click("main form button[type=submit]")
    page.wait_for_selector("[data-controller~='error-summary']")
    page.wait_for_load_state("load")
    assert page.evaluate("document.activeElement.closest('[data-controller~=error-summary]') !== null")
    assert "Fehler" in page.title()
    assert violations(page) == []
    link = page.locator("main a[href^='#id_text']").first
    link.click()
    assert page.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize(
    "path", ["/", "/suche/?q=Ausbildung", "/papiere/", "/verzeichnis/", "/verzeichnis/bruecken-bauen/", "/kontakt/"]
)
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(visit, path):
    page = visit(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#inhalt"
    seen, invisible = set(), []
    for _ in range(200):
        place = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (element === document.body) return null;
                const style = getComputedStyle(element);
                const box = element.getBoundingClientRect();
                const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                    || style.boxShadow !== 'none';
                element.dataset.walk ??= String(Math.random());
                return {
                    id: element.dataset.walk,
                    what: element.outerHTML.slice(0, 120),
                    shown: marked && box.width > 0 && box.height > 0,
                };
            }"""
        )
        if place is None or place["id"] in seen:
            break
        seen.add(place["id"])
        if not place["shown"]:
            invisible.append(place["what"])
        page.keyboard.press("Tab")
    assert invisible == []
    assert len(seen) > 8


def test_filters_answer_on_the_spot_and_keep_place_focus_and_address(visit):
    page = visit("/suche/?q=Ausbildung")
    page.evaluate("window.sameDocument = true")
    before = page.locator("#ansage").inner_text()
    page.check("input[name=art][value=paper]")
    page.click("#filter-anwenden")
    page.wait_for_url("**art=paper**")
    page.wait_for_function("text => document.querySelector('#ansage').innerText !== text", arg=before)
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.activeElement.id") == "filter-anwenden"
    assert page.is_checked("input[name=art][value=paper]")
    assert violations(page) == []
    page.go_back()
    page.wait_for_url(lambda url: "art=" not in url)
    assert page.locator("#antwort").count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_public_pages_answer_without_javascript(visit, name):
    page = visit(PAGES[name], java_script_enabled=False)
    assert page.locator("h1").count() == 1
    assert page.locator("main").is_visible()


def test_forced_colours_and_reduced_motion_leave_the_page_usable(visit):
    page = visit("/papiere/", forced_colors="active", reduced_motion="reduce", viewport={"width": 320, "height": 900})
    assert overflow(page) == 0
    assert page.locator("h1").is_visible()


def test_print_shows_the_paper_without_the_furniture(visit):
    page = visit("/papiere/")
    page.click("main h2 a, main h3 a, main .entry__title a")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("header nav").first.is_visible()
    assert page.locator("main h2").first.is_visible()


def test_the_sketch_stands_beside_the_list_only_where_there_is_room_and_javascript(visit):
    wide = visit("/verzeichnis/", viewport={"width": 1280, "height": 900})
    assert wide.locator("figure.sketch").is_visible()
    assert wide.locator("[data-map-target=number]").first.is_visible()
    hosts = wide.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)")
    assert set(hosts) == {wide.evaluate("location.host")}
    for looks_of in ({"viewport": {"width": 320, "height": 900}}, {"java_script_enabled": False}):
        page = visit("/verzeichnis/", **looks_of)
        assert not page.locator("figure.sketch").is_visible()
        assert page.locator("main article.entry").count() >= 12
