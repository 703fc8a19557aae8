"""Requests: the list, one of them, and what whoever asks does with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.models import Organisation
from network.cooperation import rules
from network.cooperation.actions import requests as actions
from network.cooperation.enums import RequestState, Side
from network.cooperation.forms import RequestForm
from network.cooperation.models import CooperationRequest, UsualFee
from network.cooperation.overload import load_of
from network.cooperation.presentation import what_differs, what_is_missing
from network.cooperation.querysets import municipalities_asked_for
from network.cooperation.recipients import has_keepers, of_organisation
from network.cooperation.views.pages import (
    Confirmation,
    acting_side,
    already,
    confirmed,
    data_of,
    for_members,
    for_members_reading,
    form_page,
    key_of,
    one_request,
    only_if,
    typed_in,
)
from portal.shared.paging import page_of


@for_members_reading
def listing(request: HttpRequest) -> HttpResponse:
    """Show who asked what, newest first, of the reader's own side; `?stand=` keeps one state."""
    rows = CooperationRequest.objects.visible_to(request.user).for_lists()
    chosen = request.GET.get("stand", "")
    chosen = chosen if chosen in RequestState.values else ""
    page, links = page_of(request, rows.filter(state=chosen) if chosen else rows, f"stand={chosen}" if chosen else "")
    states = [{"value": state.value, "label": state.label, "chosen": state.value == chosen} for state in RequestState]
    context = {"requests": page, "states": states, "chosen": chosen, "asks": rules.may_ask(request.user), **links}
    return render(request, "network/cooperation/requests.html", context)


@for_members
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a request to an organisation of the directory."""
    only_if(rules.may_ask(request.user))
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not organisation.takes_requests:
        return render(request, "network/cooperation/no_requests.html", {"organisation": organisation})
    return _draft(request, CooperationRequest(organisation=organisation))


@for_members
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    draft = one_request(request, pk)
    only_if(rules.may_edit(request.user, draft))
    return _draft(request, draft)


def _draft(request: HttpRequest, draft: CooperationRequest) -> HttpResponse:
    places, theirs = municipalities_asked_for(request.user), ()
    typed = typed_in(request)
    # What was typed before a session ended names the draft over which it was typed.
    read = request.POST.get("gelesen", "") if request.method == "POST" else typed.get("gelesen", draft.mark)
    draft.form_key = draft.form_key or key_of(request)
    form = RequestForm(data_of(request), instance=draft, initial=typed, municipalities=places)
    if form.is_valid():
        try:
            kept = actions.save_draft(by=request.user, request=form.save(commit=False), read=read)
        except actions.AlreadyBegunError:
            there = CooperationRequest.objects.visible_to(request.user).filter(form_key=draft.form_key).first()
            return already(request, there or "cooperation:requests", _("The draft was saved with the first click."))
        except actions.DraftChangedError:
            saved = CooperationRequest.objects.visible_to(request.user).get(pk=draft.pk)
            read, theirs = saved.mark, what_differs(form, saved)
            form.add_error(
                None,
                _(
                    "A colleague changed the draft meanwhile. Nothing was overwritten: what was saved stands above, "
                    "yours below. If you save once more, yours holds."
                ),
            )
        else:
            messages.success(request, _("The draft is saved. Nobody but your municipality reads it."))
            return redirect("cooperation:request_send" if "senden" in request.POST else "cooperation:request", kept.pk)
    form.name_what_is_needed()
    today = timezone.localdate()
    fees = UsualFee.objects.valid_on(today).filter(municipality__in=[*places]) if places else UsualFee.objects.none()
    return form_page(
        request,
        form,
        heading=_("Request to %(organisation)s") % {"organisation": draft.organisation},
        lead=_("Say what you expect and what the organisation gets in return. It cannot be sent without that."),
        submit=_("Save draft"),
        also={"name": "senden", "label": _("Save and check before sending")},
        back=draft.get_absolute_url() if draft.pk else draft.organisation.get_absolute_url(),
        hidden={"gelesen": read, "schluessel": draft.form_key}.items(),
        theirs=theirs,
        fees=list(fees | UsualFee.objects.valid_on(today).filter(municipality__isnull=True)),
    )


@for_members_reading
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request to both sides, with what the reader can do."""
    asked = one_request(request, pk)
    may = {
        "edit": rules.may_edit(request.user, asked),
        "answer": rules.may_answer(request.user, asked),
        "decide": rules.may_decide(request.user, asked),
        "withdraw": rules.may_withdraw(request.user, asked),
        "agree": rules.may_propose_agreement(request.user, asked),
    }
    context = {
        "asked": asked,
        "may": may,
        "side": acting_side(request, asked),
        "missing": what_is_missing(asked, timezone.localdate()) if asked.is_draft else [],
    }
    return render(request, "network/cooperation/request.html", context)


@for_members
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is sent and how much the organisation already has to do, then send."""
    draft = one_request(request, pk)
    if confirmed(request) and acting_side(request, draft) == Side.MUNICIPALITY and not draft.is_draft:
        return already(request, draft, _("The request has been sent already."))
    only_if(rules.may_edit(request.user, draft))
    if confirmed(request):
        return _sent(request, draft)
    context = {
        "asked": draft,
        "missing": what_is_missing(draft, timezone.localdate()),
        "load": load_of(draft.organisation, timezone.localdate(), draft.municipality),
        "has_keepers": has_keepers(draft.organisation),
        "can_be_read": bool(of_organisation(draft.organisation)),
    }
    return render(request, "network/cooperation/send.html", context)


def _sent(request: HttpRequest, draft: CooperationRequest) -> HttpResponse:
    try:
        actions.send_request(by=request.user, request=draft, at=timezone.now(), read=request.POST.get("gelesen", ""))
    except actions.DraftChangedError:
        messages.error(request, _("The draft has changed since you read it. Please check it once more."))
        return redirect("cooperation:request_send", draft.pk)
    except actions.TooManyRequestsError:
        messages.error(
            request,
            _(
                "Your municipality has sent this organisation as many requests lately as the portal allows, or you "
                "have sent very many today. The draft is kept; please try again in some days."
            ),
        )
    except actions.NotTakingRequestsError:
        messages.error(request, _("The organisation takes no requests at present. The draft is kept."))
    except actions.NobodyReadsItError:
        messages.error(request, _("Nobody of the organisation could read the request. The draft is kept."))
    except ValidationError:
        messages.error(request, _("The request is not complete yet. The draft is kept."))
    except PermissionDenied:
        messages.error(request, _("Somebody of your municipality has sent the request meanwhile."))
    else:
        messages.success(request, _("The request is sent."))
    return redirect(draft)


@for_members
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then remove a draft."""
    draft = one_request(request, pk)
    only_if(rules.may_edit(request.user, draft))
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Remove draft"),
            lead=draft.title,
            text=_("Nobody but your municipality has read the draft. It cannot be brought back."),
            submit=_("Remove draft"),
            back=draft.get_absolute_url(),
            danger=True,
        )
    actions.remove_draft(by=request.user, request=draft)
    messages.success(request, _("The draft is removed."))
    return redirect("cooperation:requests")


@for_members
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take a request back."""
    asked = one_request(request, pk)
    only_if(rules.may_withdraw(request.user, asked))
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Withdraw request"),
            lead=asked.title,
            text=_("The organisation is told by mail. If you need it after all, ask anew."),
            submit=_("Withdraw request"),
            back=asked.get_absolute_url(),
            danger=True,
        )
    actions.withdraw_request(by=request.user, request=asked, at=timezone.now())
    messages.success(request, _("The request is withdrawn."))
    return redirect(asked)
