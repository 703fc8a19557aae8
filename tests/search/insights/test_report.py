"""The editors' report: who may read it, what its lists hold, what it costs, and how it is taken away."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.topics.models import Term
from portal.audit.models import AuditEntry
from portal.home.foundation import grant_editing
from search.insights.models import DayCount, EditorialTask, QuestionCount, RecordCount
from tests.factories.accounts import UserFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
EMPTY = "/redaktion/suche/auswertung/"
UNOPENED = "/redaktion/suche/auswertung/ohne-klick/"
RECORDS = "/redaktion/suche/auswertung/nie-geoeffnet/"
LISTS = (EMPTY, UNOPENED, RECORDS)


@pytest.fixture
def signed_in(client, editor):
    # What editors may do in the editing interface follows from their group.
    grant_editing()
    client.force_login(editor)
    return client


def question(text, *, ago=0, **counts):
    day = timezone.localdate() - datetime.timedelta(days=ago)
    return QuestionCount.objects.create(day=day, text=text, **counts)


def texts(response) -> list[str]:
    return [row.text for row in response.context["rows"]]


@pytest.mark.parametrize("address", [*LISTS, f"{EMPTY}?export=csv"])
@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("administrator", 200), ("author", 403), ("", 302), (None, 302)]
)
def test_editors_and_administrators_read_it_and_nobody_else(client, address, role, status):
    if role is not None:
        client.force_login(UserFactory(**({role: True} if role else {})))
    assert client.get(address).status_code == status


def test_searches_without_hits_are_summed_over_their_days(signed_in):
    question("chancenkarte", asked=2, without_hits=2)
    question("chancenkarte", ago=3, asked=1, without_hits=1, within=4)
    question("duldung", asked=9)
    question("früher", ago=40, asked=9, without_hits=9)
    response = signed_in.get(EMPTY)
    assert [(row.text, row.times) for row in response.context["rows"]] == [("chancenkarte", 7)]
    assert texts(signed_in.get(f"{EMPTY}?zeitraum=90")) == ["früher", "chancenkarte"]


def test_what_was_found_later_is_solved(signed_in):
    question("chancenkarte", ago=3, asked=2, without_hits=2)
    question("chancenkarte", ago=1, asked=1)
    question("bezahlkarte", ago=1, asked=1)
    question("bezahlkarte", asked=1, without_hits=1)
    assert texts(signed_in.get(EMPTY)) == ["bezahlkarte"]


def test_searches_without_clicks_were_asked_often_and_found_something(signed_in):
    question("selten", asked=4)
    question("nie", asked=5)
    question("kaum", asked=20, opened=2)
    question("oft", asked=20, opened=3)
    question("leer", asked=9, without_hits=9)
    assert texts(signed_in.get(UNOPENED)) == ["kaum", "nie"]


def test_never_opened_is_what_was_shown_often_and_may_be_read(signed_in, office):
    today, offices = timezone.localdate(), [office("Standesamt"), office("Jugendamt"), office("Ordnungsamt")]
    for place, (found, shown, opened) in enumerate(zip(offices, (10, 9, 30), (0, 0, 1), strict=True)):
        RecordCount.objects.create(day=today, kind=DEPARTMENT, object_id=str(found.pk), shown=shown, opened=opened)
        RecordCount.objects.create(day=today, kind=DEPARTMENT, object_id=str(98_000 + place), shown=99)
    RecordCount.objects.create(day=today, kind="gibt_es_nicht", object_id="1", shown=99)
    rows = signed_in.get(RECORDS).context["rows"]
    assert [(row.name.title, row.times) for row in rows] == [("Standesamt, Neuenbrück", 10)]


def test_each_row_says_what_to_do(signed_in):
    question("chancen & karte", asked=2, without_hits=2)
    html = signed_in.get(EMPTY).text
    assert "/suche/?q=chancen+%26+karte" in html
    assert "/redaktion/snippets/topics/term/add/?wort=chancen+%26+karte" in html
    assert "/redaktion/suche/aufgaben/neu/?suche=chancen%20%26%20karte" in html


def test_an_open_task_stands_in_the_row(signed_in, editor):
    question("chancenkarte", asked=2, without_hits=2)
    task = EditorialTask.objects.create(text="chancenkarte", assignee=editor)
    html = signed_in.get(EMPTY).text
    assert f"/redaktion/suche/aufgaben/{task.pk}/" in html
    assert "aufgaben/neu/" not in html


def test_the_form_for_a_term_begins_with_the_word_and_saves_it(signed_in):
    address = "/redaktion/snippets/topics/term/add/?wort=chancenkarte"
    assert 'value="chancenkarte"' in signed_in.get(address).text
    sent = {
        "preferred": "Karte der Chancen", "definition": "Erklärt.", "slug": "", "source": "", "source_url": "",
        "retrieved": "", "scope_note": "", "editorial_note": "", "labels-TOTAL_FORMS": "1", "labels-INITIAL_FORMS": "1",
        "labels-MIN_NUM_FORMS": "0", "labels-MAX_NUM_FORMS": "1000", "labels-0-id": "", "labels-0-text": "chancenkarte",
        "labels-0-relation": "same", "labels-0-DELETE": "",
    }  # fmt: skip
    assert signed_in.post(address, sent).status_code == 302
    term = Term.objects.get(preferred="Karte der Chancen")
    assert term.same_words == ["chancenkarte"]


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_so(signed_in, address):
    html = signed_in.get(address).text
    assert "editing-table" not in html
    assert "export=csv" not in html


def test_all_searches_are_summed_whatever_is_kept(signed_in):
    DayCount.objects.create(day=timezone.localdate(), asked=1200, unnamed=34)
    totals = signed_in.get(EMPTY).context["totals"]
    assert (totals.asked, totals.unnamed, totals.opened) == (1200, 34, 0)


def test_switched_off_says_so(signed_in, settings):
    settings.SEARCH_INSIGHTS = False
    assert "PORTAL_SEARCH_INSIGHTS" in signed_in.get(EMPTY).text


@pytest.mark.parametrize("asked", ["zeitraum=7", "zeitraum=x", "zeitraum=", "p=999", "p=x", "export=xlsx"])
def test_what_is_not_understood_is_as_if_it_were_not_there(signed_in, asked):
    question("chancenkarte", asked=2, without_hits=2)
    assert texts(signed_in.get(f"{EMPTY}?{asked}")) == ["chancenkarte"]


def test_long_lists_have_pages(signed_in):
    for number in range(30):
        question(f"wort {number}", asked=30 - number, without_hits=30 - number)
    first, second = texts(signed_in.get(EMPTY)), texts(signed_in.get(f"{EMPTY}?p=2"))
    assert (len(first), len(second)) == (25, 5)
    assert not set(first) & set(second)


def test_a_list_leaves_as_a_safe_table_and_this_is_logged(signed_in, editor):
    question("=rechne", asked=2, without_hits=2)
    response = signed_in.get(f"{EMPTY}?export=csv&zeitraum=90")
    text = b"".join(response).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row[:3] == ["'=rechne", "2", "0"]
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor_id) == ("insights.exported", editor.pk)


def test_every_list_leaves_as_a_table(signed_in, office):
    found = office("Standesamt")
    today = timezone.localdate()
    RecordCount.objects.create(day=today, kind=DEPARTMENT, object_id=str(found.pk), shown=10)
    question("nie", asked=5)
    for address, word in ((RECORDS, "Standesamt"), (UNOPENED, "nie")):
        assert word in b"".join(signed_in.get(f"{address}?export=csv")).decode()


def queries_of(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", LISTS)
def test_more_rows_cost_no_more_queries(signed_in, editor, office, address):
    today = timezone.localdate()

    def add(number):
        found = office(f"Amt {number}")
        RecordCount.objects.create(day=today, kind=DEPARTMENT, object_id=str(found.pk), shown=10)
        question(f"leer {number}", asked=5, without_hits=5)
        question(f"nie {number}", asked=5)
        for about in ({"text": f"leer {number}"}, {"text": f"nie {number}"},
                      {"kind": DEPARTMENT, "object_id": str(found.pk)}):  # fmt: skip
            EditorialTask.objects.create(assignee=editor, **about)

    add(1)
    few = queries_of(signed_in, address)
    for number in range(2, 12):
        add(number)
    assert queries_of(signed_in, address) == few
