"""A request counts from when all of it is here: nobody keeps old rights by holding back its last byte."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import UnreadablePostError


class WholeRequestMiddleware:
    """Reads what was sent before anybody asks who sent it, and what they may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the body in; where the sender goes away meanwhile there is nothing to do."""
        if request.method == "POST":
            try:
                len(request.POST)
            except UnreadablePostError:
                return HttpResponseBadRequest()
        return self.get_response(request)
