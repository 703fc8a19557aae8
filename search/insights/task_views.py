"""The pages of the editors' tasks: a list, a form to make or change one, and what closes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.insights import tasks
from search.insights.forms import DismissForm, TaskForm
from search.insights.models import EditorialTask, QuestionCount
from search.insights.naming import Key, names_of, subject_of, visible_keys
from search.insights.pages import for_editors, for_everybody_with_tasks, insights_way, page_of, show
from search.insights.rules import may_read_insights


@for_everybody_with_tasks
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Show tasks: one's own, all open ones, those of nobody, or closed ones."""
    is_editor = may_read_insights(request.user)
    shown = request.GET.get("liste", "")
    visible = EditorialTask.objects.visible_to(request.user).with_people()
    lists = {
        "": (_("My open tasks"), visible.open().of(request.user)),
        "offen": (_("All open tasks"), visible.open()),
        "niemand": (_("Without anybody responsible"), visible.open().of_nobody()),
        "erledigt": (_("Done and dismissed"), visible.closed().order_by("-closed_at", "-pk")),
    }
    if not is_editor:
        lists = {key: lists[key] for key in ("", "erledigt")}
    _title, found = lists.get(shown, lists[""])
    items = page_of(found, request)
    url = reverse("search_tasks")
    return show(
        request,
        "search/insights/tasks.html",
        title=_("Editorial tasks"),
        above=_way(request)[:-1],
        items=items,
        rows=_rows(items, request.user),
        tabs=[(title, f"{url}?{urlencode({'liste': key})}" if key else url, key == (shown if shown in lists else ""))
              for key, (title, _found) in lists.items()],
        is_closed=shown == "erledigt",
        just_closed=_just_closed(request, visible),
        today=timezone.localdate(),
        is_editor=is_editor,
    )  # fmt: skip


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: HttpRequest) -> HttpResponse:
    """Ask who is to do something about a question or a record, and until when."""
    task = _about(request)
    form = TaskForm(request.POST or None, instance=task, initial={"assignee": request.user})
    if request.method == "POST" and form.is_valid():
        try:
            tasks.create_task(by=request.user, task=form.instance)
        except tasks.AlreadyOpenError:
            messages.warning(request, _("There is an open task about this already. Here it is."))
            return redirect("search_task", _open_about(task).pk)
        messages.success(request, _("The task has been made."))
        return redirect(f"{reverse('search_tasks')}?liste=offen")
    if known := _open_about(task):
        return redirect("search_task", known.pk)
    return _show_form(request, form, title=_("New task"), subject=subject_of(task, request.user))


@for_everybody_with_tasks
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task; editors may change it while it is open."""
    found = _find(request, pk)
    may_change = may_read_insights(request.user) and not found.closed_at
    form = TaskForm(request.POST or None, instance=found) if may_change else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            tasks.change_task(by=request.user, task=found, **form.cleaned_data)
            messages.success(request, _("The task has been changed."))
            return redirect("search_task", pk)
        found = _find(request, pk)
    (row,) = _rows([found], request.user)
    return _show_form(request, form, title=_("Task"), subject=subject_of(found, request.user), row=row)


@for_everybody_with_tasks
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a task is done; the list offers to take that back."""
    tasks.finish_task(by=request.user, task=_find(request, pk))
    return redirect(f"{reverse('search_tasks')}?{urlencode({'geschlossen': pk})}")


@for_everybody_with_tasks
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a task will not be done, then note it."""
    found = _find(request, pk)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tasks.dismiss_task(by=request.user, task=found, reason=form.cleaned_data["reason"])
        return redirect(f"{reverse('search_tasks')}?{urlencode({'geschlossen': pk})}")
    subject = subject_of(found, request.user)
    return _show_form(request, form, title=_("Dismiss the task"), subject=subject, submit=_("Dismiss the task"))


@for_everybody_with_tasks
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the closing back."""
    try:
        tasks.reopen_task(by=request.user, task=_find(request, pk))
    except tasks.AlreadyOpenError:
        messages.warning(request, _("Meanwhile there is another open task about this, so this one stays closed."))
        return redirect("search_tasks")
    messages.success(request, _("The task is open again."))
    return redirect("search_task", pk)


def _find(request: HttpRequest, pk: int) -> EditorialTask:
    return get_object_or_404(EditorialTask.objects.visible_to(request.user).with_people(), pk=pk)


def _about(request: HttpRequest) -> EditorialTask:
    """Take what a new task is about from the address; only what stands in the lists can be a subject."""
    text = request.GET.get("suche", "")
    if text:
        if not QuestionCount.objects.filter(text=text).exists():
            raise Http404
        return EditorialTask(text=text)
    key = request.GET.get("art", ""), request.GET.get("nummer", "")
    if not _is_visible(key, request.user):
        raise Http404
    return EditorialTask(kind=key[0], object_id=key[1])


def _is_visible(key: Key, person) -> bool:
    try:
        return key in visible_keys([key], person)
    except ValueError:
        # The kind's keys are of another form.
        return False


def _open_about(task: EditorialTask) -> EditorialTask | None:
    about = {"text": task.text, "kind": task.kind, "object_id": task.object_id}
    return EditorialTask.objects.open().filter(**about).first()


def _just_closed(request: HttpRequest, visible) -> dict | None:
    pk = request.GET.get("geschlossen", "")
    found = visible.closed().filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    return {"task": found, "subject": subject_of(found, request.user)} if found else None


def _rows(found, person) -> list[dict]:
    """Complete tasks by what they are about; one question per kind."""
    names = names_of([task.key for task in found if not task.text], person)
    return [{"task": task, "name": names.get(task.key), "search_url": _search_url(task)} for task in found]


def _search_url(task: EditorialTask) -> str:
    return f"{reverse('search:results')}?{urlencode({'q': task.text})}" if task.text else ""


def _way(request: HttpRequest) -> tuple:
    way = insights_way() if may_read_insights(request.user) else ()
    return (*way, (_("Editorial tasks"), reverse("search_tasks")))


def _show_form(request: HttpRequest, form, *, title: str, subject: str, **context) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    context = {"submit": _("Save the task"), "row": None, **context}
    return show(
        request, "search/insights/task.html", title=title, above=_way(request), status=status,
        form=form, subject=subject, today=timezone.localdate(), **context,
    )  # fmt: skip
