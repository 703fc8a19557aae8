"""Records of service: entered by one side, agreed or disputed by the other, paid."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import records as actions
from network.cooperation.forms import DisputeForm, PaymentForm, RecordForm
from network.cooperation.models import ServiceRecord
from network.cooperation.views.pages import (
    Confirmation,
    confirmed,
    data_of,
    for_members,
    form_page,
    one_agreement,
    one_record,
    only_if,
)


@for_members
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was done."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_enter_record(request.user, agreement))
    form = RecordForm(data_of(request), instance=ServiceRecord(agreement=agreement))
    if form.is_valid():
        actions.enter_record(by=request.user, record=form.save(commit=False), at=timezone.now())
        messages.success(request, _("The record is saved. It counts once the other side has agreed."))
        return redirect(agreement)
    return _record_page(request, form, _("Record a service"), agreement)


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what one's side entered."""
    record = one_record(request, pk)
    only_if(rules.may_change_record(request.user, record))
    form = RecordForm(data_of(request), instance=record)
    if form.is_valid():
        actions.change_record(by=request.user, record=form.save(commit=False), at=timezone.now())
        messages.success(request, _("The record is changed. The other side looks at it anew."))
        return redirect(record)
    return _record_page(request, form, _("Change the record of service"), record.agreement)


def _record_page(request: HttpRequest, form: RecordForm, heading: str, agreement) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=heading,
        lead=agreement.request.title,
        submit=_("Save record"),
        back=agreement.get_absolute_url(),
    )


@for_members
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a record that was entered by mistake."""
    record = one_record(request, pk)
    only_if(rules.may_change_record(request.user, record))
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Remove the record of service"),
            lead=record.what,
            text=_("It cannot be brought back, but can be entered anew."),
            submit=_("Remove record"),
            back=record.get_absolute_url(),
            danger=True,
        )
    actions.remove_record(by=request.user, record=record)
    messages.success(request, _("The record is removed."))
    return redirect(record.agreement)


@for_members
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with the record that was shown; a changed one has to be read first."""
    record = one_record(request, pk)
    only_if(confirmed(request) and rules.may_answer_record(request.user, record))
    try:
        actions.agree(by=request.user, record=record, read=_moment(request), at=timezone.now())
    except PermissionDenied:
        messages.error(request, _("The record has changed meanwhile. Please read it anew."))
    else:
        messages.success(request, _("You have agreed to the record."))
    return redirect(record)


def _moment(request: HttpRequest) -> datetime.datetime | None:
    try:
        return parse_datetime(request.POST.get("eingetragen", "")[:40])
    except ValueError:
        return None


@for_members
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is not right."""
    record = one_record(request, pk)
    only_if(rules.may_dispute_record(request.user, record))
    form = DisputeForm(data_of(request))
    if form.is_valid():
        actions.dispute(by=request.user, record=record, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The other side is told. Until you agree, the record counts nowhere."))
        return redirect(record)
    return form_page(
        request,
        form,
        heading=_("Dispute the record of service"),
        lead=record.what,
        submit=_("Send the objection"),
        back=record.get_absolute_url(),
    )


@for_members
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the day of a payment."""
    record = one_record(request, pk)
    only_if(rules.may_note_payment(request.user, record))
    form = PaymentForm(data_of(request))
    if form.is_valid():
        actions.note_payment(by=request.user, record=record, **form.cleaned_data)
        messages.success(request, _("The payment is noted. If it never came, the other side can say so."))
        return redirect(record)
    return form_page(
        request,
        form,
        heading=_("Note the payment"),
        lead=record.what,
        submit=_("Note the payment"),
        back=record.get_absolute_url(),
    )
