"""The editors' pages of proposals: a list, and each field by field with its decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.deciding import decisions
from knowledge.directory.deciding.forms import (
    DeclineForm,
    check_form_for,
)
from knowledge.directory.deciding.pages import for_caretakers, page_of, show_page
from knowledge.directory.enums import Assurance, ChangeAct, ChangeState
from knowledge.directory.keeping.presentation import shown_proposals
from knowledge.directory.keeping.sensitive import kind_of
from knowledge.directory.models import ProfileChange, Representation

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@for_caretakers
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show the proposals, open ones first come first, or decided ones."""
    is_closed = request.GET.get("liste") == "entschieden"
    found = ProfileChange.objects.select_related("organisation", "proposed_by", "decided_by")
    if is_closed:
        found = found.exclude(state=ChangeState.OPEN).order_by("-decided_at", "-pk")
    else:
        found = found.filter(state=ChangeState.OPEN).order_by("proposed_at", "pk")
    return show_page(
        request,
        "proposals.html",
        title=_("Proposed changes"),
        items=page_of(found, request),
        is_closed=is_closed,
        tabs=[(_("Open"), "?", not is_closed), (_("Decided"), "?liste=entschieden", is_closed)],
    )


@for_caretakers
@may_be_sent
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal field by field; accept it with what was checked, or decline it with a reason."""
    people = ("organisation", "proposed_by", "decided_by")
    change = get_object_or_404(ProfileChange.objects.select_related(*people), pk=pk)
    (shown,) = shown_proposals([change])
    kind = kind_of(change)
    is_removal = change.act == ChangeAct.REMOVE
    form_class = check_form_for(ProfileChange if is_removal else kind.model)
    accepts = request.method == "POST" and "annehmen" in request.POST
    declines = request.method == "POST" and "ablehnen" in request.POST
    form = form_class(request.POST if accepts else None, prefix="a", initial={"assurance": Assurance.DECLARED})
    decline_form = DeclineForm(request.POST if declines else None, prefix="d")
    if accepts and form.is_valid():
        return _accept(request, change, form.checked())
    if declines and decline_form.is_valid():
        return _decline(request, change, decline_form.cleaned_data["reason"])
    proof = Representation.objects.filter(organisation=change.organisation, person=change.proposed_by).first()
    return show_page(
        request,
        "proposal.html",
        title=str(change),
        above=((_("Proposed changes"), reverse("directory_proposals")),),
        status=422 if form.errors or decline_form.errors else 200,
        proposal=shown,
        is_open=change.state == ChangeState.OPEN,
        form=form,
        decline_form=decline_form,
        representation=proof,
    )


def _accept(request: HttpRequest, change: ProfileChange, checked: dict) -> HttpResponse:
    try:
        decisions.accept(by=request.user, change=change, checked=checked)
    except decisions.TargetGoneError:
        messages.error(request, _("What the proposal is about is not there any more. It can only be declined."))
        return redirect("directory_proposal", change.pk)
    except PermissionDenied:
        return _already_decided(request)
    messages.success(request, _("The proposal is accepted and holds now. The person who made it is told."))
    return redirect("directory_proposals")


def _decline(request: HttpRequest, change: ProfileChange, reason: str) -> HttpResponse:
    try:
        decisions.decline(by=request.user, change=change, reason=reason)
    except PermissionDenied:
        return _already_decided(request)
    messages.success(request, _("The proposal is declined. The person who made it is told why."))
    return redirect("directory_proposals")


def _already_decided(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("The proposal was decided or withdrawn in the meantime."))
    return redirect("directory_proposals")
