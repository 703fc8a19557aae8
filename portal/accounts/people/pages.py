"""How the pages about people are shown, and to whom: everybody else gets the answer of a page that is not there."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.enums import TAKEN_IN_BY
from portal.accounts.models import JoinRequest
from portal.accounts.querysets import may_act
from portal.accounts.rules import may_administer_people
from portal.accounts.session_limits import session_over

#: Steps of the way to a page, as title and address.
Crumbs = Sequence[tuple[str, str]]


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hide a page from everybody who administers nobody."""
    return _hidden_unless(may_administer_people, view)


def for_people_with_roles(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hide a page from everybody whose roles open nothing; the view asks further."""
    return _hidden_unless(lambda user: may_act(user) and bool(user.live_roles), view)


def _hidden_unless(is_let_in: Callable[..., bool], view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What an act refuses is answered like a page that is not there, too, so that refusals tell nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            # Whoever typed something while the session ended elsewhere gets it back.
            return session_over(request)
        if not is_let_in(request.user):
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            raise Http404 from refusal

    return guarded


def show(request: HttpRequest, template: str, *, heading: str, crumbs: Crumbs = (), status: int = 200, **context):
    """Show a page with its heading and the way to it."""
    way = [{"title": title, "url": url} for title, url in (("", "/"), *_start(request), *crumbs)]
    return render(request, template, {"heading": heading, "crumbs": way, **context}, status=status)


def show_form(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    submit: str,
    cancel: str,
    intro: Sequence[str] = (),
    crumbs: Crumbs = (),
    is_dangerous: bool = False,
    search: dict | None = None,
    wish: JoinRequest | None = None,
) -> HttpResponse:
    """Show a page with one form; 422 where it came back with errors, so that scripts see it, too."""
    return show(
        request,
        "people/form.html",
        heading=heading,
        crumbs=crumbs,
        status=422 if form.errors else 200,
        form=form,
        submit=submit,
        cancel=cancel,
        intro=intro,
        is_dangerous=is_dangerous,
        search=search,
        wish=wish,
        action=request.get_full_path(),
    )


def entrance_for(user) -> tuple[str, str] | None:
    """Return title and address of the page where these pages begin for a person; most people have none."""
    if may_administer_people(user):
        return _("People and rights"), reverse("people:list")
    if may_act(user) and any(role.role in TAKEN_IN_BY for role in user.live_roles):
        return _("Your groups and organisations"), reverse("people:circles")
    return None


def _start(request: HttpRequest) -> Crumbs:
    start = entrance_for(request.user)
    return () if start is None or start[1] == request.path else (start,)
