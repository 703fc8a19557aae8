"""The editors' tasks: who makes, sees and closes them, who is told, and that they outlive people."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.own_data.registry import data_kinds
from portal.audit.models import AuditEntry
from search.insights import tasks
from search.insights.home_panel import TasksPanel
from search.insights.models import EditorialTask, QuestionCount
from search.insights.rules import assignable, may_work_on_tasks
from tests.factories.accounts import UserFactory
from tests.search.kinds import DEPARTMENT

pytestmark = pytest.mark.django_db
LIST = "/redaktion/suche/aufgaben/"
NEW = "/redaktion/suche/aufgaben/neu/"


@pytest.fixture
def question(db):
    QuestionCount.objects.create(day=timezone.localdate(), text="chancenkarte", asked=3, without_hits=3)
    return "chancenkarte"


@pytest.fixture
def task(editor, author, question):
    return tasks.create_task(by=editor, task=EditorialTask(text=question, assignee=author, note="Bitte ansehen."))


def logged(*prefixes):
    return [entry.action for entry in AuditEntry.objects.order_by("number") if entry.action.startswith(prefixes)]


def test_an_editor_makes_a_task_of_a_question(
    client, editor, author, question, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    assert question in client.get(f"{NEW}?suche={question}").text
    sent = {"assignee": author.pk, "due_on": "2099-12-31", "note": "Bitte ansehen."}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{NEW}?suche={question}", sent).status_code == 302
    made = EditorialTask.objects.get()
    assert (made.text, made.assignee, made.created_by, made.state) == (question, author, editor, "open")
    (mail,) = mailoutbox
    assert mail.to == [author.email]
    assert question in mail.subject
    assert f"{LIST}{made.pk}/" in mail.body
    assert logged("task.") == ["task.created"]


def test_an_editor_makes_a_task_of_a_record(client, editor, office):
    found = office("Standesamt")
    client.force_login(editor)
    address = f"{NEW}?art={DEPARTMENT}&nummer={found.pk}"
    assert "Standesamt" in client.get(address).text
    client.post(address, {"assignee": editor.pk, "due_on": "", "note": ""})
    assert EditorialTask.objects.get().key == (DEPARTMENT, str(found.pk))


@pytest.mark.parametrize(
    "about",
    [
        "",
        "suche=Zeynep+Ayd%C4%B1n",
        f"art={DEPARTMENT}&nummer=987654",
        f"art={DEPARTMENT}&nummer=x",
        "art=nichts&nummer=1",
    ],
)
def test_only_what_stands_in_the_lists_becomes_a_task(client, editor, engine, about):
    client.force_login(editor)
    assert client.get(f"{NEW}?{about}").status_code == 404
    assert client.post(f"{NEW}?{about}", {"assignee": editor.pk}).status_code == 404


def test_a_second_task_about_the_same_leads_to_the_first(client, editor, author, task):
    client.force_login(editor)
    address = f"{NEW}?suche={task.text}"
    assert client.get(address)["Location"] == f"{LIST}{task.pk}/"
    assert client.post(address, {"assignee": editor.pk})["Location"] == f"{LIST}{task.pk}/"
    assert EditorialTask.objects.count() == 1


def test_errors_come_back_with_what_was_typed(client, editor, question):
    client.force_login(editor)
    response = client.post(f"{NEW}?suche={question}", {"due_on": "2020-01-01", "note": "Getippt"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"assignee", "due_on"}
    assert "Getippt" in response.text


def test_who_makes_a_task_for_themselves_gets_no_mail(editor, question, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.create_task(by=editor, task=EditorialTask(text=question, assignee=editor))
    assert mailoutbox == []


@pytest.mark.parametrize("address", [LIST, NEW, f"{LIST}?liste=offen", f"{LIST}?liste=niemand"])
@pytest.mark.parametrize(
    ("role", "is_let_in"), [("editor", True), ("administrator", True), ("author", None), ("", False), (None, False)]
)
def test_who_sees_the_lists(client, question, address, role, is_let_in):
    if role is not None:
        client.force_login(UserFactory(**({role: True} if role else {})))
    status = client.get(f"{address}{'&' if '?' in address else '?'}suche={question}").status_code
    if is_let_in is None:
        assert status == (403 if address == NEW else 200)
    else:
        assert status == (200 if is_let_in else 302)


def test_authors_see_and_close_their_own_tasks_alone(client, editor, author, task):
    other = tasks.create_task(by=editor, task=EditorialTask(text="anderes", assignee=editor))
    client.force_login(author)
    assert [row["task"] for row in client.get(f"{LIST}?liste=offen").context["rows"]] == [task]
    assert client.get(f"{LIST}{task.pk}/").status_code == 200
    assert client.get(f"{LIST}{task.pk}/").context["form"] is None
    assert client.post(f"{LIST}{task.pk}/", {"assignee": author.pk}).status_code == 404
    for part in ("", "verwerfen/"):
        assert client.get(f"{LIST}{other.pk}/{part}").status_code == 404
    assert client.post(f"{LIST}{other.pk}/erledigt/").status_code == 404
    assert client.post(f"{LIST}{task.pk}/erledigt/").status_code == 302
    task.refresh_from_db()
    assert task.state == "done"


def test_done_can_be_taken_back(client, author, task):
    client.force_login(author)
    answer = client.post(f"{LIST}{task.pk}/erledigt/", follow=True)
    assert f'action="{LIST}{task.pk}/oeffnen/"' in answer.text
    client.post(f"{LIST}{task.pk}/oeffnen/")
    task.refresh_from_db()
    assert (task.state, task.closed_at) == ("open", None)
    assert logged("task.") == ["task.created", "task.done", "task.reopened"]


def test_dismissing_needs_a_reason(client, author, task):
    client.force_login(author)
    address = f"{LIST}{task.pk}/verwerfen/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "  "}).status_code == 422
    client.post(address, {"reason": "Gehört nicht ins Portal."})
    task.refresh_from_db()
    assert (task.state, task.reason) == ("dismissed", "Gehört nicht ins Portal.")
    assert AuditEntry.objects.first().reason == "Gehört nicht ins Portal."


def test_a_second_click_changes_nothing(author, task):
    tasks.finish_task(by=author, task=task)
    tasks.dismiss_task(by=author, task=task, reason="zu spät")
    assert EditorialTask.objects.get().state == "done"
    assert logged("task.") == ["task.created", "task.done"]


def test_a_closed_task_stays_closed_while_a_new_one_is_open(client, editor, author, task):
    tasks.finish_task(by=author, task=task)
    tasks.create_task(by=editor, task=EditorialTask(text=task.text, assignee=author))
    client.force_login(author)
    assert client.post(f"{LIST}{task.pk}/oeffnen/")["Location"] == LIST
    assert EditorialTask.objects.open().count() == 1


def test_a_task_is_given_to_somebody_else_who_is_told(
    client, editor, task, mailoutbox, django_capture_on_commit_callbacks
):
    other = UserFactory(editor=True)
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{LIST}{task.pk}/", {"assignee": other.pk, "due_on": "", "note": task.note})
    task.refresh_from_db()
    assert task.assignee == other
    assert [mail.to for mail in mailoutbox] == [[other.email]]
    assert logged("task.") == ["task.created", "task.changed"]


def test_saving_without_a_change_tells_nobody(editor, task, mailoutbox):
    tasks.change_task(by=editor, task=task, assignee=task.assignee, due_on=None, note=task.note)
    assert mailoutbox == []
    assert logged("task.") == ["task.created"]


@pytest.mark.parametrize(("role", "can"), [("editor", True), ("author", True), ("administrator", True), ("", False)])
def test_tasks_are_given_to_those_who_work_in_the_editing_interface(editor, question, role, can):
    person = UserFactory(**({role: True} if role else {}))
    assert assignable().filter(pk=person.pk).exists() == may_work_on_tasks(person) == can
    if not can:
        with pytest.raises(PermissionDenied):
            tasks.create_task(by=editor, task=EditorialTask(text=question, assignee=person))


@pytest.mark.parametrize("act", ["create", "change", "finish", "dismiss", "reopen"])
def test_no_act_passes_by_the_rule(author, task, act):
    member = UserFactory()
    acts = {
        "create": lambda: tasks.create_task(by=author, task=EditorialTask(text="x", assignee=author)),
        "change": lambda: tasks.change_task(by=author, task=task, assignee=author, due_on=None, note=""),
        "finish": lambda: tasks.finish_task(by=member, task=task),
        "dismiss": lambda: tasks.dismiss_task(by=member, task=task, reason="x"),
        "reopen": lambda: tasks.reopen_task(by=member, task=task),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


def test_who_lost_the_role_during_the_request_changes_nothing(editor, question):
    editor.role_assignments.update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        tasks.create_task(by=editor, task=EditorialTask(text=question, assignee=None))


def test_a_task_outlives_its_people_and_can_be_found_again(client, editor, author, task):
    (kind,) = [kind for kind in data_kinds() if kind.code == "editorial_tasks"]
    assert [record["about"] for record in kind.records(author)] == ["chancenkarte"]
    assert [record["note"] for record in kind.records(author)] == [""]
    kind.forget(author)
    task.refresh_from_db()
    assert task.assignee is None
    client.force_login(editor)
    assert [row["task"] for row in client.get(f"{LIST}?liste=niemand").context["rows"]] == [task]
    author.delete()
    editor.delete()
    task.refresh_from_db()
    assert task.created_by is None


def test_whoever_is_suspended_leaves_open_tasks_to_be_taken_over(client, editor, author, task):
    author.state = "suspended"
    author.save(update_fields=["state"])
    client.force_login(editor)
    assert [row["task"] for row in client.get(f"{LIST}?liste=niemand").context["rows"]] == [task]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "x", "kind": "paper", "object_id": "1"},
        {"kind": "paper"},
        {"text": "x", "state": "done"},
        {"text": "x", "closed_at": timezone.now()},
    ],
)
def test_the_database_refuses_half_a_task(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        EditorialTask.objects.create(**fields)


def test_the_start_page_shows_ones_own_open_tasks(client, author, task):
    client.force_login(author)
    html = client.get("/redaktion/").text
    assert f"{LIST}{task.pk}/" in html
    assert "chancenkarte" in html
    client.force_login(UserFactory(editor=True))
    assert "chancenkarte" not in client.get("/redaktion/").text


@pytest.mark.parametrize(("role", "shown"), [("editor", {"", "auswertung/", "aufgaben/"}), ("author", {"aufgaben/"})])
def test_the_menu_leads_to_what_one_may_see(client, db, role, shown):
    client.force_login(UserFactory(**{role: True}))
    html = client.get("/redaktion/").text
    links = {part for part in ("", "auswertung/", "aufgaben/") if f'"/redaktion/suche/{part}"' in html}
    assert links == shown


def test_due_tasks_come_first_and_overdue_ones_are_called_so(client, editor, question):
    today = timezone.localdate()
    for text, days in (("ohne Tag", None), ("später", 5), ("überfällig", -1)):
        due = today + datetime.timedelta(days=days) if days is not None else None
        EditorialTask.objects.create(text=text, assignee=editor, due_on=due)
    client.force_login(editor)
    response = client.get(LIST)
    assert [row["task"].text for row in response.context["rows"]] == ["überfällig", "später", "ohne Tag"]
    assert response.text.count("<strong>(") == 1


@pytest.mark.parametrize("shown", ["", "offen", "erledigt"])
def test_more_tasks_cost_no_more_queries(client, editor, office, shown):
    client.force_login(editor)

    def add(number):
        found = office(f"Amt {number}")
        for state in ("open", "done"):
            closed = timezone.now() if state == "done" else None
            EditorialTask.objects.create(text=f"wort {number}", assignee=editor, state=state, closed_at=closed)
            EditorialTask.objects.create(
                kind=DEPARTMENT, object_id=str(found.pk), assignee=editor, state=state, closed_at=closed
            )

    def queries():
        client.get(f"{LIST}?liste={shown}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{LIST}?liste={shown}")
        return len(captured)

    add(1)
    few = queries()
    for number in range(2, 8):
        add(number)
    assert queries() == few


def test_authors_do_not_read_what_became_of_the_tasks_of_others(client, editor, author, task):
    other = tasks.create_task(by=editor, task=EditorialTask(text="anderes", assignee=editor))
    for one, person in ((task, author), (other, editor)):
        client.force_login(person)
        client.post(f"{LIST}{one.pk}/erledigt/")
    client.force_login(author)
    assert [row["task"].pk for row in client.get(f"{LIST}?liste=erledigt").context["rows"]] == [task.pk]


def test_who_may_not_work_on_tasks_any_more_sees_none_on_the_start_page(rf, author, task):
    request = rf.get("/redaktion/")
    request.user = author
    assert TasksPanel().get_context_data({"request": request})["rows"]
    request.user = UserFactory()
    EditorialTask.objects.filter(pk=task.pk).update(assignee=request.user)
    assert TasksPanel().get_context_data({"request": request})["rows"] == []
