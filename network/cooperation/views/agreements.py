"""Agreements: the list, one of them with its texts and records, and what both sides do with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import agreements as actions
from network.cooperation.forms import AgreementForm, EndForm, RatingForm
from network.cooperation.models import Agreement, AgreementVersion, Rating
from network.cooperation.presentation import rating_views, record_views, version_rows
from network.cooperation.views.pages import (
    acting_side,
    data_of,
    for_members,
    for_members_reading,
    form_page,
    one_agreement,
    one_request,
    only_if,
    page_of,
)


@for_members_reading
def listing(request: HttpRequest) -> HttpResponse:
    """Show the agreements of the reader's own side, newest first."""
    page, links = page_of(request, Agreement.objects.visible_to(request.user).for_lists())
    return render(request, "network/cooperation/agreements.html", {"agreements": page, **links})


@for_members
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the first text; the terms of the request stand in it."""
    asked = one_request(request, pk)
    only_if(rules.may_propose_agreement(request.user, asked))
    text = AgreementVersion(service=asked.service, valid_from=asked.wanted_on, **asked.terms)
    text.contact_office = str(asked.department or asked.municipality)
    form = AgreementForm(data_of(request), instance=text)
    if form.is_valid():
        agreement = actions.begin_agreement(by=request.user, request=asked, version=form.save(commit=False))
        messages.success(request, _("The text is saved. It holds once both sides have accepted it, yours included."))
        return redirect(agreement)
    return _text_page(request, form, _("Write the agreement"), asked, asked.get_absolute_url())


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new text over the newest; who wrote one meanwhile is not overwritten."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_change_agreement(request.user, agreement, timezone.localdate()))
    read = request.POST.get("fassung", "")
    read = int(read) if read.isascii() and read.isdigit() and len(read) < 9 else agreement.newest.number
    form = AgreementForm(data_of(request), instance=AgreementVersion(**agreement.newest.text))
    if form.is_valid():
        try:
            actions.write_text(
                by=request.user,
                agreement=agreement,
                version=form.save(commit=False),
                read=read,
                on=timezone.localdate(),
            )
        except actions.TextChangedError:
            form.add_error(None, _("The other side has written a newer text meanwhile. Read it first; yours is below."))
        else:
            messages.success(request, _("The new text is saved. Both sides have to accept it."))
            return redirect(agreement)
    page = agreement.get_absolute_url()
    return _text_page(request, form, _("Change the agreement"), agreement.request, page, fassung=read)


def _text_page(request: HttpRequest, form, heading: str, asked, back: str, **hidden) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=heading,
        lead=asked.title,
        text=_("A changed text holds only after both sides have accepted it; until then the one before it does."),
        submit=_("Save text"),
        back=back,
        hidden=hidden.items(),
    )


@for_members_reading
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement to both sides: its text, who accepted it, what was done, how it was."""
    agreement = one_agreement(request, pk)
    now, today = timezone.now(), timezone.localdate()
    records, links = page_of(request, agreement.records.select_related("agreement__request"))
    side = acting_side(request, agreement.request)
    context = {
        "agreement": agreement,
        "asked": agreement.request,
        "newest": agreement.newest,
        "rows": version_rows(agreement),
        "records": record_views(records, request.user, agreement, today),
        "ratings": rating_views(agreement, Rating.objects.visible_to(request.user, now)),
        "side": side,
        "is_over": agreement.is_over(today),
        "may": {
            "change": rules.may_change_agreement(request.user, agreement, today),
            "accept": rules.may_accept(request.user, agreement, today),
            "enter": rules.may_enter_record(request.user, agreement),
            "rate": rules.may_rate(request.user, agreement, timezone.localtime(now)),
        },
        **links,
    }
    return render(request, "network/cooperation/agreement.html", context)


@for_members
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the text that was shown."""
    agreement = one_agreement(request, pk)
    only_if(request.method == "POST" and rules.may_accept(request.user, agreement, timezone.localdate()))
    read = request.POST.get("fassung", "")
    try:
        actions.accept_text(
            by=request.user,
            agreement=agreement,
            read=int(read) if read.isascii() and read.isdigit() and len(read) < 9 else 0,
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except actions.TextChangedError:
        messages.error(request, _("The text has changed meanwhile. Please read the new one first."))
    else:
        messages.success(request, _("You have accepted the text for your side."))
    return redirect(agreement)


@for_members
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end an agreement from today."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_change_agreement(request.user, agreement, timezone.localdate()))
    form = EndForm(data_of(request))
    if form.is_valid():
        actions.end_agreement(by=request.user, agreement=agreement, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("The agreement is ended."))
        return redirect(agreement)
    return form_page(
        request,
        form,
        heading=_("End the agreement"),
        lead=agreement.request.title,
        text=_("It ends today for both sides and cannot be taken up again. What was done is still recorded and paid."),
        submit=_("End the agreement"),
        back=agreement.get_absolute_url(),
        danger=True,
    )


@for_members
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how one's side found it."""
    agreement = one_agreement(request, pk)
    now = timezone.localtime()
    only_if(rules.may_rate(request.user, agreement, now))
    form = RatingForm(data_of(request))
    if form.is_valid():
        actions.rate(by=request.user, agreement=agreement, rating=form.save(commit=False), at=now)
        messages.success(request, _("Thank you. The other side reads it once both have rated, or in thirty days."))
        return redirect(agreement)
    return form_page(
        request,
        form,
        heading=_("Rate the cooperation"),
        lead=agreement.request.title,
        text=_("The two sides alone read this, never anybody else, and no score is made of it. It cannot be changed."),
        submit=_("Send rating"),
        back=agreement.get_absolute_url(),
    )
