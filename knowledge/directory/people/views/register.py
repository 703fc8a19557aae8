"""The register of experts for signed-in people: the list, an entry, a question to an expert, one's own questions."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.models import Expert, ExpertRequest
from knowledge.directory.people.entries import entry_of
from knowledge.directory.people.filters import ExpertFilter
from knowledge.directory.people.forms import QuestionForm
from knowledge.directory.people.presentation import expert_view, page_links, question_views
from knowledge.directory.people.requesting import (
    MOST_A_DAY,
    AlreadyAskedError,
    TooManyQuestionsError,
    ask_expert,
    may_ask,
)
from portal.shared.limits import allow

PER_PAGE = 20
#: Unit: tries an hour. Above what the register itself allows, so that programs are stopped before it is asked.
_TRIES, _AN_HOUR = 20, 3_600


@require_safe
@login_required
def experts(request: HttpRequest) -> HttpResponse:
    """List the experts whom the person may find."""
    context = ExpertFilter(request.GET, Expert.objects.visible_to(request.user)).context()
    context["experts"] = [expert_view(expert) for expert in context["experts"]]
    context["own"] = entry_of(request.user)
    return render(request, "knowledge/directory/people/expert_list.html", context)


@require_safe
@login_required
def expert(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show an entry: what the expert can do, and how to ask; never who it is."""
    found = _found(request, uid)
    context = {"view": expert_view(found), "may_ask": may_ask(request.user, found)}
    context["is_own"] = found.person_id == request.user.pk
    return render(request, "knowledge/directory/people/expert.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask an expert something by way of the portal."""
    found = _found(request, uid)
    if not may_ask(request.user, found):
        return redirect(found)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not allow(request, "ask_expert", key=str(request.user.pk), limit=_TRIES, seconds=_AN_HOUR):
            form.add_error(None, _too_many())
            status = 429
        elif form.is_valid():
            try:
                asked = ask_expert(by=request.user, expert=found, **form.cleaned_data)
            except TooManyQuestionsError:
                form.add_error(None, _too_many())
                status = 429
            except AlreadyAskedError:
                form.add_error(None, _("This expert has not answered your last question yet. Please wait for it."))
            else:
                messages.success(request, _("Your question is sent. You get the answer by e-mail."))
                return redirect("experts:request", asked.pk)
    context = {"view": expert_view(found), "form": form}
    return render(request, "knowledge/directory/people/ask.html", context, status=status)


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """List what the person asked experts."""
    asked = ExpertRequest.objects.asked_by(request.user).select_related("expert")
    page = Paginator(asked, PER_PAGE).get_page(request.GET.get("seite"))
    context = {"questions": question_views(list(page)), "count": page.paginator.count, **page_links(page)}
    return render(request, "knowledge/directory/people/my_questions.html", context)


@require_safe
@login_required
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question with its answer, to the one who asked."""
    asked = get_object_or_404(ExpertRequest.objects.asked_by(request.user).select_related("expert__person"), pk=pk)
    (question,) = question_views([asked])
    return render(request, "knowledge/directory/people/my_question.html", {"question": question})


def _found(request: HttpRequest, uid: uuid.UUID) -> Expert:
    visible = Expert.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(visible.prefetch_related("fields_of_action"), uid=uid)


def _too_many() -> str:
    return _("You have asked %(most)d experts within a day; more are not possible. Please go on tomorrow.") % {
        "most": MOST_A_DAY
    }
