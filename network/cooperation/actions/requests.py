"""What happens to requests: they are drafted, sent, answered, decided about and withdrawn."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from network.cooperation import letters, rules
from network.cooperation.enums import Answer, RequestState
from network.cooperation.models import CooperationRequest, CounterProposal
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record


class NotTakingRequestsError(ValueError):
    """The organisation takes no requests at present."""


@transaction.atomic
def save_draft(*, by: User, request: CooperationRequest) -> CooperationRequest:
    """Keep a draft, which the municipality alone reads."""
    ask_anew(by)
    if not rules.may_edit(by, request):
        raise PermissionDenied
    if request.pk is None:
        request.asked_by = by
    elif not CooperationRequest.objects.select_for_update().filter(pk=request.pk, state=RequestState.DRAFT).exists():
        raise PermissionDenied
    request.keep_only_what_was_chosen()
    request.save()
    return request


@transaction.atomic
def remove_draft(*, by: User, request: CooperationRequest) -> None:
    """Remove a draft for good; nobody but the municipality has read it."""
    request = _locked(by, request)
    if not rules.may_edit(by, request):
        raise PermissionDenied
    record(action="cooperation.draft_removed", by=by, about=request)
    request.delete()


def missing(request: CooperationRequest) -> dict[str, ValidationError]:
    """Return what a draft lacks before it can be sent, by field."""
    from django.utils.translation import gettext as _

    wanted = {
        "occasion": _("Please say what the occasion is."),
        "service": _("Please say what you expect."),
        "wanted_on": _("Please enter the date."),
        "answer_by": _("Please say by when you need an answer."),
        "use_of_results": _("Please say how the results are used."),
        "credit": _("Please say how the organisation is named."),
    }
    empty = {
        name: ValidationError(text, code="required") for name, text in wanted.items() if not getattr(request, name)
    }
    return empty | request.terms_errors()


@transaction.atomic
def send_request(*, by: User, request: CooperationRequest, at: datetime.datetime) -> None:
    """Send a draft; not without consideration, and not to whom no request is welcome now."""
    request = _locked(by, request)
    if not rules.may_edit(by, request):
        raise PermissionDenied
    if not request.organisation.takes_requests or not request.organisation.is_shown:
        raise NotTakingRequestsError
    if errors := missing(request):
        raise ValidationError(errors)
    request.state, request.sent_at, request.asked_by = RequestState.SENT, at, by
    request.save(update_fields=["state", "sent_at", "asked_by"])
    _log("cooperation.sent", by, request)
    letters.after_commit(letters.request_arrived, request)


@transaction.atomic
def answer_request(
    *,
    by: User,
    request: CooperationRequest,
    answer: str,
    note: str,
    counter_proposal: CounterProposal | None,
    at: datetime.datetime,
) -> None:
    """Answer for the organisation; nobody asks why, and nothing else about the organisation changes by it."""
    request = _locked(by, request)
    if not rules.may_answer(by, request):
        raise PermissionDenied
    request.state, request.answer, request.answer_note = RequestState.ANSWERED, Answer(answer), note
    request.answered_by, request.answered_at = by, at
    request.save(update_fields=["state", "answer", "answer_note", "answered_by", "answered_at"])
    if answer == Answer.COUNTER:
        counter_proposal.request, counter_proposal.made_by, counter_proposal.made_at = request, by, at
        counter_proposal.keep_only_what_was_chosen()
        if errors := counter_proposal.terms_errors():
            raise ValidationError(errors)
        counter_proposal.save()
    _log("cooperation.answered", by, request)
    letters.after_commit(letters.request_answered, request)


@transaction.atomic
def take_over_counter_proposal(*, by: User, request: CooperationRequest) -> None:
    """Take over what the organisation proposed; from now on these are the request's terms."""
    request = _locked(by, request)
    if not rules.may_decide(by, request):
        raise PermissionDenied
    for name, value in request.counter_proposal.terms.items():
        setattr(request, name, value)
    request.answer = Answer.ACCEPTED
    request.save(update_fields=["answer", *CooperationRequest.TERM_FIELDS])
    _log("cooperation.decided", by, request)
    letters.after_commit(letters.counter_proposal_taken_over, request)


@transaction.atomic
def withdraw_request(*, by: User, request: CooperationRequest, at: datetime.datetime) -> None:
    """Take a request back; the organisation is told and need not answer any more."""
    request = _locked(by, request)
    if not rules.may_withdraw(by, request):
        raise PermissionDenied
    request.state, request.withdrawn_at = RequestState.WITHDRAWN, at
    request.save(update_fields=["state", "withdrawn_at"])
    _log("cooperation.withdrawn", by, request)
    letters.after_commit(letters.request_withdrawn, request)


def _locked(by: User, request: CooperationRequest) -> CooperationRequest:
    """Return the request as it is now, kept from others until the act is done."""
    ask_anew(by)
    rows = CooperationRequest.objects.select_related("municipality", "organisation", "asked_by", "department")
    return rows.select_for_update(of=("self",)).get(pk=request.pk)


def _log(action: str, by: User, request: CooperationRequest) -> None:
    sides = {"municipality": str(request.municipality), "organisation": str(request.organisation)}
    record(action=action, by=by, about=request, after=sides)
