"""Whom the editors' pages of the directory are for, and how they stand in the editing interface."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from knowledge.directory.rules import may_look_after
from search.insights.pages import page_of, show

View = Callable[..., HttpResponse]
__all__ = ["for_caretakers", "page_of", "show_page"]


def for_caretakers(view: View) -> View:
    """Let editors in; others get 403, for Wagtail itself would lead back to its start page with status 302."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_look_after(request.user):
            return permission_denied(request, PermissionDenied())
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            return permission_denied(request, refusal)

    return guarded


def show_page(request: HttpRequest, template: str, *, title: str, above: tuple = (), **context) -> HttpResponse:
    """Show a page below the state of the directory."""
    way = ((_("State of the directory"), reverse("directory_freshness")), *above)
    is_start = request.path == way[0][1]
    return show(
        request,
        f"knowledge/directory/deciding/{template}",
        title=title,
        above=() if is_start else way,
        header_icon="group",
        **context,
    )
