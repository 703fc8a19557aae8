"""The pages behind the links in mails to organisations whose entry nobody keeps: nobody signs in.

Opening them changes nothing; only their buttons do.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from network.cooperation.actions import by_link as actions
from network.cooperation.counting import ledger_of
from network.cooperation.enums import Answer
from network.cooperation.forms import AnswerForm, CommentForm, CounterProposalForm
from network.cooperation.links import ledger_behind, request_behind
from network.cooperation.models import CounterProposal, LedgerComment
from network.cooperation.views.pages import data_of, form_page, may_be_sent


@never_cache
@may_be_sent
def request(request: HttpRequest, token: str) -> HttpResponse:
    """Show the whole request to whoever holds the link, and take the answer; nobody asks why."""
    asked = request_behind(token)
    if asked is None:
        return _gone(request)
    form = AnswerForm(data_of(request))
    if form.is_valid():
        try:
            actions.answer_by_link(request=asked, counter_proposal=None, at=timezone.now(), **form.cleaned_data)
        except PermissionDenied:
            messages.error(request, _("This request has been answered or withdrawn meanwhile."))
        else:
            messages.success(request, _("Your answer is sent."))
        return redirect(request.path)
    context = {"asked": asked, "form": form, "token": token}
    return render(request, "network/cooperation/by_link.html", context, status=422 if form.errors else 200)


@never_cache
@may_be_sent
def counter_proposal(request: HttpRequest, token: str) -> HttpResponse:
    """Propose other terms; those of the request stand in the form to begin with."""
    asked = request_behind(token)
    if asked is None:
        return _gone(request)
    if not asked.waits_for_answer:
        return redirect("cooperation:by_link", token)
    form = CounterProposalForm(data_of(request), instance=CounterProposal(**asked.terms))
    if form.is_valid():
        actions.answer_by_link(
            request=asked,
            answer=Answer.COUNTER,
            note="",
            counter_proposal=form.save(commit=False),
            at=timezone.now(),
        )
        messages.success(request, _("Your counter-proposal is sent."))
        return redirect("cooperation:by_link", token)
    return form_page(
        request,
        form,
        heading=_("Make a counter-proposal"),
        lead=asked.title,
        submit=_("Send counter-proposal"),
        back=request.path.removesuffix("gegenvorschlag/"),
        about=asked,
        public=True,
    )


@never_cache
@require_POST
def taking_requests(request: HttpRequest, token: str) -> HttpResponse:
    """Stop requests to the organisation, or welcome them again."""
    asked = request_behind(token)
    if asked is None:
        return _gone(request)
    takes = request.POST.get("annehmen") == "ja"
    actions.take_requests_by_link(request=asked, takes=takes)
    done = _("You get requests again.") if takes else _("You get no more requests. The profile says so.")
    messages.success(request, done)
    return redirect("cooperation:by_link", token)


@never_cache
@may_be_sent
def ledger(request: HttpRequest, token: str) -> HttpResponse:
    """Show an organisation its ledger of a year before anything is published, and take its comment."""
    found = ledger_behind(token)
    if found is None:
        return _gone(request)
    organisation, balance = found
    today = timezone.localdate()
    form = CommentForm(data_of(request))
    if balance.takes_comments(today) and form.is_valid():
        actions.comment_ledger_by_link(
            organisation=organisation, balance=balance, text=form.cleaned_data["text"], on=today
        )
        messages.success(request, _("Your comment is sent. An editor replies before the balance is published."))
        return redirect(request.path)
    context = {
        "organisation": organisation,
        "years": [balance.year],
        "year": balance.year,
        "lines": ledger_of(organisation, balance.year),
        "balance": balance,
        "is_open": balance.takes_comments(today),
        "form": form,
        "comments": LedgerComment.objects.filter(organisation=organisation, balance=balance),
        "public": True,
    }
    return render(request, "network/cooperation/ledger.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    # Whoever finds an old mail learns nothing about what was asked.
    return render(request, "network/cooperation/link_gone.html", status=404)
