"""The view of the search for programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.shared.limits import allow
from search.api.answers import UNICODE, answer, problem
from search.queries import parse_request
from search.results import results_page

#: From one address; a program that asks once a second stays below it.
REQUESTS_PER_MINUTE = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer what the page of results would show this reader; an outage is a problem and no empty answer."""
    if not allow(request, "search_api", limit=REQUESTS_PER_MINUTE, seconds=60):
        detail = _("At most %(limit)d requests a minute are answered.") % {"limit": REQUESTS_PER_MINUTE}
        return problem(429, _("Too many requests"), detail, retry_after=60)
    page = results_page(parse_request(dict(request.GET.lists())), request.user)
    if page.is_outage:
        detail = _("The search is out of order at the moment. This says nothing about what could be found.")
        return problem(503, _("Search disrupted"), detail, retry_after=120)
    return JsonResponse(answer(page), json_dumps_params=UNICODE)
