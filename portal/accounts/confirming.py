"""Acts that matter ask once more who it is; a form that was sent is taken up right afterwards.

allauth's own decorator forgets what was typed where the address has a query, and answers a confirmed download with the
file alone, so that the page which asked seems to stay.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, is_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import add_query_params, deserialize_request, serialize_request
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether the person has shown within the last minutes that it is they who are signed in."""
    return not is_reauthentication_required(request, app="")


def ask_who_it_is(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks, and from there back; what was sent by POST is done then."""
    if request.method != "POST":
        raise ReauthenticationRequired
    return _ask(request, "take_up", request.get_full_path(), {"request": serialize_request(request)})


def ask_who_it_is_before(request: HttpRequest, page: str, saying: str) -> HttpResponse:
    """Lead to the page that asks, and from there to another, which says how it goes on."""
    return _ask(request, "go_on", page, {"saying": saying})


def take_up(request: HttpRequest, state: dict) -> HttpResponse | None:
    """Answer the form that was sent before the person was asked."""
    if not _is_about(request, state):
        return None
    sent = deserialize_request(state["request"], request)
    view = resolve(sent.path_info)
    return view.func(sent, *view.args, **view.kwargs)


def go_on(request: HttpRequest, state: dict) -> HttpResponse | None:
    """Return to a page and say that the confirmation was taken."""
    if not _is_about(request, state):
        return None
    messages.success(request, state["saying"])
    return redirect(state["page"])


def _ask(request: HttpRequest, then: str, page: str, state: dict) -> HttpResponse:
    request.session[STATE_SESSION_KEY] = {"state": {"page": page, **state}, "callback": f"{__name__}.{then}"}
    way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return redirect(add_query_params(way, {"next": page}))


def _is_about(request: HttpRequest, state: dict) -> bool:
    """Tell whether this confirmation was asked for by that act.

    Whoever turned away from the question and is asked for something else later has not agreed to the first.
    """
    return get_next_redirect_url(request) == state["page"]
