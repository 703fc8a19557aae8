"""Where one begins: the organisations one keeps, and of each what is there, what is missing and what is to be done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.directory.enums import ChangeState, EntryState
from knowledge.directory.keeping.completeness import completeness_of, missing_for_publication
from knowledge.directory.keeping.pages import FOLDER, for_keepers, say_saved, show
from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.keeping.presentation import own_representation, proposals_of, recently_decided
from knowledge.directory.keeping.publishing import NotReadyError, confirm, handle_remark, publish, unpublish
from knowledge.directory.models import Organisation
from knowledge.directory.rules import may_look_after

may_be_sent = require_http_methods(["GET", "HEAD", "POST"])
_MOST_REMARKS = 20


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the one entry that the person keeps, or list them."""
    kept = list(Organisation.objects.kept_by(request.user).order_by("sorted_as", "pk")[:50])
    if len(kept) == 1:
        return redirect("keeping:start", kept[0].slug)
    context = {
        "organisations": kept,
        "heading": _("Keep the profile"),
        "crumbs": [{"title": "", "url": "/"}],
        "is_editor": may_look_after(request.user),
    }
    return render(request, f"{FOLDER}/home.html", context)


@for_keepers
@require_safe
def start(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show how far the entry is, what is missing, and what waits."""
    remarks = organisation.remarks.filter(handled_at__isnull=True).order_by("received_at", "pk")
    own = own_representation(organisation, request.user)
    return show(
        request,
        "start.html",
        organisation,
        heading=organisation.name,
        is_start=True,
        state=completeness_of(organisation),
        needs=missing_for_publication(organisation),
        is_published=organisation.state in (EntryState.LIVE, EntryState.DORMANT),
        remarks=list(remarks[:_MOST_REMARKS]),
        handled=_just_handled(request, organisation),
        proposals=proposals_of(organisation, states=[ChangeState.OPEN]),
        decided=recently_decided(organisation, timezone.now()),
        representation=own,
        capacity_url=reverse("keeping:part", args=[organisation.slug, PARTS[PartKey.CAPACITY].slug]),
        is_withheld=own is not None and own.is_withheld and not may_look_after(request.user),
    )


@for_keepers
@may_be_sent
def still_true(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Note that the entry is true."""
    if request.method == "POST":
        confirm(by=request.user, organisation=organisation)
        messages.success(request, _("Thank you. The profile is confirmed as of today."))
    return redirect("keeping:start", organisation.slug)


@for_keepers
@may_be_sent
def go_public(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Publish the entry; what readers need at least must be there."""
    if request.method != "POST":
        return redirect("keeping:start", organisation.slug)
    try:
        publish(by=request.user, organisation=organisation)
    except NotReadyError:
        messages.warning(request, _("Something is still missing. Below you see what readers need at least."))
        return redirect("keeping:start", organisation.slug)
    messages.success(request, _("Your profile is published. You can change it or take it out at any time."))
    return redirect(f"{reverse('keeping:start', args=[organisation.slug])}#veroeffentlicht")


@for_keepers
@may_be_sent
def take_out(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask once, then take the entry out of the directory."""
    if request.method == "POST":
        unpublish(by=request.user, organisation=organisation)
        messages.success(
            request, _("Your profile is no longer in the directory. Nothing is lost; you can publish it again.")
        )
        return redirect("keeping:start", organisation.slug)
    return show(request, "unpublish.html", organisation, heading=_("Take the profile out of the directory"))


@for_keepers
@may_be_sent
def remark(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Note that a reader's remark was seen to; the start page offers to take that back."""
    back = reverse("keeping:start", args=[organisation.slug])
    found = organisation.remarks.select_related("organisation").filter(pk=pk).first()
    if request.method != "POST" or found is None:
        return redirect(back)
    is_done = "zurueck" not in request.POST
    handle_remark(by=request.user, remark=found, is_done=is_done)
    if is_done:
        return redirect(f"{back}?erledigt={found.pk}#hinweise")
    say_saved(request, _("Remark"))
    return redirect(f"{back}#hinweise")


def _just_handled(request: HttpRequest, organisation: Organisation):
    pk = request.GET.get("erledigt", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return organisation.remarks.filter(pk=pk, handled_at__isnull=False).first()
