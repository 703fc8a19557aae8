"""The links that stand on every page."""

from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.directory.models import DirectoryIndexPage
from knowledge.papers.models import PaperIndexPage
from portal.accounts.people.pages import entrance_for
from portal.home.enums import NavigationPlace
from portal.home.models import ContentPage


def navigation(request) -> dict:
    """Give every template the navigation; it asks the database only when a template shows it."""
    return {"navigation": Navigation(request), "portal_name": settings.PORTAL_NAME}


class Navigation:
    """The navigation as one request sees it."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def main(self) -> list[dict]:
        """Return the links of the head: the rooms that are there, then the pages that editors put there."""
        rooms = [self._link(page.title, page.url) for page in self._rooms]
        return [*rooms, self._link(_("Glossary"), reverse("topics:glossary")), *self._placed(NavigationPlace.MAIN)]

    @cached_property
    def people(self) -> dict | None:
        """Return the link for those who look after other people's accounts; asks nothing about anonymous readers."""
        entrance = entrance_for(self.request.user)
        return self._link(*entrance) if entrance else None

    @cached_property
    def footer(self) -> list[dict]:
        """Return the links of the foot."""
        barrier = f"{reverse('contact')}?art=barriere"
        return [*self._placed(NavigationPlace.FOOTER), self._link(_("Report a barrier"), barrier)]

    @cached_property
    def _rooms(self) -> list[Page]:
        """The lists of papers and of organisations, as far as they are there for the reader; one query for both."""
        user = self.request.user
        lists = (PaperIndexPage, DirectoryIndexPage)
        seen = Q()
        for model in lists:
            seen |= Q(pk__in=model.objects.visible_to(user).order_by().values("pk"))
        return list(Page.objects.filter(seen).order_by("path"))

    @cached_property
    def _pages(self) -> list[ContentPage]:
        pages = ContentPage.objects.visible_to(self.request.user).exclude(navigation=NavigationPlace.NOWHERE)
        return list(pages.order_by("path"))

    def _placed(self, place: NavigationPlace) -> list[dict]:
        return [self._link(page.title, page.url) for page in self._pages if page.navigation == place]

    def _link(self, title: str, url: str) -> dict:
        return {"title": title, "url": url, "current": getattr(self.request, "path", "").startswith(url)}
