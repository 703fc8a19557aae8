"""One's own saved searches: save, see what is new, rename, remove; and the page behind the link that stops mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.engines.base import EngineUnavailable
from search.queries import parse_request
from search.saved import actions
from search.saved.actions import MOST_PER_PERSON, TooManySearchesError
from search.saved.forms import SavedSearchForm
from search.saved.links import feed_address, read_stopping
from search.saved.matching import MOST_WATCHED
from search.saved.models import SavedSearch, watched
from search.saved.presentation import listed, page_links, search_views
from search.saved.words import chosen, in_words

PER_PAGE = 10
MOST_LISTED = 50
#: Where a new feed address waits for the one page that shows it.
_FEED_KEY = "saved_search_feed"
may_be_sent = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def searches(request: HttpRequest) -> HttpResponse:
    """List what the person keeps, with the number of new hits of each."""
    mine = SavedSearch.objects.owned_by(request.user)
    page = Paginator(mine.kept(), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "views": search_views(list(page), request.user),
        "removed": mine.removed().order_by("-removed_at"),
        "count": page.paginator.count,
        "most": MOST_PER_PERSON,
        **page_links(page),
    }
    return render(request, "search/saved/list.html", context)


@may_be_sent
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keep a search; whoever comes without the form, after signing in for example, starts at the list."""
    if request.method != "POST":
        return redirect("saved_searches:list")
    asked = watched(parse_request(dict(request.POST.lists())))
    form = SavedSearchForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            kept, is_new = actions.save_search(by=request.user, request=asked, at=timezone.now(), **form.cleaned_data)
        except TooManySearchesError:
            form.add_error(None, _too_many())
        except EngineUnavailable:
            form.add_error(None, _("The search is out of order at the moment. Please try again in a few minutes."))
            status = 503
        else:
            messages.success(request, _saved(kept, is_new=is_new))
            return redirect(kept)
    context = {"form": form, "hidden": asked.parameters(), "words": in_words(asked, chosen(asked)), "back": asked}
    return render(request, "search/saved/save.html", context, status=status)


@require_safe
@login_required
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one search: what is new, and its feed; a new feed address is shown once."""
    mine = _mine(request, pk)
    (view,) = search_views([mine], request.user)
    waiting = request.session.get(_FEED_KEY, {})
    address = ""
    if waiting.get("search") == mine.pk:
        address = feed_address(request.session.pop(_FEED_KEY)["token"])
    context = {
        "view": view,
        "hits": listed(view.new[:MOST_LISTED]),
        "more": max(len(view.new) - MOST_LISTED, 0),
        "watched": MOST_WATCHED,
        "feed_address": address,
    }
    return render(request, "search/saved/search.html", context)


@may_be_sent
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name and frequency."""
    mine = _mine(request, pk)
    initial = {"name": mine.name, "frequency": mine.frequency}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.change_search(by=request.user, search=mine, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect(mine)
    context = {"form": form, "search": mine}
    return render(request, "search/saved/edit.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is new as read."""
    mine = _mine(request, pk)
    try:
        actions.mark_as_read(by=request.user, search=mine, at=timezone.now())
    except EngineUnavailable:
        messages.error(request, _("The search is out of order at the moment. Please try again in a few minutes."))
    else:
        messages.success(request, _("All hits of this search count as read."))
    return redirect(mine)


@may_be_sent
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then remove; the list offers to take it back."""
    mine = _mine(request, pk)
    if request.method != "POST":
        return render(request, "search/saved/remove.html", {"search": mine})
    actions.remove_search(by=request.user, search=mine, at=timezone.now())
    messages.success(request, _("The search “%(name)s” is removed.") % {"name": mine.name})
    return redirect("saved_searches:list")


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a removed search after all."""
    mine = get_object_or_404(SavedSearch.objects.owned_by(request.user), pk=pk)
    try:
        actions.take_back_removal(by=request.user, search=mine)
    except TooManySearchesError:
        messages.error(request, _too_many())
        return redirect("saved_searches:list")
    messages.success(request, _("The search “%(name)s” is back. Its feed needs a new address.") % {"name": mine.name})
    return redirect(mine)


@require_POST
@login_required
def new_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new feed address; the former one opens nothing any more."""
    mine = _mine(request, pk)
    token = actions.renew_feed(by=request.user, search=mine, at=timezone.now())
    request.session[_FEED_KEY] = {"search": mine.pk, "token": token}
    return redirect(f"{mine.get_absolute_url()}#feed")


@require_POST
@login_required
def end_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the feed."""
    mine = _mine(request, pk)
    actions.close_feed(by=request.user, search=mine)
    messages.success(request, _("The feed is closed. Its address opens nothing any more."))
    return redirect(mine)


@csrf_exempt
@may_be_sent
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST stop the mails that the link names; mail programs post without cookies (RFC 8058).

    Nothing is told about searches or people, because whoever finds the mail may open the link.
    """
    stopping = read_stopping(token)
    if stopping is None:
        return render(request, "search/saved/unsubscribe.html", {"state": "unknown"}, status=404)
    if request.method != "POST":
        return render(request, "search/saved/unsubscribe.html", {"state": "asked"})
    actions.stop_mails(stopping=stopping, at=timezone.now())
    return render(request, "search/saved/unsubscribe.html", {"state": "done"})


def _mine(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.owned_by(request.user).kept(), pk=pk)


def _saved(kept: SavedSearch, *, is_new: bool) -> str:
    if is_new:
        return _("The search “%(name)s” is saved.") % {"name": kept.name}
    return _("You had saved this search before. It is now called “%(name)s”.") % {"name": kept.name}


def _too_many() -> str:
    return _("You keep %(most)d searches; more are not possible. Remove one, then save this one.") % {
        "most": MOST_PER_PERSON
    }
