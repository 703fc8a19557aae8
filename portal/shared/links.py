"""Links in running text: to what is not for everybody they lead by its number, which tells nothing about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.shared.visibility import Audience, labels_for

#: Stands for the name of a document in its address; the number decides what is served.
NEUTRAL_NAME = "datei"


class CarefulPageLinkHandler(PageLinkHandler):
    """Wagtail's link to a page; a text is rendered alike for all its readers, so it may not name closed pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return the opening tags."""
        return [f'<a href="{escape(_page_address(page))}">' if page else "<a>" for page in cls.get_many(attrs_list)]


class CarefulDocumentLinkHandler(DocumentLinkHandler):
    """Wagtail's link to a document, whose address would name the title."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        """Return the opening tags."""
        return [
            f'<a href="{escape(document_address(document))}">' if document else "<a>"
            for document in cls.get_many(attrs_list)
        ]


@require_safe
def page_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a page if the reader may see it; else answer as for a number that no page has."""
    page = Page.objects.filter(pk=pk, live=True).specific().first()
    if page is None or getattr(page, "audience", Audience.NOBODY) not in labels_for(request.user) or not page.url:
        raise Http404
    return redirect(page.url)


def document_address(document) -> str:
    """Return the address of a document that may stand where others than its readers see it."""
    if document.audience == Audience.PUBLIC:
        return document.url
    return reverse("wagtaildocs_serve", args=[document.pk, NEUTRAL_NAME])


def _page_address(page: Page) -> str:
    is_open = page.live and getattr(page, "audience", Audience.NOBODY) == Audience.PUBLIC
    return (page.url if is_open else None) or reverse("page_by_number", args=[page.pk])
