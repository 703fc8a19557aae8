"""The pages behind the links in mails: what has changed, and taking the entry out; nobody signs in."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.directory.enums import ConfirmationAnswer, EntryState
from knowledge.directory.models import Confirmation, EntryRemark
from knowledge.directory.upkeep import telling
from knowledge.directory.upkeep.links import is_of_one_of, read_link_to_leave, read_link_to_tell
from knowledge.directory.upkeep.recipients import keepers_addresses, recipients
from portal.shared.limits import allow

_FOLDER = "knowledge/directory/upkeep"
_PER_HOUR = 10
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


class TellForm(forms.Form):
    """What has changed, in one's own words."""

    text = forms.CharField(
        label=_("What has changed?"), max_length=EntryRemark._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example a telephone number, opening times or an offer that has ended."),
        error_messages={"required": _("Please write what has changed.")},
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Why, for whoever wants to say so."""

    reason = forms.CharField(
        label=_("What should the editors know?"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@never_cache
@may_be_sent
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """Take down what has changed."""
    organisation = read_link_to_tell(token)
    if organisation is None or not (organisation.is_shown or organisation.state == EntryState.ARCHIVED):
        return _unknown(request)
    form = TellForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if allow(request, "entry-told", limit=_PER_HOUR, seconds=3_600):
            telling.tell(organisation=organisation, text=form.cleaned_data["text"])
            return redirect(f"{request.path}?gesendet=1")
        form.add_error(None, _("Many remarks have come from here within an hour. Please try again later."))
    context = {
        "organisation": organisation,
        "form": form,
        "is_kept": bool(keepers_addresses(organisation)),
        "is_sent": request.method != "POST" and "gesendet" in request.GET,
    }
    return render(request, f"{_FOLDER}/tell.html", context, status=422 if form.errors else 200)


@never_cache
@may_be_sent
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then take the entry out."""
    question = _question_of(token)
    if question is None:
        return _unknown(request)
    is_done = question.answer == ConfirmationAnswer.LEFT
    if not is_done and not question.organisation.is_shown:
        return _unknown(request)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        telling.leave(question=question, **form.cleaned_data)
        return redirect(request.path)
    context = {"organisation": question.organisation, "form": form, "is_done": is_done}
    return render(request, f"{_FOLDER}/leave.html", context, status=422 if form.errors else 200)


def _question_of(token: str) -> Confirmation | None:
    """Return the question behind a link, if who got the link is still written to about the entry."""
    found = read_link_to_leave(token)
    if found is None:
        return None
    question, mark = found
    return question if is_of_one_of(mark, recipients(question.organisation, is_reminder=True)) else None


def _unknown(request: HttpRequest) -> HttpResponse:
    # Whoever finds an old mail learns nothing about an entry that is no longer shown.
    return render(request, f"{_FOLDER}/confirm.html", {"state": "unknown"}, status=404)
