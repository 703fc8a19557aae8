"""Old addresses lead to where a page is now, but tell nobody of a page that they may not see."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.shared.pages import BasePage


class CarefulRedirectMiddleware(RedirectMiddleware):
    """Follows a redirect only where its reader would find something: the new address may say what a page is about."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the answer "not found" where the target is a page of ours that this reader may not see."""
        answer = super().process_response(request, response)
        if answer is response:
            return response
        target = self._target(request)
        return answer if target is None or self._may_see(request, target.specific) else response

    @staticmethod
    def _target(request: HttpRequest) -> Page | None:
        """Return the page that the followed redirect leads to; Wagtail looks with the query first, then without."""
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        redirect = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        return redirect.redirect_page if redirect else None

    @staticmethod
    def _may_see(request: HttpRequest, page: Page) -> bool:
        if not isinstance(page, BasePage):
            return True
        return type(page).objects.visible_to(request.user).filter(pk=page.pk).exists()
