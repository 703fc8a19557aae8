"""The log in the editing interface: who may read it, what it says, what it costs."""

import csv
import datetime
import io

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.audit.actions import record
from portal.audit.models import AuditEntry
from portal.audit.presentation import Line, Words
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
LOG = "/redaktion/protokoll/"
RESULTS = "/redaktion/protokoll/ergebnisse/"


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def entries(count):
    place = MunicipalityFactory(name="Neuenbrück")
    for number in range(count):
        person = UserFactory(display_name=f"Jörg Größer {number}")
        record(
            action="audience.changed",
            by=person,
            about=place,
            before={"audience": "public", "same": 1},
            after={"audience": "member", "same": 1},
            reason="Beschluss vom Mai",
        )


@pytest.mark.parametrize("address", [LOG, RESULTS, f"{LOG}?export=csv"])
def test_editors_are_refused(client, address):
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    response = client.get(address)
    assert response.status_code == 403
    assert not AuditEntry.objects.filter(action="audit.exported").exists()


def test_the_menu_leads_administrators_to_it(signed_in):
    assert f'"{LOG}"' in signed_in.get("/redaktion/").content.decode()


@pytest.mark.parametrize("address", [LOG, RESULTS])
def test_strangers_are_led_to_the_door(client, address):
    assert client.get(address).status_code == 302


def test_an_entry_is_one_sentence_with_what_differs(signed_in):
    entries(1)
    html = signed_in.get(RESULTS).content.decode()
    assert "Jörg Größer 0" in html
    assert "Neuenbrück" in html
    assert "Beschluss vom Mai" in html
    (difference,) = Line(AuditEntry.objects.first(), Words()).differences
    assert difference.before != difference.after


def test_the_newest_entry_stands_first_and_pages_follow(signed_in):
    entries(60)
    first = [line.entry.number for line in signed_in.get(LOG).context["object_list"]]
    assert len(first) == 50
    assert first == sorted(first, reverse=True)
    second = [line.entry.number for line in signed_in.get(f"{LOG}?p=2").context["object_list"]]
    assert second[0] == first[-1] - 1


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("action=release.given", {"release.given"}),
        ("person=Hatice", {"release.given", "account.suspended"}),
        ("object_kind=places.municipality", {"release.given", "release.refused"}),
        ("at_from=2026-05-02&at_to=2026-05-02", {"release.refused"}),
        ("at_to=2026-05-01", {"release.given"}),
        ("person=Niemand", set()),
        ("action=unbekannt", {"release.given", "release.refused", "account.suspended"}),
    ],
)
def test_filters_narrow_the_list(signed_in, question, found):
    hatice, place = UserFactory(display_name="Hatice Yıldız"), MunicipalityFactory()
    with time_machine.travel(datetime.datetime(2026, 5, 1, 10, tzinfo=datetime.UTC), tick=False):
        record(action="release.given", by=hatice, about=place)
    # 2 May in Berlin, still 1 May in UTC.
    with time_machine.travel(datetime.datetime(2026, 5, 1, 22, 30, tzinfo=datetime.UTC), tick=False):
        record(action="release.refused", by=None, about=place)
    record(action="account.suspended", by=None, about=hatice)
    shown = {line.entry.action for line in signed_in.get(f"{LOG}?{question}").context["object_list"]}
    assert {action for action in shown if action.startswith(("release", "account"))} == found


def test_an_empty_list_says_so(signed_in):
    html = signed_in.get(f"{RESULTS}?person=Niemand").content.decode()
    assert "<table" not in html
    assert "<p>" in html


def test_the_filtered_list_leaves_as_a_safe_table_and_this_is_logged(signed_in, administrator):
    record(action="release.given", by=None, about=MunicipalityFactory(name="=Rechne()"), reason="+49")
    record(action="release.refused", by=None, about=None)
    response = signed_in.get(f"{LOG}?export=csv&action=release.given")
    assert response.streaming
    assert response["Content-Disposition"].startswith("attachment")
    text = b"".join(response).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert (row[7], row[11]) == ("'=Rechne()", "'+49")
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor_id) == ("audit.exported", administrator.pk)
    assert entry.after == {"filters": {"action": "release.given"}}


def test_only_our_own_export_is_offered(signed_in):
    html = signed_in.get(LOG).content.decode()
    assert "export=csv" in html
    assert "export=xlsx" not in html
    assert signed_in.get(f"{LOG}?export=xlsx")["Content-Type"].startswith("text/html")


def queries_of(client):
    client.get(LOG)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LOG).status_code == 200
    return [query["sql"] for query in captured]


def test_more_entries_cost_no_more_queries(signed_in):
    entries(1)
    few = queries_of(signed_in)
    entries(39)
    many = queries_of(signed_in)
    assert len(many) == len(few)
    # How many there are, those of this page, and the kinds of objects that the filter offers.
    assert sum("audit_auditentry" in sql for sql in few) == 3


@pytest.mark.parametrize("code", ["role.granted", "page.moved", "audit.pruned", "audience.set"])
def test_a_sentence_without_its_details_is_still_a_sentence(code):
    entry = AuditEntry(action=code, object_name="100 % Ziel", before=None, after={"other": "%(actor)s"})
    sentence = Line(entry, Words()).sentence
    assert "%(" not in sentence


def test_an_action_whose_room_is_gone_is_told_by_its_code():
    entry = AuditEntry(action="tea.made", actor_name="Ada", object_name="Kanne")
    assert "tea.made" in Line(entry, Words()).sentence
    assert entry.get_action_display() == "tea.made"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-23", "23.11.2026"),
        ("2026-11-23T09:30:00+00:00", "23.11.2026, 10:30 Uhr"),
        ("2026-13-45", "2026-13-45"),
        ("Stand 2026-11-23", "Stand 2026-11-23"),
        (None, "–"),
        ([], "–"),
        (["a", "b"], "a, b"),
    ],
)
def test_details_read_as_people_write(value, shown):
    assert Words().value("anything", value) == shown


def test_what_only_programs_need_is_not_shown():
    entry = AuditEntry(action="role.granted", after={"role": "editor", "scope": "group:7"})
    assert len(Line(entry, Words()).differences) == 1
