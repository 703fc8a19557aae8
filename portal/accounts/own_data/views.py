"""One's own data: see them, take them along, withdraw consents, leave, have the account deleted."""

import tempfile

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.actions.consents import NeededForAccountError, withdraw_consent
from portal.accounts.actions.farewell import (
    LastAdministratorError,
    TooLateError,
    leave,
    may_be_deleted_after_leaving,
    may_be_taken_back,
    request_deletion,
    request_deletion_after_leaving,
    take_back_deletion,
)
from portal.accounts.confirming import ask_who_it_is_before, is_confirmed
from portal.accounts.models import WAITING_DAYS
from portal.accounts.own_data.export import write_archive
from portal.accounts.own_data.forms import FarewellForm
from portal.accounts.own_data.links import find_farewell, find_leave
from portal.accounts.own_data.presentation import sections
from portal.accounts.own_data.purposes import find_purpose
from portal.audit.actions import record
from portal.shared.limits import allow

EXPORTS_PER_DAY = 5
_DAY = 24 * 3600
#: Unit: bytes. What is smaller never touches the disk.
_IN_MEMORY = 5 * 1024 * 1024
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    """Show what the portal holds about the person, why, and how long."""
    return _own_data_page(request)


def _own_data_page(request: HttpRequest, *, limit_reached: bool = False) -> HttpResponse:
    shown, empty = sections(request.user)
    context = {"sections": shown, "empty": empty, "limit_reached": limit_reached, "limit": EXPORTS_PER_DAY}
    return render(request, "account/own_data/overview.html", context, status=429 if limit_reached else 200)


@may_be_sent
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Hand out everything as an archive; whoever comes without the button is led to it."""
    if request.method != "POST":
        return redirect("account_own_data")
    if not is_confirmed(request):
        saying = _("Thank you, it is you. Now you can download your data.")
        return ask_who_it_is_before(request, reverse("account_own_data"), saying)
    if not allow(request, "own_data_export", key=str(request.user.pk), limit=EXPORTS_PER_DAY, seconds=_DAY):
        return _own_data_page(request, limit_reached=True)
    now = timezone.now()
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed by the response.
    contents = write_archive(request.user, at=now, stream=stream)
    size_bytes = stream.tell()
    stream.seek(0)
    after = {"files": len(contents.files), "bytes": size_bytes}
    record(action="account.exported", by=request.user, about=request.user, after=after)
    name = f"meine-daten-{timezone.localdate(now).isoformat()}.zip"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")


@require_safe
@login_required
def consents(request: HttpRequest) -> HttpResponse:
    """Show what the person agreed to, with the words and the dates."""
    rows = [{"consent": consent, "purpose": find_purpose(consent.purpose)} for consent in request.user.consents.all()]
    live = [row for row in rows if row["consent"].withdrawn_at is None]
    past = [row for row in rows if row["consent"].withdrawn_at is not None]
    return render(request, "account/own_data/consents.html", {"live": live, "past": past})


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one consent."""
    consent = get_object_or_404(request.user.consents.all(), pk=pk)
    try:
        withdraw_consent(person=request.user, consent=consent)
    except NeededForAccountError:
        messages.error(request, _("Without this consent the account cannot go on. You can leave the network instead."))
    else:
        messages.success(request, _("Your consent is withdrawn."))
    return redirect("account_consents")


@may_be_sent
@login_required
@reauthentication_required
def leaving(request: HttpRequest) -> HttpResponse:
    """Say what leaving means, and let the person go."""
    return _farewell(request, act=leave, template="account/own_data/leave.html", then="account_has_left")


@may_be_sent
@login_required
@reauthentication_required
def deletion(request: HttpRequest) -> HttpResponse:
    """Say what deletion means, and note the wish."""
    template = "account/own_data/delete.html"
    return _farewell(request, act=request_deletion, template=template, then="account_deletion_requested")


def _farewell(request: HttpRequest, *, act, template: str, then: str) -> HttpResponse:
    form = FarewellForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(by=request.user, keeps_name=form.keeps_name)
        except LastAdministratorError:
            form.add_error(
                None,
                _(
                    "You are the only administrator of the network. Make somebody else administrator first; "
                    "then you can go."
                ),
            )
        else:
            logout(request)
            return redirect(then)
    context = {"form": form, "days": WAITING_DAYS}
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def has_left(request: HttpRequest) -> HttpResponse:
    """Confirm to somebody who is signed out by now."""
    return render(request, "account/own_data/goodbye.html", {"waits_for_deletion": False, "days": WAITING_DAYS})


@may_be_sent
def deletion_after_leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Open the page behind the link in the mail about leaving; only its button asks for the deletion."""
    left, template = find_leave(token), "account/own_data/delete_after_leaving.html"
    if left is None or not may_be_deleted_after_leaving(left):
        return render(request, template, {"farewell": None}, status=404)
    if request.method == "POST":
        try:
            request_deletion_after_leaving(farewell=left)
        except TooLateError:
            return render(request, template, {"farewell": None}, status=404)
        return redirect("account_deletion_requested")
    return render(request, template, {"farewell": left, "days": WAITING_DAYS})


@require_safe
def deletion_requested(request: HttpRequest) -> HttpResponse:
    """Confirm, and say how the wish is taken back."""
    return render(request, "account/own_data/goodbye.html", {"waits_for_deletion": True, "days": WAITING_DAYS})


@may_be_sent
def taking_back(request: HttpRequest, token: str) -> HttpResponse:
    """Open the page behind the mailed link; only its button takes the wish back, since mail programs open links."""
    farewell = find_farewell(token)
    if farewell is None or not may_be_taken_back(farewell):
        return render(request, "account/own_data/take_back.html", {"farewell": None}, status=404)
    if request.method == "POST":
        try:
            person = take_back_deletion(farewell=farewell)
        except TooLateError:
            return render(request, "account/own_data/take_back.html", {"farewell": None}, status=404)
        if not person.is_active:
            messages.success(request, _("The deletion is taken back. Your account stays closed."))
            return redirect("/")
        messages.success(request, _("Your account is open again. Please sign in."))
        return redirect("account_login")
    return render(request, "account/own_data/take_back.html", {"farewell": farewell})
