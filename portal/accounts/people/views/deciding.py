"""A request for an account as its decider reads it; approving is inviting, declining needs words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.actions.requests import decline_request
from portal.accounts.enums import RequestState
from portal.accounts.models import JoinRequest, User
from portal.accounts.people.forms import RefusalForm
from portal.accounts.people.pages import for_administrators, show, show_form


@for_administrators
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Show every open request, the oldest first."""
    found = JoinRequest.objects.decidable_by(request.user).open().select_related("municipality")
    return show(
        request, "people/requests.html", heading=_("Open requests"), requests=found.order_by("created_at", "pk")[:200]
    )


@for_administrators
@require_safe
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request and what can be done about it; to colleagues who come late, that it was decided."""
    wish = get_object_or_404(JoinRequest.objects.decidable_by(request.user).select_related("municipality"), pk=pk)
    if wish.state != RequestState.OPEN:
        return show(request, "people/request_decided.html", heading=_("This request was already decided"), wish=wish)
    return show(
        request,
        "people/request.html",
        heading=_("Request by %(name)s") % {"name": wish.display_name},
        wish=wish,
        known=User.objects.administrable_by(request.user).filter(email__iexact=wish.email).first(),
    )


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then decline."""
    wish = _find(request, pk)
    page = reverse("people:request", args=[pk])
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_request(by=request.user, request=wish, **form.cleaned_data)
        messages.success(request, _("The request is declined; the person is told why."))
        return redirect("people:list")
    return show_form(
        request,
        form,
        heading=_("Decline the request"),
        submit=_("Decline request"),
        cancel=page,
        crumbs=[(_("Request by %(name)s") % {"name": wish.display_name}, page)],
        is_dangerous=True,
        wish=wish,
    )


def _find(request: HttpRequest, pk: int) -> JoinRequest:
    return get_object_or_404(
        JoinRequest.objects.decidable_by(request.user).open().select_related("municipality"), pk=pk
    )
