"""What an organisation tells on its profile about an agreement that is over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from network.cooperation import rules
from network.cooperation.actions import histories as actions
from network.cooperation.forms import HistoryForm
from network.cooperation.models import SharedCooperation
from network.cooperation.views.pages import (
    Confirmation,
    confirmed,
    data_of,
    for_members,
    form_page,
    one_agreement,
    only_if,
    typed_in,
)


@for_members
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what the profile tells about an agreement that is over, or mend it."""
    agreement = one_agreement(request, pk)
    today = timezone.localdate()
    only_if(rules.may_share(request.user, agreement, today))
    known = SharedCooperation.objects.filter(agreement=agreement).first()
    told = known or SharedCooperation(agreement=agreement, subject=agreement.request.title)
    form = HistoryForm(data_of(request), instance=told, initial=typed_in(request))
    if form.is_valid():
        actions.share(by=request.user, agreement=agreement, told=form.save(commit=False), on=today)
        messages.success(request, _("It stands on your profile now."))
        return redirect(agreement)
    return form_page(
        request,
        form,
        heading=_("Show this cooperation on your profile"),
        lead=agreement.request.title,
        text=_(
            "You alone decide. Besides your words the profile names the municipality, the years and how you are "
            "named; what you got and how both sides rated never stands there. The municipality is told by mail."
        ),
        submit=_("Show on the profile"),
        back=agreement.get_absolute_url(),
    )


@for_members
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the cooperation off the profile."""
    agreement = one_agreement(request, pk)
    today = timezone.localdate()
    only_if(rules.may_share(request.user, agreement, today))
    if not confirmed(request):
        return form_page(
            request,
            Confirmation(),
            heading=_("Take the cooperation off your profile"),
            lead=agreement.request.title,
            text=_("Nothing else changes. You can show it again at any time."),
            submit=_("Take off the profile"),
            back=agreement.get_absolute_url(),
            danger=True,
        )
    actions.take_back(by=request.user, agreement=agreement, on=today)
    messages.success(request, _("It no longer stands on your profile."))
    return redirect(agreement)
