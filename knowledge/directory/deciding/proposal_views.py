"""The editors' pages of proposals: a list, and each field by field with its decision."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
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
from knowledge.directory.enums import ChangeAct, ChangeState
from knowledge.directory.keeping.marks import UnreadProposalError, mark_of_change
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
    change = _find(pk)
    accepts = request.method == "POST" and "annehmen" in request.POST
    declines = request.method == "POST" and "ablehnen" in request.POST
    form = _check_form(change, request.POST if accepts else None)
    decline_form = DeclineForm(request.POST if declines else None, prefix="d")
    answer = None
    if accepts and form.is_valid():
        answer = _decide(request, change, decisions.accept, checked=form.checked())
    elif declines and decline_form.is_valid():
        answer = _decide(request, change, decisions.decline, reason=decline_form.cleaned_data["reason"])
    else:
        return _show(request, change, form, decline_form)
    if answer is None:
        # What was typed stays, the decision is to be made anew about what is proposed by now.
        change = _find(pk)
        typed = request.POST if accepts else None
        return _show(request, change, _check_form(change, typed), decline_form, is_unread=True)
    return answer


def _find(pk: int) -> ProfileChange:
    people = ("organisation", "proposed_by", "decided_by")
    return get_object_or_404(ProfileChange.objects.select_related(*people), pk=pk)


def _check_form(change: ProfileChange, typed: QueryDict | None) -> Form:
    is_removal = change.act == ChangeAct.REMOVE
    form_class = check_form_for(ProfileChange if is_removal else kind_of(change).model)
    # No status is chosen beforehand: one click would take a confirmation away.
    return form_class(typed, prefix="a")


def _show(
    request: HttpRequest, change: ProfileChange, form: Form, decline_form: Form, *, is_unread: bool = False
) -> HttpResponse:
    (shown,) = shown_proposals([change])
    proof = Representation.objects.filter(organisation=change.organisation, person=change.proposed_by).first()
    # What comes back with errors keeps the mark of what was read with it.
    is_fresh = is_unread or request.method != "POST"
    return show_page(
        request,
        "proposal.html",
        title=str(change),
        above=((_("Proposed changes"), reverse("directory_proposals")),),
        status=409 if is_unread else 422 if form.errors or decline_form.errors else 200,
        proposal=shown,
        target=kind_of(change).find(change.organisation, change.target_id),
        is_open=change.state == ChangeState.OPEN,
        is_unread=is_unread,
        read=mark_of_change(change) if is_fresh else request.POST.get("gelesen", ""),
        form=form,
        decline_form=decline_form,
        representation=proof,
    )


def _decide(request: HttpRequest, change: ProfileChange, decision: Callable, **values) -> HttpResponse | None:
    """Let the decision take effect; nothing where the proposal is not the one that was read."""
    try:
        decision(by=request.user, change=change, read=request.POST.get("gelesen", ""), **values)
    except decisions.TargetGoneError:
        messages.error(request, _("What the proposal is about is not there any more. It can only be declined."))
        return redirect("directory_proposal", change.pk)
    except UnreadProposalError:
        return None
    except PermissionDenied:
        return _already_decided(request)
    if decision is decisions.accept:
        messages.success(request, _("The proposal is accepted and holds now. The person who made it is told."))
    else:
        messages.success(request, _("The proposal is declined. The person who made it is told why."))
    return redirect("directory_proposals")


def _already_decided(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("The proposal was decided or withdrawn in the meantime."))
    return redirect("directory_proposals")
