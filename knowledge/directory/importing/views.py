"""The editors' pages of the import: bring a list, name its columns, look at the dry run, take over, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.directory.deciding.pages import for_caretakers
from knowledge.directory.importing import actions
from knowledge.directory.importing.forms import ColumnsForm, ListFileForm
from knowledge.directory.importing.planning import Status
from knowledge.directory.importing.presentation import left_lines, shown_rows, summary_of
from knowledge.directory.importing.reading.headings import PERSON
from knowledge.directory.importing.reading.outcome import Remark
from knowledge.directory.importing.records import UNDOABLE, Outcome, State, choices_of, mapping_of
from knowledge.directory.importing.undoing import Touched, begin_to_undo, touched_entries
from knowledge.directory.importing.wording import REMARKS
from knowledge.directory.models import DirectoryImport, Organisation
from search.insights.pages import page_of, show

ROWS_PER_PAGE = 25
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@for_caretakers
@may_be_sent
def lists(request: HttpRequest) -> HttpResponse:
    """Take a list, have it read and go on to its columns; show earlier ones."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListFileForm(*sent)
    if form.is_valid():
        return redirect(
            "directory_import_columns", actions.keep_list(by=request.user, upload=form.upload, table=form.table).pk
        )
    found = DirectoryImport.objects.select_related("uploaded_by").defer("rows", "decisions")
    items = page_of(found, request)
    rows = [(listed, Outcome.of(listed)) for listed in items]
    return _show(request, "lists.html", title=_("Take over a list"), form=form, items=items, rows=rows, states=State)


@for_caretakers
@may_be_sent
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the columns hold."""
    listed = get_object_or_404(DirectoryImport, pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state not in (State.READ, State.PLANNED):
        return redirect("directory_import", listed.pk)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        columns=listed.columns,
        rows=listed.rows,
        mapping=mapping_of(listed),
        choices=choices_of(listed),
    )
    if form.is_valid():
        return _act(
            request, listed, actions.name_columns, mapping=form.mapping, choices=form.choices,
            told=_("The columns are named. Please look through the rows."),
        )  # fmt: skip
    return _show(
        request,
        "columns.html",
        title=_("What do the columns hold?"),
        above=_above(),
        form=form,
        listed=listed,
        remarks=[REMARKS[Remark(remark)] for remark in outcome.remarks],
        total=outcome.total,
        has_persons=PERSON in listed.mapping.values(),
        taken_before=actions.taken_before(listed),
    )


@for_caretakers
@may_be_sent
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the dry run and take decisions; afterwards show what was done."""
    listed = get_object_or_404(DirectoryImport, pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state == State.READ:
        return redirect("directory_import_columns", listed.pk)
    if outcome.state != State.PLANNED:
        return _result(request, listed, outcome)
    chosen = request.GET.get("zeige", "")
    indexes = [index for index, kept in enumerate(outcome.plan) if chosen in ("", kept[0])]
    page = Paginator(indexes, ROWS_PER_PAGE).get_page(request.GET.get("p"))
    planned = actions.planned_rows(listed, list(page.object_list))
    if request.method == "POST":
        return _decide(request, listed, planned)
    statuses = [kept[0] for kept in outcome.plan]
    return _show(
        request,
        "look.html",
        title=_("Dry run"),
        above=_above(),
        listed=listed,
        items=page,
        rows=shown_rows(listed, planned),
        summary=summary_of(listed),
        tabs=[
            (f"{label} ({statuses.count(status) if status else len(statuses)})", f"?zeige={status}", status == chosen)
            for status, label in [("", _("All rows")), *Status.choices]
        ],
    )


@for_caretakers
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to take the list over, or carry on."""
    listed = get_object_or_404(DirectoryImport, pk=pk)
    return _act(request, listed, actions.begin, told="")


@for_caretakers
@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a list that was not taken over."""
    listed = get_object_or_404(DirectoryImport, pk=pk)
    told = _("The list “%(file)s” was thrown away.") % {"file": listed.filename}
    return _act(request, listed, actions.throw_away, told=told, to="directory_imports")


@for_caretakers
@may_be_sent
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then undo the whole import; where somebody worked with entries since, say with which."""
    listed = get_object_or_404(DirectoryImport, pk=pk)
    outcome = Outcome.of(listed)
    if outcome.state not in UNDOABLE:
        return redirect("directory_import", listed.pk)
    touched = touched_entries(listed)
    if request.method == "POST" and not touched:
        try:
            return _act(request, listed, begin_to_undo, told="")
        except Touched as error:
            touched = error.keys
    entries = Organisation.objects.filter(pk__in=touched).order_by("sorted_as", "pk")
    return _show(
        request, "undo.html", title=_("Undo the import"), above=_above(), listed=listed, outcome=outcome,
        items=page_of(entries, request), is_touched=bool(touched),
    )  # fmt: skip


def _decide(request: HttpRequest, listed: DirectoryImport, planned) -> HttpResponse:
    names = {f"row-{one.index}": one.index for one in planned}
    decisions = {names[name]: value for name, value in request.POST.items() if name in names}
    address = request.get_full_path()
    try:
        actions.decide(by=request.user, listed=listed, decisions=decisions, shown=planned)
    except actions.NotInThisState:
        return _too_late(request, listed)
    messages.success(request, _("Your decisions are kept."))
    return redirect(address)


def _act(request: HttpRequest, listed: DirectoryImport, act, *, told: str, to: str = "", **values) -> HttpResponse:
    """Do what was clicked, and say so where the list stood elsewhere by then."""
    pk = listed.pk
    try:
        act(by=request.user, listed=listed, **values)
    except actions.NotInThisState:
        return _too_late(request, listed)
    except actions.AnotherOneRuns:
        messages.error(request, _("Another list is being taken over at the moment. Please try again in some minutes."))
        return redirect("directory_import", pk)
    if told:
        messages.success(request, told)
    return redirect(to) if to else redirect("directory_import", pk)


def _too_late(request: HttpRequest, listed: DirectoryImport) -> HttpResponse:
    messages.error(request, _("Nothing was done: somebody has gone on with this list in the meantime."))
    return redirect("directory_import", listed.pk)


def _result(request: HttpRequest, listed: DirectoryImport, outcome: Outcome) -> HttpResponse:
    entries = Organisation.objects.filter(pk__in={*outcome.created, *outcome.filled}).order_by("sorted_as", "pk")
    items = page_of(entries, request)
    rows = [
        (one, outcome.created.get(one.pk) or outcome.filled[one.pk]["line"], one.pk in outcome.created) for one in items
    ]
    return _show(
        request, "result.html", title=listed.filename, above=_above(), listed=listed, outcome=outcome, items=items,
        rows=rows, left=left_lines(outcome), state=State(outcome.state),
        proposals=sum(len(filled["proposals"]) for filled in outcome.filled.values()),
        is_running=outcome.state == State.RUNNING,
        may_throw_away=actions.may_be_thrown_away(outcome), may_undo=outcome.state in UNDOABLE,
        may_carry_on=outcome.state == State.STOPPED
        or (outcome.state == State.RUNNING and actions.is_interrupted(outcome)),
    )  # fmt: skip


def _above() -> tuple:
    return ((_("Take over a list"), reverse("directory_imports")),)


def _show(request: HttpRequest, template: str, *, above: tuple = (), **context) -> HttpResponse:
    """Show a page below the state of the directory."""
    way = ((_("State of the directory"), reverse("directory_freshness")), *above)
    return show(request, f"knowledge/directory/importing/{template}", above=way, header_icon="upload", **context)
