"""What the pages of cooperation have in common: who may come in, forms, confirmations, lists."""

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.directory.keeping.drafts import forget_typed, keep_typed, typed_before
from network.cooperation.models import Agreement, CooperationRequest, ServiceRecord
from network.cooperation.rules import side_of
from portal.shared.limits import allow

View = Callable[..., HttpResponse]
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


def for_members(view: View) -> View:
    """Let in whoever is signed in; what somebody typed whose session had ended is kept until they are back."""

    @never_cache
    @may_be_sent
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # Limited, so that nobody fills the database from outside.
            if request.method == "POST" and allow(request, "cooperation_typed", limit=20, seconds=3600):
                keep_typed(request)
            return redirect_to_login(request.get_full_path())
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            forget_typed(request)
        return answer

    # A session that ends with this form comes here, too, instead of to the page that only shows what was typed.
    guarded.takes_up_what_was_typed = True
    return guarded


def for_members_reading(view: View) -> View:
    """Let in whoever is signed in, to read."""
    return require_http_methods(["GET", "HEAD"])(login_required(view))


def already(request: HttpRequest, about, text: str) -> HttpResponse:
    """Lead whoever pressed a button twice, or comes by an old page, to how things stand."""
    messages.info(request, text)
    return redirect(about)


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
    context["is_typed_before"] = bool(typed_in(request))
    return render(request, "network/cooperation/form_page.html", context, status=422 if form.errors else 200)


class Confirmation(Form):
    """Nothing to fill in but the button."""


def confirmed(request: HttpRequest) -> bool:
    """Tell whether the button was pressed."""
    return request.method == "POST"


def data_of(request: HttpRequest):
    """Return what was sent, nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def typed_in(request: HttpRequest) -> dict[str, str]:
    """Return what was typed here before the session ended, as first values of a form; nothing of it is saved."""
    kept = typed_before(request) if request.method != "POST" else None
    return kept.dict() if kept is not None else {}


def key_of(request: HttpRequest) -> uuid.UUID:
    """Return the key of the form that was sent, or a new one for a form that is opened."""
    try:
        return uuid.UUID(request.POST.get("schluessel", ""))
    except ValueError:
        return uuid.uuid4()


def acting_side(request: HttpRequest, asked: CooperationRequest):
    """Return for which side the reader acts, nothing for whoever stands on both."""
    return side_of(request.user, asked)
