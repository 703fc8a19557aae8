"""Where the shared ground meets Wagtail: nobody is served a page outside of its audience."""

from django.http import Http404
from wagtail import hooks

from portal.shared.pages import BasePage
from portal.shared.visibility import labels_for


@hooks.register("before_serve_page")
def answer_outsiders_as_if_it_did_not_exist(page, request, serve_args, serve_kwargs):
    """Refuse a page to people outside of its audience.

    A hook and not `serve()`, because the sub-routes of a routable page never come to `BasePage.serve()`.
    """
    if isinstance(page, BasePage) and not page.is_visible_to(request.user):
        raise Http404


@hooks.register("before_serve_document")
def answer_outsiders_as_if_the_document_did_not_exist(document, request):
    """Refuse a document to people outside of its audience."""
    if document.audience not in labels_for(request.user):
        raise Http404
