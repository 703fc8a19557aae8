"""What can be done with a task: made, changed, done, dismissed with a reason, and opened again."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import send_later
from portal.audit.actions import record
from search.insights.enums import TaskState
from search.insights.letters import task_letter
from search.insights.models import EditorialTask
from search.insights.rules import assignable, may_read_insights


class AlreadyOpenError(ValueError):
    """There is an open task about this already; it is changed instead of having a second one."""


def create_task(*, by: User, task: EditorialTask) -> EditorialTask:
    """Make a task and tell whoever is responsible."""
    _check_editor(by)
    _check_assignee(task.assignee)
    task.created_by = by
    try:
        with transaction.atomic():
            task.save()
            _log("task.created", by, task)
            _tell(task, by)
    except IntegrityError as taken:
        raise AlreadyOpenError from taken
    return task


@transaction.atomic
def change_task(*, by: User, task: EditorialTask, assignee: User | None, due_on, note: str) -> EditorialTask:
    """Give an open task to somebody else, or change its day or note; a new person is told."""
    _check_editor(by)
    task = _locked(by, task)
    if assignee != task.assignee:
        _check_assignee(assignee)
    before, former = task.as_logged(), task.assignee
    task.assignee, task.due_on, task.note = assignee, due_on, note
    if task.as_logged() == before:
        return task
    task.save(update_fields=["assignee", "due_on", "note"])
    _log("task.changed", by, task, before)
    if assignee != former:
        _tell(task, by)
    return task


@transaction.atomic
def finish_task(*, by: User, task: EditorialTask) -> EditorialTask:
    """Note that a task is done."""
    return _close(by, task, TaskState.DONE, "")


@transaction.atomic
def dismiss_task(*, by: User, task: EditorialTask, reason: str) -> EditorialTask:
    """Note that a task will not be done, and why."""
    if not reason.strip():
        raise ValueError("A task is dismissed with a reason.")
    return _close(by, task, TaskState.DISMISSED, reason)


@transaction.atomic
def reopen_task(*, by: User, task: EditorialTask) -> EditorialTask:
    """Take the closing back; where somebody has made a new task meanwhile, that one goes on."""
    ask_anew(by)
    task = _locked(by, task)
    if task.state == TaskState.OPEN:
        return task
    before = task.as_logged()
    task.state, task.reason, task.closed_at = TaskState.OPEN, "", None
    try:
        with transaction.atomic():
            task.save(update_fields=["state", "reason", "closed_at"])
    except IntegrityError as taken:
        raise AlreadyOpenError from taken
    _log("task.reopened", by, task, before)
    return task


def _close(by: User, task: EditorialTask, state: TaskState, reason: str) -> EditorialTask:
    ask_anew(by)
    task = _locked(by, task)
    if task.state != TaskState.OPEN:
        # A second click, or somebody was quicker: the first closing stands.
        return task
    before = task.as_logged()
    task.state, task.reason, task.closed_at = state, reason, timezone.now()
    task.save(update_fields=["state", "reason", "closed_at"])
    _log(f"task.{state}", by, task, before, reason)
    return task


def _check_editor(by: User) -> None:
    ask_anew(by)
    if not may_read_insights(by):
        raise PermissionDenied


def _check_assignee(person: User | None) -> None:
    if person is not None and not assignable().filter(pk=person.pk).exists():
        raise PermissionDenied


def _locked(by: User, task: EditorialTask) -> EditorialTask:
    found = EditorialTask.objects.visible_to(by).select_for_update().filter(pk=task.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _tell(task: EditorialTask, by: User) -> None:
    if task.assignee is not None and task.assignee != by:
        transaction.on_commit(partial(send_later, task_letter(task, by)))


def _log(action: str, by: User, task: EditorialTask, before: dict | None = None, reason: str = "") -> None:
    record(action=action, by=by, about=task, before=before, after=task.as_logged(), reason=reason)
