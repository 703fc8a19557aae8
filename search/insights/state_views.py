"""The page on how the index stands, and the buttons that give refused changes another chance."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from search.insights.dead_letters import dead_letters, retry
from search.insights.pages import for_editors, page_of, show
from search.insights.state import Figures, generation_rows
from search.insights.state import figures as figures_now
from search.models import OutboxEntry
from search.status import IndexStatus

#: After so long the page stops asking by itself: a forgotten window must not keep a session alive.
ASKS_FOR = datetime.timedelta(minutes=15)
#: The status by which htmx is told to ask no more.
STOP_ASKING = 286


@for_editors
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Show figures, what the engine says about itself, and what it refused."""
    items = page_of(OutboxEntry.objects.given_up().order_by("since", "pk"), request)
    found = figures_now()
    asks = request.GET.get("aktualisieren") != "aus"
    return show(
        request,
        "search/insights/state.html",
        title=_("Search index"),
        items=items,
        letters=dead_letters(list(items), request.user),
        indexes=[
            {"index": index, "generations": generation_rows(index), "place": _place(index, request.user)}
            for index in found.status.indexes
        ],
        **_shown(found, _until() if asks else None),
    )


@for_editors
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Answer the figures alone to the page that asks now and then; 204 where they are as they were."""
    until = _moment(request.GET.get("bis", ""))
    found = figures_now()
    is_over = until is None or timezone.now() > until
    if not is_over and request.GET.get("stand") == found.digest:
        return HttpResponse(status=204)
    status = STOP_ASKING if is_over else 200
    context = _shown(found, None if is_over else until)
    return TemplateResponse(request, "search/insights/figures.html", context, status=status)


@for_editors
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Give everything that was refused another chance."""
    return _told(request, retry(by=request.user))


@for_editors
@require_POST
def retry_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one refused change another chance."""
    return _told(request, retry(by=request.user, entry=get_object_or_404(OutboxEntry, pk=pk)))


def _told(request: HttpRequest, count: int) -> HttpResponse:
    if count:
        text = ngettext("%(count)s change is tried again.", "%(count)s changes are tried again.", count)
        messages.success(request, text % {"count": number_format(count)})
    else:
        messages.info(request, _("There was nothing to try again: the index has it already, or somebody was quicker."))
    return redirect("search_state")


def _place(index: IndexStatus, person) -> str:
    """Return where an index lies, which only concerns those who run it."""
    return index.name if person.administers_network else ""


def _shown(found: Figures, until: datetime.datetime | None) -> dict:
    """What the template shows; `until` is when the page stops asking, nothing where it does not ask."""
    asked = {"stand": found.digest, "bis": int(until.timestamp())} if until else {}
    next_url = f"{reverse('search_state_figures')}?{urlencode(asked)}" if until else ""
    return {"figures": found, "next_url": next_url}


def _until() -> datetime.datetime:
    return timezone.now() + ASKS_FOR


def _moment(raw: str) -> datetime.datetime | None:
    """Read when to stop; nobody may ask for longer than the page itself would."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 11):
        return None
    return min(datetime.datetime.fromtimestamp(int(raw), tz=datetime.UTC), _until())
