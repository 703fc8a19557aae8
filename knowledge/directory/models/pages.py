"""The page of the directory: the list with its filters, and below it every profile."""

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from knowledge.directory.enums import EntryState
from knowledge.directory.models.organisations import DIRECTORY_SLUG, Organisation
from portal.shared.pages import BasePage
from portal.shared.visibility import Audience


class DirectoryIndexPage(RoutablePageMixin, BasePage):
    """The directory (`/verzeichnis/`); its address is fixed, because profiles are cited by theirs."""

    lead = models.TextField(_("introduction"), blank=True)

    template = "knowledge/directory/directory_index_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("directory of organisations")

    def full_clean(self, *args, **kwargs):
        """Keep the address, which every profile's begins with."""
        self.slug = DIRECTORY_SLUG
        super().full_clean(*args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Name the profiles that are for everybody, too; dormant ones are not worth a crawler's visit."""
        urls = super().get_sitemap_urls(request)
        profiles = (
            Organisation.objects.filter(state=EntryState.LIVE, audience=Audience.PUBLIC).only("slug", "updated_at")
            if urls
            else []
        )
        base = self.get_full_url(request)
        return [*urls, *({"location": f"{base}{one.slug}/", "lastmod": one.updated_at} for one in profiles)]

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show the list with its filters."""
        from knowledge.directory.presentation import list_context

        return self.render(request, context_overrides=list_context(request))

    @path("<slug:slug>/")
    def profile(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a profile; no cache keeps a page on which persons stand, who may take their consent back."""
        from knowledge.directory.presentation import profile_context

        context = profile_context(request, slug)
        response = self._answer(request, "knowledge/directory/profile_page.html", context)
        if context["profile"].contacts:
            response["Cache-Control"] = "no-store"
        return response

    @path("<slug:slug>/rueckmeldung/")
    def remark(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Take a remark of a reader for the organisation."""
        from knowledge.directory.presentation import remark_answer

        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        answer = remark_answer(request, slug)
        if isinstance(answer, HttpResponse):
            return answer
        context, status = answer
        response = self._answer(request, "knowledge/directory/remark_page.html", context)
        response.status_code = status
        return response

    def _answer(self, request: HttpRequest, template: str, context: dict) -> HttpResponse:
        crumbs = [{"title": "", "url": "/"}, {"title": self.title, "url": self.url}]
        organisation = context["organisation"]
        if "form" in context:
            crumbs.append({"title": organisation.name, "url": organisation.get_absolute_url()})
        return self.render(request, template=template, context_overrides={**context, "crumbs": crumbs})
