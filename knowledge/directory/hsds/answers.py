"""How the interface answers: JSON with a fingerprint, pages in the standard's envelope, problems as RFC 9457 says.

An answer is only ever "not modified" by its fingerprint: a withdrawn consent changes the answer without changing the
date of an entry, and a date alone would let a name live on in other people's caches.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _

from knowledge.directory.hsds.questions import Misunderstood
from portal.shared.limits import allow

#: From one address; a program that asks twice a second stays below it.
REQUESTS_PER_MINUTE = 120
View = Callable[..., HttpResponse]


class Missing(LookupError):  # noqa: N818 -- it is an answer to the question.
    """There is no record of that name that everybody may read."""


def for_programs(view: View) -> View:
    """Make a view of one that returns JSON: bounded in number, readable only, with problems told as JSON."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = problem(405, _("Not possible"), _("Only GET and HEAD are answered."))
            response["Allow"] = "GET, HEAD"
            return response
        if not allow(request, "hsds", limit=REQUESTS_PER_MINUTE, seconds=60):
            detail = _("At most %(limit)d requests a minute are answered.") % {"limit": REQUESTS_PER_MINUTE}
            response = problem(429, _("Too many requests"), detail)
            response["Retry-After"] = "60"
            return response
        try:
            return view(request, *args, **kwargs)
        except Misunderstood as error:
            return problem(400, _("Not understood"), str(error))
        except Missing:
            return problem(404, _("Not found"), _("There is nothing of that name here."))

    return answered


def answer(
    request: HttpRequest, content: dict, *, last_modified: datetime | None = None, names_persons: bool = False
) -> HttpResponse:
    """Answer with JSON, or with nothing where the program has this very answer already.

    No cache on the way keeps an answer in which persons stand, who may take their consent back.
    """
    body = json.dumps(content, ensure_ascii=False).encode()
    fingerprint = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or fingerprint in known or f"W/{fingerprint}" in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = fingerprint
    if last_modified is not None:
        response["Last-Modified"] = http_date(last_modified.timestamp())
    response = _open(response)
    if names_persons:
        response["Cache-Control"] = "no-store"
    return response


def envelope(page: Page, contents: list[dict]) -> dict:
    """Return a page of a list as the standard writes it."""
    return {
        "total_items": page.paginator.count,
        "total_pages": page.paginator.num_pages,
        "page_number": page.number,
        "size": len(contents),
        "first_page": page.number == 1,
        "last_page": page.number >= page.paginator.num_pages,
        "empty": not contents,
        "contents": contents,
    }


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """Return what went wrong, for programs and for the people who read their logs (Source: RFC 9457)."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(content, ensure_ascii=False)
    return _open(HttpResponse(body, status=status, content_type="application/problem+json"))


def _open(response: HttpResponse) -> HttpResponse:
    """Let programs of other sites read it, and every cache ask before it answers."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
