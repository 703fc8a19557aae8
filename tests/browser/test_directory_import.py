"""An editor takes a list over into the directory, at the width of a phone and of a desk, without scripts too.

On narrow screens Wagtail's own menu lies above every page while its scripts are missing.
"""

import pytest

from portal.home.demo.accounts import EDITOR
from tests.browser.axe import overflow, violations

LIST = "/redaktion/verzeichnis/import/"
#: Wagtail's own menu and footer are not ours to mend.
OURS = "#main .nice-padding"
ROWS = (
    "Name des Vereins;Straße/Nr.;PLZ;Ort;E-Mail;Ansprechpartner/in;Sprachen;VR-Nr.\n"
    "Haus der Zugvögel e. V.;Hafenstraße 3;26789;Ravensfurt;haus@zugvoegel.example;Frau Zwirnlein;Tigrinya;VR 77\n"
    "Zugvogelhaus e. V.;Hafenstraße 3;26789;Ravensfurt;;;;\n"
    ";ohne Namen;;;;;;\n"
    "Nachtcafé;;;Ravensfurt;selam.tesfay@gmx.de;;Tigrinya, Angeln;\n"
)


@pytest.fixture(scope="module")
def signed_in(cookies_of):
    """The cookies of the demo's editor."""
    return cookies_of(EDITOR)


def go(page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def choose(page, content: str) -> None:
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": content.encode("cp1252")}
    page.set_input_files("input[name=file]", file)
    go(page, "#main form:has(input[type=file]) button[type=submit]")


@pytest.mark.parametrize(
    ("width", "scheme", "scripts"), [(320, "light", True), (1280, "dark", True), (1280, "light", False)]
)
def test_a_list_is_taken_over_and_undone(visit, signed_in, width, scheme, scripts):
    page = visit(
        LIST, storage_state=signed_in, color_scheme=scheme, viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )  # fmt: skip

    def look() -> None:
        if scripts:
            assert violations(page, within=OURS) == [], page.url
        assert overflow(page) == 0, page.url
        assert page.locator("h1").count() == 1, page.url

    look()
    choose(page, "")
    assert page.locator("[aria-labelledby=fehler]").count() == 1
    look()
    choose(page, ROWS)
    assert page.locator("select[name=column_5]").input_value() == "person"
    look()
    go(page, "#main form:has(select) button[type=submit]")
    assert "Zwirnlein" not in page.content()
    look()
    page.locator("select[name=row-3]").select_option("skip")
    go(page, "#main form:has(table) button[type=submit]")
    assert page.locator("select[name=row-3]").input_value() == "skip"
    go(page, "form[action$='uebernehmen/'] button[type=submit]")
    assert page.locator("main tbody th a").count() == 1
    look()
    go(page, "a[href$='rueckgaengig/']")
    look()
    go(page, "#main form button[type=submit]")
    assert page.locator("main tbody th a").count() == 0
    look()
