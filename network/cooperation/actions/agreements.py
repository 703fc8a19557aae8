"""What happens to agreements: a text is written, accepted by both sides, followed by another, ended; then both rate."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from network.cooperation import letters, rules
from network.cooperation.envelopes import after_commit
from network.cooperation.models import Acceptance, Agreement, AgreementVersion, CooperationRequest, Rating
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record

#: By one side on one agreement; each sends the other a mail.
MOST_TEXTS_A_DAY = 5


class TooManyTextsError(ValueError):
    """One side wrote as many texts within a day as the other can be asked to read."""


class SameTextError(ValueError):
    """The new text says what the newest one says; nobody needs to read it again."""


class TextChangedError(ValueError):
    """Somebody wrote a newer text meanwhile; what was read is not what would be accepted or replaced."""


@transaction.atomic
def begin_agreement(*, by: User, request: CooperationRequest, version: AgreementVersion) -> Agreement:
    """Write the first text on an accepted request; either side may."""
    ask_anew(by)
    request = CooperationRequest.objects.select_for_update().get(pk=request.pk)
    if not rules.may_propose_agreement(by, request):
        raise PermissionDenied
    agreement = Agreement.objects.create(request=request)
    _add(by, agreement, version, 1)
    return agreement


@transaction.atomic
def write_text(*, by: User, agreement: Agreement, version: AgreementVersion, read: int, on: datetime.date) -> None:
    """Write a new text; both sides have to accept it anew, and until then the one before it holds."""
    agreement = _locked(by, agreement)
    if not rules.may_change_agreement(by, agreement, on):
        raise PermissionDenied
    if agreement.newest.number != read:
        raise TextChangedError
    version.keep_only_what_was_chosen()
    if version.text == agreement.newest.text:
        raise SameTextError
    since = timezone.now() - datetime.timedelta(days=1)
    written = agreement.versions.filter(written_side=rules.side_of(by, agreement.request), written_at__gt=since)
    if written.count() >= MOST_TEXTS_A_DAY:
        raise TooManyTextsError
    _add(by, agreement, version, read + 1)


@transaction.atomic
def accept_text(*, by: User, agreement: Agreement, read: int, on: datetime.date, at: datetime.datetime) -> None:
    """Accept the newest text for one's side, if it is the one that was read."""
    agreement = _locked(by, agreement)
    if not rules.may_accept(by, agreement, on):
        raise PermissionDenied
    if agreement.newest.number != read:
        raise TextChangedError
    side = rules.side_of(by, agreement.request)
    Acceptance.objects.create(version=agreement.newest, side=side, person=by, at=at)
    record(action="cooperation.text_accepted", by=by, about=agreement.newest, after={"side": side.value})
    after_commit(letters.text_accepted, agreement, side)


@transaction.atomic
def end_agreement(*, by: User, agreement: Agreement, note: str, on: datetime.date) -> None:
    """End an agreement from today; what was done until then stays and is still paid."""
    agreement = _locked(by, agreement)
    if not rules.may_change_agreement(by, agreement, on):
        raise PermissionDenied
    agreement.ended_on, agreement.ended_by, agreement.end_note = on, by, note
    agreement.save(update_fields=["ended_on", "ended_by", "end_note"])
    record(action="cooperation.ended", by=by, about=agreement)
    after_commit(letters.agreement_ended, agreement, rules.side_of(by, agreement.request))


@transaction.atomic
def rate(*, by: User, agreement: Agreement, rating: Rating, at: datetime.datetime) -> None:
    """Say how one's side found it; the other reads it once both rated, or after thirty days."""
    agreement = _locked(by, agreement)
    if not rules.may_rate(by, agreement, at):
        raise PermissionDenied
    rating.agreement, rating.side = agreement, rules.side_of(by, agreement.request)
    rating.given_by, rating.given_at = by, at
    rating.save()
    record(action="cooperation.rated", by=by, about=agreement, after={"side": rating.side.value})


def _locked(by: User, agreement: Agreement) -> Agreement:
    ask_anew(by)
    rows = Agreement.objects.select_related("request__municipality", "request__organisation", "request__asked_by")
    return rows.select_for_update(of=("self",)).get(pk=agreement.pk)


def _add(by: User, agreement: Agreement, version: AgreementVersion, number: int) -> None:
    version.keep_only_what_was_chosen()
    if errors := version.terms_errors():
        raise ValidationError(errors)
    side = rules.side_of(by, agreement.request)
    version.pk = None
    version.agreement, version.number, version.written_by, version.written_side = agreement, number, by, side
    version.save()
    record(action="cooperation.text_written", by=by, about=version, after={"side": side.value})
    after_commit(letters.text_written, agreement, side)
