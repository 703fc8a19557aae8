"""How these pages stand in the editing interface: their way, their paging, and whom they are for."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from search.insights.rules import may_read_insights, may_work_on_tasks

PAGE_SIZE = 25
View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """Let editors in."""
    return _refused_unless(may_read_insights, view)


def for_everybody_with_tasks(view: View) -> View:
    """Let in whoever works in the editing interface; the view asks which tasks."""
    return _refused_unless(may_work_on_tasks, view)


def _refused_unless(is_let_in: Callable[..., bool], view: View) -> View:
    """Refuse with 403; Wagtail itself would lead back to its start page with status 302."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_let_in(request.user):
            return permission_denied(request, PermissionDenied())
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            return permission_denied(request, refusal)

    return guarded


def page_of(things, request: HttpRequest) -> Page:
    """Return the page that the address asks for; a number out of range is the nearest one."""
    return Paginator(things, PAGE_SIZE).get_page(request.GET.get("p"))


def show(request: HttpRequest, template: str, *, title: str, above: tuple = (), status: int = 200, **context):
    """Show a page with the way to it; `above` names the pages between the start page and this one."""
    way = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    way += [{"url": url, "label": label} for label, url in above]
    items = context.get("items")
    return TemplateResponse(
        request,
        template,
        {
            "breadcrumbs_items": [*way, {"url": None, "label": title}],
            "header_title": title,
            "header_icon": "search",
            "elided_page_range": items.paginator.get_elided_page_range(items.number) if items else (),
            **context,
        },
        status=status,
    )


def insights_way() -> tuple:
    """Return the way to pages below the state of the search."""
    return ((_("Search index"), reverse("search_state")),)
