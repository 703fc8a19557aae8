"""The editors' pages of the directory as a whole: how fresh it is, and how organisations come in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.deciding import freshness
from knowledge.directory.deciding.forms import (
    InviteOrganisationForm,
    InvitePersonForm,
)
from knowledge.directory.deciding.inviting import invite_first_person, invite_organisation, open_invitations
from knowledge.directory.deciding.pages import for_caretakers, page_of, show_page
from knowledge.directory.models import Organisation
from portal.accounts.confirming import ask_who_it_is, is_confirmed
from portal.accounts.people.views.inviting import TOO_MANY, may_invite_once_more, tell_whether_sent

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@for_caretakers
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Show how fresh the entries are, by lists."""
    today = timezone.localdate()
    titles = {
        freshness.OVERDUE: _("Not confirmed for a year"),
        freshness.DORMANT: _("Resting"),
        freshness.ARCHIVED: _("Put away"),
        freshness.DRAFTS: _("Not published"),
        freshness.NOBODY: _("Kept by nobody"),
        freshness.ONE: _("Kept by one person only"),
        freshness.FRESH: _("Up to date"),
    }
    chosen = request.GET.get("liste", "")
    chosen = chosen if chosen in titles else freshness.OVERDUE
    counts = freshness.counts(today)
    return show_page(
        request,
        "freshness.html",
        title=_("State of the directory"),
        items=page_of(freshness.listed(chosen, today), request),
        list_title=titles[chosen],
        tabs=[
            (f"{title} ({counts[name]})", f"?{urlencode({'liste': name})}", name == chosen)
            for name, title in titles.items()
        ],
        waiting=freshness.waiting(),
    )


@for_caretakers
@require_safe
def remarks(request: HttpRequest) -> HttpResponse:
    """Show what organisations wrote by the links in their mails, and readers on entries that nobody keeps."""
    return show_page(
        request,
        "remarks.html",
        title=_("Remarks on entries"),
        items=page_of(freshness.open_remarks(), request),
    )


@for_caretakers
@may_be_sent
def invite(request: HttpRequest) -> HttpResponse:
    """Take an organisation into the directory and invite its first person."""
    if not is_confirmed(request):
        return ask_who_it_is(request)
    form = InviteOrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if may_invite_once_more(request):
            organisation, invitation = invite_organisation(by=request.user, **form.cleaned_data)
            tell_whether_sent(request, invitation)
            return redirect("keeping:start", organisation.slug)
        form.add_error(None, TOO_MANY)
    return show_page(
        request,
        "invite.html",
        title=_("Invite an organisation"),
        status=422 if form.errors else 200,
        form=form,
    )


@for_caretakers
@may_be_sent
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the first person of an organisation that nobody keeps, for example one from a list."""
    if not is_confirmed(request):
        return ask_who_it_is(request)
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), pk=pk)
    form = InvitePersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if may_invite_once_more(request):
            invitation = invite_first_person(by=request.user, organisation=organisation, **form.cleaned_data)
            tell_whether_sent(request, invitation)
            return redirect(f"{reverse('directory_freshness')}?{urlencode({'liste': freshness.NOBODY})}")
        form.add_error(None, TOO_MANY)
    return show_page(
        request,
        "invite_person.html",
        title=_("Invite the first person of: %(organisation)s") % {"organisation": organisation},
        status=422 if form.errors else 200,
        form=form,
        invitations=open_invitations(organisation),
    )
