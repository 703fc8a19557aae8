"""The headers of every answer: the content security policy by area, and no caching of what a person alone may see."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control

#: The areas where Wagtail's and Django's editing interfaces need inline code; never `eval`, never other hosts.
EDITING_PATHS = ("/redaktion/", "/verwaltung/")
INLINE_FOR_EDITING = {"script-src": ["'self'", "'unsafe-inline'"], "style-src": ["'self'", "'unsafe-inline'"]}


class ContentSecurityMiddleware(CSPMiddleware):
    """The strict policy everywhere but in the editing interface."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Loosen the policy for inline code on the editing paths, then write the header."""
        if request.path_info.startswith(EDITING_PATHS):
            response._csp_replace = INLINE_FOR_EDITING  # the hook django-csp's decorators use.
        return super().process_response(request, response)


class PrivateResponseMiddleware:
    """Answers to signed-in people are stored by no cache, because they may hold what others may not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the response `private, no-store` when the person is signed in."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.user.is_authenticated:
            add_never_cache_headers(response)
            patch_cache_control(response, private=True, no_store=True)
        return response
