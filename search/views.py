"""The pages of the search: results, suggestions while typing, and the description for browsers."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from search.events import answered
from search.pagination import page_links
from search.queries import LONGEST_QUERY, parse_request
from search.results import results_page
from search.suggestions import suggestions


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show a page of results; an outage answers 503, so that nobody takes it for an empty result."""
    page = results_page(parse_request(dict(request.GET.lists())), request.user)
    answered.send_robust(sender=results, request=request, page=page)
    context = {
        "results": page,
        "links": page_links(page.request, page.last_page),
        "longest_query": LONGEST_QUERY,
        # A screen reader reads a whole page anyway; only an exchanged part of it must be announced.
        "is_announced": request.headers.get("HX-Request") == "true",
    }
    response = render(request, "search/results.html", context, status=503 if page.is_outage else 200)
    if page.is_outage:
        response.headers["Retry-After"] = "120"
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the options of the search box as a fragment."""
    offered = suggestions(request.GET.get("q", ""), request.user)
    response = render(request, "search/suggestions.html", {"suggestions": offered, "list_id": _list_id(request)})
    patch_cache_control(response, private=True, max_age=60)
    return response


def _list_id(request: HttpRequest) -> str:
    """Options need ids that are unique on a page with two search boxes; anything but a plain name is ignored."""
    asked = request.GET.get("liste", "")
    return asked if re.fullmatch(r"[a-z-]{1,40}", asked) else "vorschlag"


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search, so that a browser can offer it in its address bar."""
    context = {"base": f"{request.scheme}://{request.get_host()}", "name": settings.WAGTAIL_SITE_NAME}
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")
