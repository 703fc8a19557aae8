"""The middleware that keeps rights true to the day: a role that ended yesterday opens nothing today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.actions.roles import settle_rights


class RightsMiddleware:
    """Sets the rights anew on the first request after a role began or ended.

    Rights matter only while their person asks for something, so no timer is needed that could fail unseen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at one column of the person who was read anyway."""
        user = request.user
        if user.is_authenticated and user.rights_are_due(timezone.localdate()):
            settle_rights(user)
        return self.get_response(request)
