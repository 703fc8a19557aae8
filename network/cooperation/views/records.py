"""Records of service: entered by one side, agreed or disputed by the other, paid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import records as actions
from network.cooperation.enums import RecordState, Side
from network.cooperation.forms import ContestForm, DisputeForm, PaymentForm, RecordForm
from network.cooperation.models import ServiceRecord
from network.cooperation.models.terms import euro
from network.cooperation.rules import side_of
from network.cooperation.views.pages import (
    Confirmation,
    already,
    confirmed,
    data_of,
    for_members,
    form_page,
    key_of,
    one_agreement,
    one_record,
    only_if,
    typed_in,
)


@for_members
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was done."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_enter_record(request.user, agreement))
    first = ServiceRecord(agreement=agreement, form_key=key_of(request))
    form = RecordForm(data_of(request), instance=first, initial=typed_in(request))
    if form.is_valid():
        try:
            actions.enter_record(by=request.user, record=form.save(commit=False), at=timezone.now())
        except actions.AlreadyEnteredError:
            return already(request, agreement, _("The record was saved with the first click."))
        messages.success(request, _("The record is saved. It counts once the other side has agreed."))
        return redirect(agreement)
    return _record_page(request, form, _("Record a service"), agreement, schluessel=first.form_key)


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what one's side entered."""
    record = one_record(request, pk)
    only_if(rules.may_change_record(request.user, record))
    form = RecordForm(data_of(request), instance=record, initial=typed_in(request))
    if form.is_valid():
        actions.change_record(by=request.user, record=form.save(commit=False), at=timezone.now())
        messages.success(request, _("The record is changed. The other side looks at it anew."))
        return redirect(record)
    return _record_page(request, form, _("Change the record of service"), record.agreement)


def _record_page(request: HttpRequest, form: RecordForm, heading: str, agreement, **hidden) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=heading,
        lead=agreement.request.title,
        submit=_("Save record"),
        back=agreement.get_absolute_url(),
        hidden=hidden.items(),
    )


@for_members
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a record that was entered by mistake."""
    record = one_record(request, pk)
    only_if(rules.may_remove_record(request.user, record))
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
    if not confirmed(request):
        return redirect(record)
    answers = side_of(request.user, record.agreement.request) == Side(record.entered_side).other
    if record.state == RecordState.AGREED and answers:
        return already(request, record, _("Your side has agreed already."))
    only_if(rules.may_answer_record(request.user, record))
    try:
        actions.agree(by=request.user, record=record, read=request.POST.get("gelesen", ""), at=timezone.now())
    except actions.RecordChangedError:
        messages.error(request, _("The record has changed meanwhile. Please read it anew."))
    else:
        messages.success(request, _("You have agreed to the record."))
    return redirect(record)


@for_members
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is not right."""
    record = one_record(request, pk)
    only_if(rules.may_dispute_record(request.user, record))
    form = DisputeForm(data_of(request), initial=typed_in(request))
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
    form = PaymentForm(data_of(request), initial=typed_in(request), record=record)
    if form.is_valid():
        actions.note_payment(by=request.user, record=record, **form.cleaned_data)
        if side_of(request.user, record.agreement.request) == Side.MUNICIPALITY:
            messages.success(request, _("The payment is noted. If it never came, the organisation can say so."))
        else:
            messages.success(request, _("The payment is noted."))
        return redirect(record)
    return form_page(
        request,
        form,
        heading=_("Note the payment"),
        lead=record.what,
        text=_("%(amount)s for the service of %(day)s, due on %(due)s")
        % {
            "amount": euro(record.amount),
            "day": date_format(record.done_on, "DATE_FORMAT"),
            "due": date_format(record.payment_due, "DATE_FORMAT"),
        },
        submit=_("Note the payment"),
        back=record.get_absolute_url(),
    )


@for_members
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a payment never came."""
    record = one_record(request, pk)
    only_if(rules.may_contest_payment(request.user, record))
    form = ContestForm(data_of(request), initial=typed_in(request))
    if form.is_valid():
        actions.contest_payment(by=request.user, record=record, **form.cleaned_data)
        messages.success(request, _("The municipality is told. The payment counts as owed until you note it."))
        return redirect(record)
    return form_page(
        request,
        form,
        heading=_("The payment never came"),
        lead=record.what,
        text=_("The municipality has noted %(day)s. From now on you alone note when it comes.")
        % {"day": date_format(record.paid_on, "DATE_FORMAT")},
        submit=_("Send the objection"),
        back=record.get_absolute_url(),
    )
