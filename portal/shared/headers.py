"""The headers of every answer: what a browser may load, frame and keep, errors and static files included."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from whitenoise.middleware import WhiteNoiseFileResponse

#: The areas where Wagtail's and Django's editing interfaces need inline code; never `eval`, never other hosts.
EDITING_PATHS = ("/redaktion/", "/verwaltung/")
INLINE_FOR_EDITING = {"script-src": ["'self'", "'unsafe-inline'"], "style-src": ["'self'", "'unsafe-inline'"]}
#: What no page of the portal uses, so that code that got in cannot use it either.
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


class HeadersMiddleware(CSPMiddleware):
    """Writes the headers of every answer; stands first, so that it also sees what other middleware answers.

    A refused host name, an interrupted session and a static file never reach the middleware further in.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        self._layers = (SecurityMiddleware(get_response), XFrameOptionsMiddleware(get_response))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write every header that the answer does not bring itself; loosen the policy on the editing paths."""
        for layer in self._layers:
            response = layer.process_response(request, response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith(EDITING_PATHS):
            response._csp_replace = INLINE_FOR_EDITING  # the hook django-csp's decorators use.
        if is_for_one_person(request, response):
            response["Cache-Control"] = "private, no-store"
            response.headers.pop("Expires", None)
        return super().process_response(request, response)


def is_for_one_person(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether an answer may hold what others may not see, or a cookie, and so must not be stored.

    Asks for the cookies and not for the person, because the database that knows the person may be what broke.
    """
    if isinstance(response, WhiteNoiseFileResponse):
        return False
    person = getattr(request, "_cached_user", None)  # where Django keeps the person once somebody asked.
    is_signed_in = person is not None and person.is_authenticated
    return is_signed_in or settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
