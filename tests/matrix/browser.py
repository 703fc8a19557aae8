"""A browser for thousands of requests: Django's own, without noting which templates were rendered with what."""

from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler

#: Middleware is loaded once for all browsers.
_HANDLER = ClientHandler(enforce_csrf_checks=False)


class Browser(RequestFactory):
    """Sends requests through all middleware; a failing view is an answer 500."""

    def request(self, **request) -> HttpResponse:
        """Return the answer, which remembers what was asked."""
        response = _HANDLER(self._base_environ(**request))
        response.request = request
        return response
