"""The page of the directory: the list with its filters, and below it every profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page

from knowledge.directory.models.organisations import DIRECTORY_SLUG
from portal.shared.pages import BasePage


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
