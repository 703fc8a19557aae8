"""The route to which the results page tells that a hit was opened; it answers nothing, whatever it was told."""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.shared.limits import allow
from search.insights.counting import count_opening
from search.queries import clean_query
from search.registry import registry

#: Faster than anybody opens hits.
MOST_A_MINUTE = 60
_KEY = re.compile(r"[a-z_]{1,40}")
_ID = re.compile(r"[\w-]{1,64}")


# Without a token, which would cost every reader of the results page a cookie; instead the browser's own word counts
# that our page sent it. Nothing but a number can be changed here.
@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Count an opened hit, if it was a reader of ours who opened something that they may read."""
    if not _comes_from_our_page(request):
        return HttpResponse(status=403)
    if not allow(request, "search-opened", limit=MOST_A_MINUTE, seconds=60):
        return HttpResponse(status=429)
    kind, object_id = request.POST.get("art", ""), request.POST.get("nummer", "")
    if _is_visible(kind, object_id, request.user):
        query = clean_query(request.POST.get("q", ""))
        count_opening(query=query, key=(kind, object_id), day=timezone.localdate())
    return HttpResponse(status=204)


def _comes_from_our_page(request: HttpRequest) -> bool:
    """Browsers say where a request comes from, and pages cannot make them lie; who says nothing is not believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _is_visible(kind: str, object_id: str, user) -> bool:
    if not (_KEY.fullmatch(kind) and _ID.fullmatch(object_id)):
        return False
    if user.is_authenticated and user.works_in_editing:
        return False
    registration = registry.get(kind)
    try:
        return registration is not None and object_id in registration.visible_to(user, [object_id])
    except ValueError:
        # The kind's keys are of another form.
        return False
