"""Earlier versions: who changed what and when, compared with now, and brought back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.directory.keeping.pages import for_keepers, say_saved, seen_version, show
from knowledge.directory.keeping.parts import part_label
from knowledge.directory.keeping.publishing import restore
from knowledge.directory.keeping.snapshots import snapshot_of
from knowledge.directory.keeping.versions import UnseenChangeError
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.keeping.wording import differing_rows
from knowledge.directory.models import Organisation

PAGE_SIZE = 25


@for_keepers
@require_safe
def versions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """List the versions, the newest first."""
    found = organisation.versions.defer("snapshot").select_related("changed_by")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
    for version in page:
        version.label = part_label(version.part)
    return show(
        request, "versions.html", organisation, heading=_("History"), versions=list(page), count=page.paginator.count,
        **_page_links(page),
    )  # fmt: skip


@for_keepers
@may_be_sent
def version(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """Lay a version beside what the entry says now; the button brings it back."""
    found = get_object_or_404(organisation.versions.select_related("changed_by"), number=number)
    if request.method == "POST":
        try:
            restore(by=request.user, organisation=organisation, version=found, seen=seen_version(request))
        except UnseenChangeError:
            messages.warning(request, _("Somebody changed the profile meanwhile. Please compare once more."))
            return redirect("keeping:version", organisation.slug, number)
        say_saved(request, _("Version %(number)s is back") % {"number": number})
        return redirect("keeping:versions", organisation.slug)
    return show(
        request, "version.html", organisation, heading=_("Version %(number)s") % {"number": number},
        crumbs=[(_("History"), reverse("keeping:versions", args=[organisation.slug]))], version=found,
        label=part_label(found.part), rows=differing_rows(found.snapshot, snapshot_of(organisation)),
    )  # fmt: skip


def _page_links(page) -> dict:
    def address(number: int) -> str:
        return f"?{urlencode({'seite': number})}"

    numbers = page.paginator.get_elided_page_range(page.number)
    return {
        "page_links": [
            {"number": number, "url": address(number), "current": number == page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in numbers
        ],
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
