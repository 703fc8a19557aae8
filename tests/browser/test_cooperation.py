"""Fair cooperation from both sides: asked by keyboard, answered on a telephone without scripts, agreed, done, paid."""

import datetime
import re

import pytest

from portal.home.demo.accounts import EDITOR, ORGANISATION_EDITOR, STAFF
from tests.browser.axe import overflow, violations
from tests.browser.test_consents import manage, newest_mail_to

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
PARTNER = "bruecken-bauen"
TITLE = "Elternabend an der Zeichenschule"
TODAY = datetime.date.today()  # noqa: DTZ011 -- the day as people at the desk know it.
#: An organisation that nobody keeps, asked by the town; the link to the request, and to its ledger of the year.
ASK_STRANGERS = """
import datetime
from django.utils import timezone
from knowledge.directory.models import Organisation
from network.cooperation import links
from network.cooperation.models import BalanceYear, CooperationRequest
partner, now = Organisation.objects.get(slug="selam-nachbarschaft"), timezone.now()
asked = CooperationRequest.objects.filter(organisation=partner).first()
asked.pk, asked.state, asked.answer, asked.answered_at, asked.sent_at = None, "sent", "", None, now
asked.title, asked.answer_by = "Sprachmittlung im Rathaus", timezone.localdate() + datetime.timedelta(days=9)
asked.save()
year, _new = BalanceYear.objects.get_or_create(
    year=now.year - 3, defaults={"comments_until": timezone.localdate() + datetime.timedelta(days=9)}
)
print("LINKS", links.link_to_answer(asked), links.link_to_ledger(partner, year))
"""


@pytest.fixture(scope="module")
def staff(cookies_of):
    """The cookies of the demo's staff."""
    return cookies_of(STAFF)


@pytest.fixture(scope="module")
def keeper(cookies_of):
    """The cookies of the demo's volunteer."""
    return cookies_of(ORGANISATION_EDITOR)


@pytest.fixture(scope="module")
def editor(cookies_of):
    """The cookies of the demo's editor."""
    return cookies_of(EDITOR)


def assert_fine(page, *, scripts=True):
    """Without scripts axe, which is one, does not run either."""
    if scripts:
        assert violations(page) == [], page.url
        assert overflow(page) == 0, page.url
    assert page.locator("h1").count() == 1, page.url


def german(day) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def send(page, *, scripts=True, button="main form:has(input:not([type=hidden]), textarea) button[type=submit]"):
    with page.expect_navigation():
        page.locator(button).first.click()
    assert_fine(page, scripts=scripts)


def tab_to(page, selector):
    """Go on with the Tab key until the field has the focus; nobody here has a mouse."""
    for _step in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the Tab key at {page.url}")


def type_into(page, name, text):
    tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def choose(page, name, value):
    """Reach the group of buttons, then move to the choice with the arrow keys."""
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Space")
    for _step in range(12):
        if page.evaluate("value => document.activeElement.value === value", value):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not reached with the arrow keys at {page.url}")


def press(page, selector):
    tab_to(page, selector)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def journey():
    """What the steps below tell each other."""
    return {}


def test_a_municipality_asks_by_keyboard_alone(visit, staff, journey):
    page = visit(f"/verzeichnis/{PARTNER}/", storage_state=staff, viewport=DESK)
    press(page, f"a[href$='/kooperation/anfragen/neu/{PARTNER}/']")
    assert_fine(page)
    later = TODAY + datetime.timedelta(days=30)
    type_into(page, "title", TITLE)
    type_into(page, "occasion", "Der Übergang in die Ausbildung")
    type_into(page, "service", "Ein Abend mit Sprachmittlung")
    type_into(page, "hours", "4,5")
    type_into(page, "wanted_on", german(later))
    type_into(page, "answer_by", german(TODAY + datetime.timedelta(days=9)))
    choose(page, "consideration", "fee")
    type_into(page, "fee_per_hour", "38,00")
    choose(page, "legal_frame", "procurement")
    press(page, "button[name=senden]")
    # What is missing is named and leads to its field.
    assert_fine(page)
    press(page, "a[href$='#id_use_of_results']")
    page.locator("#id_use_of_results").focus()
    page.keyboard.type("Im Bericht der Stadt")
    choose(page, "credit", "named")
    press(page, "button[name=senden]")
    assert_fine(page)
    assert "38,00" in page.locator("main").inner_text()
    press(page, "main form:has([name=gelesen]) button[type=submit]")
    assert_fine(page)
    journey["request"] = re.search(r"/kooperation/anfragen/\d+/", page.url)[0]


def test_the_organisation_answers_on_a_telephone_without_scripts(visit, keeper, data_dir, journey):
    assert journey["request"] in newest_mail_to(data_dir, ORGANISATION_EDITOR.email)
    page = visit("/kooperation/", storage_state=keeper, viewport=PHONE, java_script_enabled=False)
    page.locator("main a.button[href$='" + journey["request"] + "']").click()
    page.locator("main a[href$='/antworten/']").click()
    assert "Ein Abend mit Sprachmittlung" in page.locator("main").inner_text(), "the request stands above the answer"
    page.check("[name=answer][value=accepted]")
    send(page, scripts=False)
    assert page.url.endswith(journey["request"])
    page.reload()
    assert page.locator("main a[href$='/antworten/']").count() == 0


def test_both_sides_accept_one_text(visit, staff, keeper, journey):
    page = visit(f"{journey['request']}vereinbarung/", storage_state=staff, viewport=DESK)
    assert_fine(page)
    for name, text in (
        ("rights", "Handreichungen gehören dem Verein"), ("data_protection", "Namen bleiben beim Verein"),
        ("termination", "Zwei Wochen Frist"), ("settlement", "Vier Wochen nach Rechnung"),
        ("valid_from", german(TODAY - datetime.timedelta(days=20))),
        ("valid_to", german(TODAY + datetime.timedelta(days=60))),
    ):  # fmt: skip
        page.fill(f"[name={name}]", text)
    send(page)
    journey["agreement"] = re.search(r"/kooperation/vereinbarungen/\d+/", page.url)[0]
    for cookies, viewport, scripts in ((staff, DESK, True), (keeper, PHONE, False)):
        page = visit(journey["agreement"], storage_state=cookies, viewport=viewport, java_script_enabled=scripts)
        send(page, scripts=scripts, button="main form:has([name=fassung]) button[type=submit]")
    assert page.locator("main form:has([name=fassung])").count() == 0


def test_a_service_is_recorded_disputed_mended_and_agreed(visit, staff, keeper, journey):
    own = visit(f"{journey['agreement']}nachweis/", storage_state=keeper, viewport=PHONE)
    assert_fine(own)
    for name, text in (
        ("done_on", german(TODAY)), ("what", "Elternabend"), ("paid_hours", "5"),
        ("unpaid_hours", "0"), ("amount", "190"), ("payment_due", german(TODAY)),
    ):  # fmt: skip
        own.fill(f"[name={name}]", text)
    send(own)
    other = visit(journey["agreement"], storage_state=staff, viewport=DESK)
    other.locator("a[href$='/widersprechen/']").first.click()
    assert_fine(other)
    other.fill("[name=text]", "Es waren viereinhalb Stunden")
    send(other)
    own.goto(journey["agreement"])
    assert "Es waren viereinhalb Stunden" in own.locator("main").inner_text()
    assert_fine(own)
    own.locator("main article a[href$='/aendern/']").first.click()
    own.fill("[name=paid_hours]", "4,5")
    own.fill("[name=amount]", "171,00")
    send(own)
    other.goto(journey["agreement"])
    send(other, button="form[action$='/zustimmen/'] button")
    assert other.locator("form[action$='/zustimmen/']").count() == 0


def test_a_payment_is_noted_contested_and_comes_and_the_ledger_says_so(visit, staff, keeper, journey):
    page = visit(journey["agreement"], storage_state=staff, viewport=DESK)
    page.locator("a[href$='/bezahlt/']").first.click()
    assert_fine(page)
    page.fill("[name=paid_on]", german(TODAY))
    send(page)
    own = visit(journey["agreement"], storage_state=keeper, viewport=PHONE)
    own.locator("a[href$='/zahlung-bestreiten/']").first.click()
    assert_fine(own)
    own.fill("[name=text]", "Auf dem Konto ist nichts")
    send(own)
    page.goto(journey["agreement"])
    assert page.locator("a[href$='/bezahlt/']").count() == 0
    own.locator("a[href$='/bezahlt/']").first.click()
    own.fill("[name=paid_on]", german(TODAY))
    send(own)
    own.goto(f"/kooperation/eigene-bilanz/{PARTNER}/")
    assert_fine(own)
    # All other hours of the demo are whole ones.
    assert re.search(r"\d+,50", own.locator("main table").inner_text())


def test_somebody_without_an_account_reads_and_answers_by_the_link_on_a_telephone(visit, data_dir):
    printed = manage(data_dir, "shell", "--no-imports", "-c", ASK_STRANGERS)
    answer, ledger = re.findall(r"/kooperation/ohne-konto/\S+", printed)
    page = visit(answer, viewport=PHONE)
    assert_fine(page)
    page.goto(f"{answer}gegenvorschlag/")
    assert_fine(page)
    plain = visit(answer, viewport=PHONE, java_script_enabled=False)
    plain.check("[name=answer][value=declined]")
    send(plain, scripts=False)
    with plain.expect_navigation():
        plain.locator("form[action$='/anfragen-annehmen/'] button").click()
    again = visit(answer, viewport=PHONE)
    assert_fine(again)
    assert again.locator("[name=annehmen]").get_attribute("value") == "ja"
    again.goto(ledger)
    assert_fine(again)
    again.fill("textarea[name=text]", "Es waren zwei Anfragen")
    send(again)
    gone = visit("/kooperation/ohne-konto/x/", viewport=PHONE)
    assert_fine(gone)


def over_agreement(page) -> str:
    """The agreement of the demo that is over."""
    page.goto("/kooperation/vereinbarungen/")
    return page.locator("main article a", has_text="Gesamtschule Nord").get_attribute("href")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["320", "1280"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(visit, staff, keeper, editor, journey, scheme, viewport):
    looks = {"color_scheme": scheme, "viewport": viewport}
    of_staff = visit("/kooperation/", storage_state=staff, **looks)
    request, agreement = journey["request"], journey["agreement"]
    over = over_agreement(of_staff)
    for path in (
        "", "anfragen/", "anfragen/?stand=withdrawn", "vereinbarungen/", "bilanz/", "saetze/",
        f"anfragen/neu/{PARTNER}/", request, agreement, over, f"{agreement}aendern/", f"{agreement}beenden/",
        f"{agreement}nachweis/", "eigene-bilanz/",
    ):  # fmt: skip
        of_staff.goto(path if path.startswith("/") else f"/kooperation/{path}")
        assert_fine(of_staff)
    of_keeper = visit("/kooperation/", storage_state=keeper, **looks)
    for path in (
        "/kooperation/", "/kooperation/anfragen/", agreement, over, f"{over}profil/", f"{over}profil/entfernen/",
        f"/kooperation/eigene-bilanz/{PARTNER}/", f"/verzeichnis/{PARTNER}/",
    ):  # fmt: skip
        of_keeper.goto(path)
        assert_fine(of_keeper)

    of_keeper.goto("/kooperation/anfragen/?stand=sent")
    waiting = of_keeper.locator("main article a").first.get_attribute("href")
    for path in (waiting, f"{waiting}antworten/", f"{waiting}gegenvorschlag/"):
        of_keeper.goto(path)
        assert_fine(of_keeper)
    of_editor = visit("/kooperation/bilanz/", storage_state=editor, **looks)
    assert_fine(of_editor)
    years = of_editor.locator("main a[href$='/oeffnen/'], main a[href$='/vorbereiten/']").all()
    for path in [link.get_attribute("href") for link in years]:
        of_editor.goto(path)
        assert_fine(of_editor)
    public = visit("/kooperation/bilanz/", **looks)
    assert_fine(public)
    assert public.locator("main table tbody tr").count() >= 2


def test_the_balance_reads_without_scripts_and_its_points_are_words(visit):
    page = visit("/kooperation/bilanz/", java_script_enabled=False)
    assert "Stadt Ravensfurt" in page.locator("main table").inner_text()
    assert page.locator("main table [role=img]").first.get_attribute("aria-label")


def test_conflicts_are_shown_at_320_pixels(visit, staff):
    """Two tabs on one draft."""
    page = visit(f"/kooperation/anfragen/neu/{PARTNER}/", storage_state=staff, viewport=PHONE)
    page.fill("[name=title]", "Ein Entwurf")
    send(page, button="main form button[type=submit]:not([name])")
    draft = page.url
    tabs = [visit(f"{draft}bearbeiten/", storage_state=staff, viewport=PHONE) for _tab in range(2)]
    for tab, title in zip(tabs, ("Der erste", "Der zweite"), strict=True):
        tab.fill("[name=title]", title)
        with tab.expect_navigation():
            tab.locator("main form button[type=submit]:not([name])").first.click()
    assert_fine(tabs[1])
    assert "Der erste" in tabs[1].locator("section:has(#stand)").inner_text()
    assert tabs[1].input_value("[name=title]") == "Der zweite"
