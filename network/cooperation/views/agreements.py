"""Agreements: the list, one of them with its texts and records, and what both sides do with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import agreements as actions
from network.cooperation.forms import AgreementForm, EndForm, RatingForm
from network.cooperation.models import Agreement, AgreementVersion, Rating, SharedCooperation
from network.cooperation.presentation import acceptance_missing, rating_views, record_views, version_rows, what_differs
from network.cooperation.views.pages import (
    acting_side,
    already,
    data_of,
    for_members,
    for_members_reading,
    form_page,
    one_agreement,
    one_request,
    only_if,
    typed_in,
)
from portal.shared.paging import page_of


@for_members_reading
def listing(request: HttpRequest) -> HttpResponse:
    """Show the agreements of the reader's own side, newest first."""
    page, links = page_of(request, Agreement.objects.visible_to(request.user).for_lists())
    return render(request, "network/cooperation/agreements.html", {"agreements": page, **links})


@for_members
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the first text; the terms of the request stand in it."""
    asked = one_request(request, pk)
    if request.method == "POST" and asked.has_agreement and acting_side(request, asked) is not None:
        return already(request, asked.agreement, _("The agreement has been begun already."))
    only_if(rules.may_propose_agreement(request.user, asked))
    text = AgreementVersion(service=asked.service, valid_from=asked.wanted_on, **asked.terms)
    text.contact_office = str(asked.department or asked.municipality)
    form = AgreementForm(data_of(request), instance=text, initial=typed_in(request))
    if form.is_valid():
        agreement = actions.begin_agreement(by=request.user, request=asked, version=form.save(commit=False))
        messages.success(request, _("The text is saved. It holds once both sides have accepted it, yours included."))
        return redirect(agreement)
    return form_page(
        request,
        form,
        heading=_("Write the agreement"),
        lead=asked.title,
        text=_("It begins with what the request says. It holds once both sides have accepted it, yours included."),
        submit=_("Save text"),
        back=asked.get_absolute_url(),
    )


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new text over the newest; who wrote one meanwhile is not overwritten."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_change_agreement(request.user, agreement, timezone.localdate()))
    typed, theirs = typed_in(request), ()
    sent = request.POST if request.method == "POST" else typed or {"fassung": str(agreement.newest.number)}
    read = _number(sent.get("fassung", ""))
    first = AgreementVersion(**agreement.newest.text)
    form = AgreementForm(data_of(request), instance=first, initial=typed)
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
            newer = _("A newer text was saved meanwhile: it stands above, yours below. Save once more to replace it.")
            form.add_error(None, newer)
            read, theirs = agreement.newest.number, what_differs(form, agreement.newest)
        except actions.TooManyTextsError:
            form.add_error(None, _("Your side has written many texts today. Please go on tomorrow; yours is below."))
        except actions.SameTextError:
            form.add_error(None, _("This is what the newest text says already. Nothing was saved."))
        else:
            messages.success(request, _("The new text is saved. Both sides have to accept it."))
            return redirect(agreement)
    return form_page(
        request,
        form,
        heading=_("Change the agreement"),
        lead=agreement.request.title,
        text=_("A changed text holds only after both sides have accepted it; until then the one before it does."),
        submit=_("Save text"),
        back=agreement.get_absolute_url(),
        hidden={"fassung": read}.items(),
        theirs=theirs,
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
        "shared": SharedCooperation.objects.visible_to(request.user).filter(agreement=agreement).first(),
        "acceptance": acceptance_missing(agreement, side),
        "is_over": agreement.is_over(today),
        "may": {
            "change": rules.may_change_agreement(request.user, agreement, today),
            "accept": rules.may_accept(request.user, agreement, today),
            "enter": rules.may_enter_record(request.user, agreement),
            "share": rules.may_share(request.user, agreement, today),
            "rate": rules.may_rate(request.user, agreement, timezone.localtime(now)),
        },
        **links,
    }
    return render(request, "network/cooperation/agreement.html", context)


@for_members
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the text that was shown."""
    agreement = one_agreement(request, pk)
    if request.method != "POST":
        return redirect(agreement)
    if acting_side(request, agreement.request) in agreement.newest.accepting_sides:
        return already(request, agreement, _("Your side has accepted this text already."))
    only_if(rules.may_accept(request.user, agreement, timezone.localdate()))
    try:
        actions.accept_text(
            by=request.user,
            agreement=agreement,
            read=_number(request.POST.get("fassung", "")),
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except actions.TextChangedError:
        messages.error(request, _("The text has changed meanwhile. Please read the new one first."))
    else:
        messages.success(request, _("You have accepted the text for your side."))
    return redirect(agreement)


def _number(text: str) -> int:
    """Return the version that a form names; 0 where it names none, which is never the present one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@for_members
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end an agreement from today."""
    agreement = one_agreement(request, pk)
    only_if(rules.may_change_agreement(request.user, agreement, timezone.localdate()))
    form = EndForm(data_of(request), initial=typed_in(request))
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
    side = acting_side(request, agreement.request)
    if side is not None and Rating.objects.filter(agreement=agreement, side=side).exists():
        return already(request, agreement, _("Your side has rated already."))
    only_if(rules.may_rate(request.user, agreement, now))
    form = RatingForm(data_of(request), initial=typed_in(request))
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
