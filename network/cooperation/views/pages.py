"""What the pages of cooperation have in common: who may come in, forms, confirmations, lists."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from network.cooperation.models import Agreement, CooperationRequest, ServiceRecord
from network.cooperation.rules import side_of

PER_PAGE = 20
View = Callable[..., HttpResponse]
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


def for_members(view: View) -> View:
    """Let in whoever is signed in."""
    return may_be_sent(login_required(view))


def for_members_reading(view: View) -> View:
    """Let in whoever is signed in, to read."""
    return require_http_methods(["GET", "HEAD"])(login_required(view))


def only_if(allowed: bool) -> None:
    """Answer to whoever may read something but not do this as if there were nothing to do."""
    if not allowed:
        raise PermissionDenied


def one_request(request: HttpRequest, pk: int) -> CooperationRequest:
    """Return a request that the reader may see, else nothing is there."""
    rows = CooperationRequest.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("municipality", "organisation", "department", "asked_by", "agreement", "counter_proposal"),
        pk=pk,
    )


def one_agreement(request: HttpRequest, pk: int) -> Agreement:
    """Return an agreement that the reader may see, else nothing is there."""
    return get_object_or_404(Agreement.objects.visible_to(request.user).for_lists(), pk=pk)


def one_record(request: HttpRequest, pk: int) -> ServiceRecord:
    """Return a record that the reader may see, else nothing is there."""
    return get_object_or_404(ServiceRecord.objects.visible_to(request.user).for_lists(), pk=pk)


def only_insiders(view: View) -> View:
    """Hide a page from whoever stands on neither side; the rules ask in detail."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        from network.cooperation.rules import may_publish_balance, takes_part

        if not takes_part(request.user) and not may_publish_balance(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def form_page(request: HttpRequest, form: BaseForm, *, heading: str, submit: str, back: str, **more) -> HttpResponse:
    """Show a form or, without fields, a confirmation; `more` may hold lead, text, danger, warning and blocks around."""
    context = {"form": form, "heading": heading, "submit": submit, "back": back, **more}
    return render(request, "network/cooperation/form_page.html", context, status=422 if form.errors else 200)


class Confirmation(Form):
    """Nothing to fill in but the button."""


def confirmed(request: HttpRequest) -> bool:
    """Tell whether the button was pressed."""
    return request.method == "POST"


def page_of(request: HttpRequest, rows, kept: str = "") -> tuple[Page, dict]:
    """Return one page of a list and what the pagination component takes; `kept` is the rest of the address."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))

    def link(number: int) -> str:
        return f"?{kept}{'&' if kept else ''}seite={number}"

    links = [
        {"number": number, "url": link(number), "current": number == page.number}
        if isinstance(number, int)
        else {"number": None}
        for number in page.paginator.get_elided_page_range(page.number)
    ]
    return page, {
        "count": page.paginator.count,
        "page_links": links,
        "previous_url": link(page.previous_page_number()) if page.has_previous() else "",
        "next_url": link(page.next_page_number()) if page.has_next() else "",
    }


def data_of(request: HttpRequest):
    """Return what was sent, nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def acting_side(request: HttpRequest, asked: CooperationRequest):
    """Return for which side the reader acts, nothing for whoever stands on both."""
    return side_of(request.user, asked)
