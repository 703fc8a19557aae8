"""What happens to requests: they are drafted, sent, answered, decided about and withdrawn."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from network.cooperation import letters, rules
from network.cooperation.enums import Answer, RequestState
from network.cooperation.envelopes import after_commit
from network.cooperation.models import CooperationRequest, CounterProposal
from network.cooperation.recipients import of_organisation
from network.cooperation.sending_limits import is_too_much
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record


class NotTakingRequestsError(ValueError):
    """The organisation takes no requests at present."""


class NobodyReadsItError(ValueError):
    """Nobody keeps the organisation's entry, and it names no address to which a link could be sent."""


class TooManyRequestsError(ValueError):
    """The organisation got as many requests lately as the portal sends."""


class DraftChangedError(ValueError):
    """A colleague changed the draft since it was read."""


class AlreadyBegunError(ValueError):
    """The same form was sent twice; the draft is there."""


@transaction.atomic
def save_draft(*, by: User, request: CooperationRequest, read: str = "") -> CooperationRequest:
    """Keep a draft, which the municipality alone reads; `read` is the mark of the draft that was open, if any."""
    ask_anew(by)
    if not rules.may_edit(by, request):
        raise PermissionDenied
    if request.pk is None:
        request.asked_by = by
        # Two clicks of one person queue here.
        User.objects.select_for_update().get(pk=by.pk)
        if request.form_key and CooperationRequest.objects.filter(form_key=request.form_key).exists():
            raise AlreadyBegunError
    else:
        now = CooperationRequest.objects.select_for_update().filter(pk=request.pk, state=RequestState.DRAFT).first()
        if now is None:
            raise PermissionDenied
        if now.mark != read:
            raise DraftChangedError
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


def missing(request: CooperationRequest, on: datetime.date) -> dict[str, ValidationError]:
    """Return what a draft lacks before it can be sent on a day, by field."""
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
    if request.answer_by and request.answer_by < on:
        empty["answer_by"] = ValidationError(_("This day is over. Please leave time to answer."), code="past")
    return empty | request.terms_errors()


@transaction.atomic
def send_request(*, by: User, request: CooperationRequest, at: datetime.datetime, read: str | None = None) -> None:
    """Send a draft; not without consideration, not to whom no request is welcome now, and not what was not read."""
    request = _locked(by, request)
    if not rules.may_edit(by, request):
        raise PermissionDenied
    if not request.organisation.takes_requests or not request.organisation.is_shown:
        raise NotTakingRequestsError
    if not of_organisation(request.organisation):
        raise NobodyReadsItError
    if read is not None and request.mark != read:
        raise DraftChangedError
    if is_too_much(request, by, at):
        raise TooManyRequestsError
    if errors := missing(request, timezone.localdate(at)):
        raise ValidationError(errors)
    request.state, request.sent_at, request.asked_by = RequestState.SENT, at, by
    request.save(update_fields=["state", "sent_at", "asked_by"])
    log_about("cooperation.sent", by, request)
    after_commit(letters.request_arrived, request)


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
    note_answer(request, answer, note, counter_proposal, by=by, at=at)
    log_about("cooperation.answered", by, request)


def note_answer(
    request: CooperationRequest,
    answer: str,
    note: str,
    counter_proposal: CounterProposal | None,
    *,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Write the answer on a locked request, and tell whoever asked; who may answer was asked before."""
    request.state, request.answer, request.answer_note = RequestState.ANSWERED, Answer(answer), note
    request.answered_by, request.answered_at = by, at
    request.save(update_fields=["state", "answer", "answer_note", "answered_by", "answered_at"])
    if answer == Answer.COUNTER:
        counter_proposal.request, counter_proposal.made_by, counter_proposal.made_at = request, by, at
        counter_proposal.keep_only_what_was_chosen()
        if errors := counter_proposal.terms_errors():
            raise ValidationError(errors)
        counter_proposal.save()
    after_commit(letters.request_answered, request)


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
    log_about("cooperation.decided", by, request)
    after_commit(letters.counter_proposal_taken_over, request)


@transaction.atomic
def withdraw_request(*, by: User, request: CooperationRequest, at: datetime.datetime) -> None:
    """Take a request back; the organisation is told and need not answer any more."""
    request = _locked(by, request)
    if not rules.may_withdraw(by, request):
        raise PermissionDenied
    request.state, request.withdrawn_at = RequestState.WITHDRAWN, at
    request.save(update_fields=["state", "withdrawn_at"])
    log_about("cooperation.withdrawn", by, request)
    after_commit(letters.request_withdrawn, request)


def _locked(by: User, request: CooperationRequest) -> CooperationRequest:
    ask_anew(by)
    return kept_from_others(request)


def kept_from_others(request: CooperationRequest) -> CooperationRequest:
    """Return the request as it is now, kept from others until the act is done."""
    rows = CooperationRequest.objects.select_related("municipality", "organisation", "asked_by", "department")
    return rows.select_for_update(of=("self",)).get(pk=request.pk)


def log_about(action: str, by: User | None, request: CooperationRequest) -> None:
    """Log an act on a request with its two sides and without their words."""
    sides = {"municipality": str(request.municipality), "organisation": str(request.organisation)}
    record(action=action, by=by, about=request, after=sides)
