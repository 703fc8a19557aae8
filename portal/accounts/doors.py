"""Where the other doors lead: to the only one, or, for who is signed in already, to what is missing."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def the_only_door(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
    """Lead to the one door; whoever is signed in already lacks a right, which signing in again would not mend."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", "/"))
    reason = _("This area is for those who edit or administer the portal. Your account has no role for it.")
    # Without the errors: Wagtail says in its own words what the page says in ours before it sends somebody here.
    others = [message for message in messages.get_messages(request) if message.level < messages.ERROR]
    return render(request, "403.html", {"reason": reason, "messages": others}, status=403)
