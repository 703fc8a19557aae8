"""What happens to records of service: entered, agreed, disputed, mended, paid; and payments that are overdue."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.cooperation import letters, rules
from network.cooperation.enums import RecordState
from network.cooperation.envelopes import after_commit
from network.cooperation.models import Agreement, ServiceRecord
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.accounts.post import send
from portal.audit.actions import record as log


class AlreadyEnteredError(ValueError):
    """The same form was sent twice; the record is there."""


class RecordChangedError(ValueError):
    """What was read is not what is there now."""


#: Between two reminders of the same payment.
REMINDER_PAUSE = datetime.timedelta(days=14)


@transaction.atomic
def enter_record(*, by: User, record: ServiceRecord, at: datetime.datetime) -> None:
    """Enter what was done; it counts once the other side has agreed."""
    ask_anew(by)
    if not rules.may_enter_record(by, record.agreement):
        raise PermissionDenied
    record.entered_by, record.entered_at = by, at
    record.entered_side = rules.side_of(by, record.agreement.request)
    _note_who_paid(by, record, None)
    if record.form_key is not None:
        # Two clicks queue here.
        Agreement.objects.select_for_update().get(pk=record.agreement_id)
        if ServiceRecord.objects.filter(form_key=record.form_key).exists():
            raise AlreadyEnteredError
    record.save()
    log(action="cooperation.record_entered", by=by, about=record)
    after_commit(letters.record_waits, record)


@transaction.atomic
def change_record(*, by: User, record: ServiceRecord, at: datetime.datetime) -> None:
    """Mend what one's side entered; the other side looks at it anew."""
    now = _locked(by, record)
    if not rules.may_change_record(by, now):
        raise PermissionDenied
    if now.state == RecordState.ENTERED and _says_the_same(now, record):
        return
    _note_who_paid(by, record, now.paid_on)
    # Not in the form, and perhaps changed since it was opened.
    record.was_agreed, record.payment_objection = now.was_agreed, now.payment_objection
    record.reminded_at = now.reminded_at
    record.state, record.dispute, record.entered_by, record.entered_at = RecordState.ENTERED, "", by, at
    record.answered_by = record.answered_at = None
    record.save()
    log(action="cooperation.record_changed", by=by, about=record)
    after_commit(letters.record_waits, record)


@transaction.atomic
def remove_record(*, by: User, record: ServiceRecord) -> None:
    """Remove what one's side entered by mistake; not once it is agreed."""
    record = _locked(by, record)
    if not rules.may_remove_record(by, record):
        raise PermissionDenied
    log(action="cooperation.record_removed", by=by, about=record)
    record.delete()


@transaction.atomic
def agree(*, by: User, record: ServiceRecord, read: str, at: datetime.datetime) -> None:
    """Agree with what the other side entered, if it is still what was read."""
    record = _locked(by, record)
    if not rules.may_answer_record(by, record):
        raise PermissionDenied
    if record.mark != read:
        raise RecordChangedError
    record.state, record.dispute, record.answered_by, record.answered_at = RecordState.AGREED, "", by, at
    record.save(update_fields=["state", "dispute", "answered_by", "answered_at"])
    log(action="cooperation.record_agreed", by=by, about=record)


@transaction.atomic
def dispute(*, by: User, record: ServiceRecord, text: str, at: datetime.datetime) -> None:
    """Say what is not right; the two sides alone read it, and meanwhile the record counts nowhere."""
    record = _locked(by, record)
    if not rules.may_dispute_record(by, record):
        raise PermissionDenied
    record.was_agreed = record.was_agreed or record.state == RecordState.AGREED
    record.state, record.dispute, record.answered_by, record.answered_at = RecordState.DISPUTED, text, by, at
    record.save(update_fields=["state", "dispute", "answered_by", "answered_at", "was_agreed"])
    log(action="cooperation.record_disputed", by=by, about=record)
    after_commit(letters.record_disputed, record)


@transaction.atomic
def note_payment(*, by: User, record: ServiceRecord, paid_on: datetime.date) -> None:
    """Note the day on which the payment came."""
    record = _locked(by, record)
    if not rules.may_note_payment(by, record):
        raise PermissionDenied
    record.paid_on, record.payment_objection = paid_on, ""
    _note_who_paid(by, record, None)
    record.save(update_fields=["paid_on", "paid_noted_side", "paid_noted_by", "payment_objection"])
    log(action="cooperation.payment_noted", by=by, about=record, after={"paid_on": paid_on.isoformat()})


@transaction.atomic
def contest_payment(*, by: User, record: ServiceRecord, text: str) -> None:
    """Say that a payment never came; it is owed again, and from now on the organisation alone notes that it came."""
    record = _locked(by, record)
    if not rules.may_contest_payment(by, record):
        raise PermissionDenied
    before = {"paid_on": record.paid_on.isoformat()}
    record.paid_on, record.paid_noted_side, record.paid_noted_by, record.payment_objection = None, "", None, text
    record.save(update_fields=["paid_on", "paid_noted_side", "paid_noted_by", "payment_objection"])
    log(action="cooperation.payment_contested", by=by, about=record, before=before)
    after_commit(letters.payment_contested, record)


def remind_of_payments(*, on: datetime.date, at: datetime.datetime) -> tuple[int, int]:
    """Remind municipalities of overdue payments, each at most every two weeks; return how many mails went and failed.

    The mail leaves before it is noted: a run that is killed in between reminds twice rather than never.
    """
    sent = failed = 0
    overdue = ServiceRecord.objects.overdue(on).for_lists()
    due = overdue.exclude(reminded_at__gt=at - REMINDER_PAUSE).select_related("agreement__request__asked_by")
    for record in due.select_related("agreement__request__department"):
        # Every letter is tried, even after one that the mail server refused.
        taken = [send(letter) for letter in letters.payment_overdue(record)]
        if all(taken):
            ServiceRecord.objects.filter(pk=record.pk).update(reminded_at=at)
            sent += 1
        else:
            failed += 1
    return sent, failed


def _note_who_paid(by: User, record: ServiceRecord, before: datetime.date | None) -> None:
    """Note who says that it was paid, where that is new."""
    if record.paid_on is None:
        record.paid_noted_side, record.paid_noted_by = "", None
    elif record.paid_on != before:
        record.paid_noted_side, record.paid_noted_by = rules.side_of(by, record.agreement.request), by


def _says_the_same(one: ServiceRecord, other: ServiceRecord) -> bool:
    names = set(ServiceRecord.SHOWN_FIELDS) - {"entered_at"}
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _locked(by: User, record: ServiceRecord) -> ServiceRecord:
    ask_anew(by)
    rows = ServiceRecord.objects.for_lists().select_related("agreement__request__asked_by")
    return rows.select_for_update(of=("self",)).get(pk=record.pk)
