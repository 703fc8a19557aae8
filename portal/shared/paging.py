"""Long lists in pages, as `templates/components/pagination.html` shows the way through them."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of(request: HttpRequest, rows: QuerySet | Sequence, kept: str = "") -> tuple[Page, dict]:
    """Return the page that `?seite=` asks for and what the component takes; `kept` is the rest of the address."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))

    def link(number: int) -> str:
        return f"?{kept}{'&' if kept else ''}seite={number}"

    links = [
        {"number": number, "url": link(number), "current": number == page.number}
        if isinstance(number, int)
        else {"number": None}
        for number in page.paginator.get_elided_page_range(page.number)
    ]
    return page, {
        "count": page.paginator.count,
        "page_links": links,
        "previous_url": link(page.previous_page_number()) if page.has_previous() else "",
        "next_url": link(page.next_page_number()) if page.has_next() else "",
    }
