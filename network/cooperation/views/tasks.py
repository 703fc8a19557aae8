"""The list of what is to be done, for both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knowledge.directory.querysets import organisations_kept_by
from network.cooperation.rules import may_ask
from network.cooperation.tasks import tasks_of
from network.cooperation.views.pages import for_members_reading
from portal.shared.paging import page_of


@for_members_reading
def tasks(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, by due date; a member on neither side reads what this is for."""
    page, links = page_of(request, tasks_of(request.user, timezone.localtime()))
    context = {
        "tasks": page,
        "asks": may_ask(request.user),
        "keeps": bool(organisations_kept_by(request.user)),
        **links,
    }
    return render(request, "network/cooperation/tasks.html", context)
