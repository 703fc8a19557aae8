"""The organisation's answer, and what the municipality makes of a counter-proposal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import requests as actions
from network.cooperation.enums import Answer, RequestState, Side
from network.cooperation.forms import AnswerForm, CounterProposalForm
from network.cooperation.models import CooperationRequest, CounterProposal
from network.cooperation.views.pages import (
    Confirmation,
    acting_side,
    already,
    confirmed,
    data_of,
    for_members,
    form_page,
    one_request,
    only_if,
    typed_in,
)


@for_members
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline; nobody asks why."""
    asked = one_request(request, pk)
    if _is_answered(request, asked):
        return already(request, asked, _("Your organisation has answered already."))
    only_if(rules.may_answer(request.user, asked))
    form = AnswerForm(data_of(request), initial=typed_in(request))
    if form.is_valid():
        actions.answer_request(
            by=request.user, request=asked, counter_proposal=None, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Your answer is sent."))
        return redirect(asked)
    return form_page(
        request,
        form,
        heading=_("Answer the request"),
        lead=asked.title,
        text=_("Declining changes nothing about your profile and is shown nowhere."),
        submit=_("Send answer"),
        about=asked,
        back=asked.get_absolute_url(),
    )


@for_members
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose other terms; those of the request stand in the form to begin with."""
    asked = one_request(request, pk)
    if _is_answered(request, asked):
        return already(request, asked, _("Your organisation has answered already."))
    only_if(rules.may_answer(request.user, asked))
    first = CounterProposal(**asked.terms)
    form = CounterProposalForm(data_of(request), instance=first, initial=typed_in(request))
    if form.is_valid():
        actions.answer_request(
            by=request.user,
            request=asked,
            answer=Answer.COUNTER,
            note="",
            counter_proposal=form.save(commit=False),
            at=timezone.now(),
        )
        messages.success(request, _("Your counter-proposal is sent."))
        return redirect(asked)
    return form_page(
        request,
        form,
        heading=_("Make a counter-proposal"),
        lead=asked.title,
        submit=_("Send counter-proposal"),
        about=asked,
        back=asked.get_absolute_url(),
    )


def _is_answered(request: HttpRequest, asked: CooperationRequest) -> bool:
    """Tell whether a second click comes after an answer, or an old page of the organisation."""
    is_answered = asked.state == RequestState.ANSWERED and request.method == "POST"
    return is_answered and acting_side(request, asked) == Side.ORGANISATION


@for_members
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take over the terms of a counter-proposal."""
    asked = one_request(request, pk)
    only_if(rules.may_decide(request.user, asked))
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Take over the counter-proposal"),
            lead=asked.title,
            text=_("From now on these terms hold: %(hours)s hours, %(terms)s. They replace those below.")
            % {
                "hours": localize(asked.counter_proposal.hours),
                "terms": asked.counter_proposal.consideration_in_words,
            },
            about=asked,
            submit=_("Take over the counter-proposal"),
            back=asked.get_absolute_url(),
        )
    actions.take_over_counter_proposal(by=request.user, request=asked)
    messages.success(request, _("The counter-proposal is taken over. Next, one of you writes the agreement."))
    return redirect(asked)
