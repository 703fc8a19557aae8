"""The page on the state of the index: its figures, its refusals, and how they get another chance."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.audit.models import AuditEntry
from search.drain import drain
from search.engines import get_engine
from search.insights.state import duration
from search.models import OutboxEntry
from search.querysets import MOST_ATTEMPTS
from search.registry import registry
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory
from tests.search.kinds import DEPARTMENT

PAGE = "/redaktion/suche/"
FIGURES = "/redaktion/suche/stand/"
RETRY = "/redaktion/suche/erneut/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


def refused(number=1, *, reason="mapper_parsing_exception: field [date]", **fields):
    return OutboxEntry.objects.create(
        **{"kind": DEPARTMENT, "object_id": str(number), "since": timezone.now(), "version": 3, "done_version": 2,
           "attempts": MOST_ATTEMPTS, "last_error": reason, **fields}
    )  # fmt: skip


@pytest.mark.parametrize("address", [PAGE, FIGURES])
@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("administrator", 200), ("author", 403), ("", 302), (None, 302)]
)
def test_editors_and_administrators_read_it_and_nobody_else(client, engine, address, role, status):
    if role is not None:
        client.force_login(UserFactory(**({role: True} if role else {})))
    assert client.get(address).status_code in ({200, 286} if status == 200 else {status})


@pytest.mark.parametrize("address", [RETRY, f"{RETRY}1/"])
@pytest.mark.parametrize(("role", "status"), [("author", 403), ("", 302), (None, 302)])
def test_nobody_else_tries_again(client, engine, address, role, status):
    if role is not None:
        client.force_login(UserFactory(**({role: True} if role else {})))
    entry = refused()
    assert client.post(address.replace("1/", f"{entry.pk}/")).status_code == status
    assert OutboxEntry.objects.given_up().exists()


def test_the_figures_stand_in_one_line(signed_in, office):
    for number in range(3):
        office(f"Amt {number}")
    OutboxEntry.objects.create(kind="nichts", object_id="1", since=timezone.now(), version=1)
    html = signed_in.get(PAGE).text
    total = OutboxEntry.objects.count()
    assert f"{total - 1} von {total}" in html or f"{total - 1} of {total}" in html


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, ""), (0.42, "0,4 s"), (119, "119,0 s"), (120, "2,0 min"), (7_200, "2,0 h"), (200_000, "2")],
)
def test_a_duration_is_told_in_its_unit(seconds, told):
    assert duration(seconds).startswith(told)


def test_an_engine_without_an_index_is_a_state_and_no_failure(signed_in, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    assert "manage.py search rebuild" in signed_in.get(PAGE).text


def test_a_refusal_shows_its_reason_and_what_it_is_about(signed_in, office):
    found = office("Standesamt")
    OutboxEntry.objects.filter(object_id=str(found.pk)).delete()
    refused(found.pk, reason="<b>mapper_parsing_exception</b>")
    html = signed_in.get(PAGE).text
    assert "Standesamt" in html
    assert "&lt;b&gt;mapper_parsing_exception" in html


def test_what_has_its_own_page_of_editing_is_linked(client, db):
    from portal.home.foundation import grant_editing
    from tests.factories.pages import paper

    grant_editing()
    page = paper(title="Anschluss")
    OutboxEntry.objects.all().delete()
    refused(page.pk, kind="paper")
    client.force_login(UserFactory(editor=True))
    assert f'href="/redaktion/pages/{page.pk}/edit/"' in client.get(PAGE).text


def test_a_refused_change_is_mended_and_tried_again(signed_in, office, editor, django_capture_on_commit_callbacks):
    """From the first failure to the hit: eight attempts, the page, the button, the index."""
    found = office("Standesamt")
    registration, mended = registry.get(DEPARTMENT), registry.get(DEPARTMENT).project

    def broken(thing):
        raise ValueError("no date")

    object.__setattr__(registration, "project", broken)
    found.name = "Bürgerbüro"
    found.save()
    for hour in range(2, 30, 2):
        with time_machine.travel(timezone.now() + timezone.timedelta(hours=hour), tick=False):
            drain()
    entry = OutboxEntry.objects.given_up().get()
    assert "no date" in entry.last_error
    assert "no date" in signed_in.get(PAGE).text
    object.__setattr__(registration, "project", mended)
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in.post(f"{RETRY}{entry.pk}/").status_code == 302
    entry.refresh_from_db()
    assert (entry.attempts, entry.last_error, entry.done_version) == (0, "", entry.version)
    held = {(one.kind, one.id): one.version for one in get_engine().held()}
    assert held[DEPARTMENT, str(found.pk)] == entry.version
    logged = AuditEntry.objects.first()
    assert (logged.action, logged.actor_id, logged.after) == ("index.retried", editor.pk, {"retried": 1})


def test_all_are_tried_again_at_once_deleted_ones_too(signed_in, engine, django_capture_on_commit_callbacks):
    made = [DepartmentFactory(name=f"Amt {number}", email="public@kommune.example") for number in range(3)]
    drain()
    OutboxEntry.objects.filter(object_id=str(made[0].pk), kind=DEPARTMENT).update(attempts=8, done_version=0)
    OutboxEntry.objects.filter(object_id=str(made[1].pk), kind=DEPARTMENT).update(attempts=8, done_version=0)
    refused(987, deleted=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in.post(RETRY).status_code == 302
    assert not OutboxEntry.objects.given_up().exists()
    assert not OutboxEntry.objects.waiting().exists()
    assert OutboxEntry.objects.get(object_id="987").deleted
    assert AuditEntry.objects.first().after == {"retried": 3}


def test_trying_again_what_is_done_already_says_so(signed_in, engine):
    entry = refused(attempts=0, done_version=3)
    assert signed_in.post(f"{RETRY}{entry.pk}/").status_code == 302
    assert signed_in.post(f"{RETRY}987654/").status_code == 404
    assert not AuditEntry.objects.filter(action="index.retried").exists()


@pytest.mark.parametrize("address", [RETRY, f"{RETRY}1/"])
def test_looking_tries_nothing(signed_in, address):
    assert signed_in.get(address).status_code == 405


def test_the_page_asks_only_when_something_changed_and_not_for_ever(signed_in, engine):
    page = signed_in.get(PAGE)
    address = page.context["next_url"]
    assert address in page.text.replace("&amp;", "&")
    assert signed_in.get(address).status_code == 204
    OutboxEntry.objects.create(kind="nichts", object_id="1", since=timezone.now(), version=1)
    assert signed_in.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=20), tick=False):
        late = signed_in.get(address)
    assert late.status_code == 286
    assert "hx-get" not in late.text


@pytest.mark.parametrize("until", ["", "x", "99999999999999", "-1", "٣"])
def test_nobody_is_asked_for_longer_than_the_page_would(signed_in, engine, until):
    assert signed_in.get(f"{FIGURES}?bis={until}").status_code == 286


def test_it_can_be_paused_without_scripts(signed_in, engine):
    html = signed_in.get(f"{PAGE}?aktualisieren=aus").text
    assert "hx-get" not in html


def test_more_refusals_cost_no_more_queries(signed_in, office):
    def add(number):
        found = office(f"Amt {number}")
        OutboxEntry.objects.filter(object_id=str(found.pk), kind=DEPARTMENT).update(attempts=8, done_version=0)

    def queries():
        signed_in.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(PAGE)
        return len(captured)

    add(1)
    few = queries()
    for number in range(2, 9):
        add(number)
    assert queries() == few
