"""What an expert is asked by way of the portal, and how they answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.models import ExpertRequest
from knowledge.directory.people.forms import ACCEPT, AnswerForm
from knowledge.directory.people.letters import revealed
from knowledge.directory.people.presentation import page_links
from knowledge.directory.people.requesting import answer_request

PER_PAGE = 20


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """List what the person was asked, what waits for an answer first."""
    received = ExpertRequest.objects.received_by(request.user).select_related("asked_by__municipality")
    page = Paginator(received.waiting_first(), PER_PAGE).get_page(request.GET.get("seite"))
    context = {"requests": page, "count": page.paginator.count, **page_links(page)}
    return render(request, "knowledge/directory/people/received_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def one_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question, and take the answer to it; an answer stands."""
    received = ExpertRequest.objects.received_by(request.user)
    asked = get_object_or_404(received.select_related("asked_by__municipality", "expert__person"), pk=pk)
    form = None
    if asked.answered_at is None:
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            answer_request(
                by=request.user,
                request=asked,
                is_accepted=form.cleaned_data["decision"] == ACCEPT,
                answer=form.cleaned_data["answer"],
                reveals=form.cleaned_data["reveals"],
            )
            messages.success(request, _("Your answer is sent."))
            return redirect("own_expert:request", asked.pk)
    context = {"asked": asked, "form": form, "revealed": revealed(asked) if asked.revealed else []}
    status = 422 if form is not None and form.errors else 200
    return render(request, "knowledge/directory/people/received.html", context, status=status)
