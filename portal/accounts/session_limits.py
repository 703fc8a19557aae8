"""How long a session lasts: it ends after a pause, and in any case after a day's work or two weeks.

A pause of two hours ends every session. However busy, the session of a person with a role ends twelve hours after
signing in, a member's after fourteen days. A change of the factors ends the person's other sessions.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.sessions import end_sessions

BEGAN_KEY = "session_began"
SEEN_KEY = "session_seen"
#: Unit: seconds. Being there is noted so often only, because each note is a write.
NOTED_EVERY = 300
#: Fields whose content is never shown again.
SECRET_WORDS = ("csrf", "password", "passwort", "code", "credential", "token", "key")


@dataclass(frozen=True)
class Limits:
    """Unit: seconds."""

    pause: int
    whole: int


LIMITS_WITH_ROLE = Limits(pause=2 * 3600, whole=12 * 3600)
LIMITS_OF_MEMBERS = Limits(pause=2 * 3600, whole=14 * 24 * 3600)


def limits_of(person: User) -> Limits:
    """Return how long a session of this person lasts."""
    return LIMITS_WITH_ROLE if person.needs_second_factor else LIMITS_OF_MEMBERS


class SessionLimitMiddleware:
    """Signs out whose session has lasted long enough, and notes now and then that a person is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask the person's session for its age before any view sees the person."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        if self._is_over(request, now):
            return self._end(request)
        if now - request.session.get(SEEN_KEY, 0) > NOTED_EVERY:
            request.session[SEEN_KEY] = now
            request.session.setdefault(BEGAN_KEY, now)
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

    @staticmethod
    def _is_over(request: HttpRequest, now: float) -> bool:
        limits = limits_of(request.user)
        began = request.session.get(BEGAN_KEY, now)
        seen = request.session.get(SEEN_KEY, now)
        return now - seen > limits.pause or now - began > limits.whole

    def _end(self, request: HttpRequest) -> HttpResponse:
        """Sign out; what was sent is shown once more, because it is not saved and should not be lost."""
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
        if request.method in ("GET", "HEAD") or _takes_up(request):
            messages.info(request, _("You were signed out because your session had lasted long enough."))
            return self.get_response(request)
        return session_over(request)


def _takes_up(request: HttpRequest) -> bool:
    """Tell whether the view itself keeps what was typed until the person is back."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "takes_up_what_was_typed", False)


def session_over(request: HttpRequest) -> HttpResponse:
    """Answer a form that came after its session had ended: nothing is done, and what was typed is shown once more."""
    return render(request, "account/session_over.html", {"entries": _typed(request)}, status=401)


def _typed(request: HttpRequest) -> list[dict]:
    """Return what was typed into a form, without what is secret."""
    return [
        {"name": name, "text": text}
        for name, texts in request.POST.lists()
        for text in texts
        if text.strip() and not any(word in name.lower() for word in SECRET_WORDS)
    ]


@receiver(user_logged_in)
def begin_session(sender, request: HttpRequest, **kwargs) -> None:
    """Note when the session began; a second signing in begins it anew."""
    request.session[BEGAN_KEY] = request.session[SEEN_KEY] = time.time()


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_other_sessions(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Whoever changes a factor wants nobody else in: only the present session stays."""
    user.forget_rights()
    end_sessions(user, keep=request.session.session_key)
