"""How the pages of the self-service are shown, and to whom: for everybody else they are not there."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from knowledge.directory.keeping.drafts import keep_typed
from knowledge.directory.keeping.versions import WithheldError
from knowledge.directory.models import Organisation
from knowledge.directory.rules import may_keep

FOLDER = "knowledge/directory/keeping"
View = Callable[..., HttpResponse]


def for_keepers(view: View) -> View:
    """Give the view the organisation that the address names, if the person keeps its entry.

    Whoever is not signed in is led to the sign-in and back, whatever the address; what was typed is kept meanwhile.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep_typed(request)
            return redirect_to_login(request.get_full_path())
        organisation = Organisation.objects.select_related("municipality").filter(slug=slug).first()
        if organisation is None or not may_keep(request.user, organisation):
            raise Http404
        try:
            return view(request, organisation, *args, **kwargs)
        except WithheldError:
            if request.method == "POST":
                keep_typed(request)
            text = _("Your proof was not enough. Until another one is, you cannot change what readers see.")
            messages.warning(request, text)
            return redirect("keeping:representation", organisation.slug)
        except PermissionDenied as refusal:
            raise Http404 from refusal

    # A session that ends with this form comes here, too, instead of to the page that only shows what was typed.
    guarded.takes_up_what_was_typed = True
    return guarded


def show(
    request: HttpRequest,
    template: str,
    organisation: Organisation,
    *,
    heading: str,
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
    is_start: bool = False,
    **context,
) -> HttpResponse:
    """Show a page with its heading and the way to it."""
    start = () if is_start else ((organisation.name, reverse("keeping:start", args=[organisation.slug])),)
    way = [("", "/"), (_("Keep the profile"), reverse("keeping:home")), *start, *crumbs]
    context |= {
        "organisation": organisation,
        "heading": heading,
        "crumbs": [{"title": title, "url": url} for title, url in way],
    }
    return render(request, f"{FOLDER}/{template}", context, status=status)


def say_saved(request: HttpRequest, what: str, *, is_changed: bool = True) -> None:
    """Say that something is saved, with the time; also where nothing had to be changed."""
    values = {"what": what, "time": time_format(timezone.localtime(), "TIME_FORMAT")}
    text = _("%(what)s: saved at %(time)s.") if is_changed else _("%(what)s: everything is as it was saved before.")
    messages.success(request, text % values)


def seen_version(request: HttpRequest, name: str = "version") -> int:
    """Return the version that a form was read with; 0 where it names none, which is never the present one."""
    return _number(request.POST.get(name, ""))


def version_to_name(
    request: HttpRequest, organisation: Organisation, typed: QueryDict | None, *, is_shown: bool
) -> int:
    """Return the version that a form names: the one with which its words were typed, until the other side is shown.

    A form that comes back with errors, or after the session had ended, must not pass for one that was read just now.
    """
    sent = request.POST if request.method == "POST" else typed
    return organisation.version if sent is None or is_shown else _number(sent.get("version", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
