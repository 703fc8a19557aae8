"""What a program is told of a page of results, and how problems are told (Source: RFC 9457)."""

from collections.abc import Iterable

from django.http import JsonResponse
from django.urls import reverse

from portal.accounts.adapter import own_address
from search.language.highlights import Segment
from search.queries import SearchRequest
from search.refinements import FacetView
from search.results import HitView, ResultsPage


def answer(page: ResultsPage) -> dict:
    """Return a page of results; addresses are whole, texts are plain."""
    return {
        "query": page.request.query,
        "searched_query": page.searched_query,
        "total": page.total,
        "page": page.request.page,
        "pages": page.last_page,
        "facets": [_facet(facet) for facet in page.facets],
        "hits": [_hit(hit) for hit in page.hits],
        "links": _links(page.request, page.last_page),
    }


def problem(status: int, title: str, detail: str, *, retry_after: int) -> JsonResponse:
    """Return what went wrong, for programs and for the people who read their logs."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    response = JsonResponse(content, status=status, content_type="application/problem+json", json_dumps_params=UNICODE)
    response.headers["Retry-After"] = str(retry_after)
    return response


#: German words are written as they are; they take less room and can be read in logs.
UNICODE = {"ensure_ascii": False}


def _hit(hit: HitView) -> dict:
    return {
        "id": f"{hit.kind}:{hit.id}",
        "url": _whole(hit.url),
        "title": _text(hit.title),
        "kind": hit.kind,
        "kind_label": hit.kind_label,
        "date": hit.date.isoformat() if hit.date else None,
        "origin": list(hit.origin),
        "edition": hit.edition,
        "passage": _text(hit.passage),
        "section": {"heading": hit.place.heading, "number": hit.place.number, "url": _whole(hit.place.url)}
        if hit.place
        else None,
    }


def _facet(facet: FacetView) -> dict:
    choices = [
        {"value": choice.value, "label": choice.label, "count": choice.count, "chosen": choice.chosen}
        for choice in facet.choices
    ]
    return {"parameter": facet.param, "label": facet.label, "choices": choices}


def _links(request: SearchRequest, last_page: int) -> dict:
    def link(page: int) -> str | None:
        address = f"{reverse('search_api:search')}{request.on_page(page).address}"
        return own_address(address) if 1 <= page <= last_page else None

    page = request.page
    html = own_address(f"{reverse('search:results')}{request.address}")
    steps = {"self": page, "first": 1, "prev": page - 1, "next": page + 1, "last": last_page}
    return {**{name: link(number) for name, number in steps.items()}, "html": html}


def _text(segments: Iterable[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def _whole(url: str) -> str:
    return own_address(url) if url.startswith("/") else url
