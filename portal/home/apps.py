"""The app of the front door."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page, ordinary pages and contact."""

    name = "portal.home"
    label = "home"
    verbose_name = _("Home")

    def ready(self):
        """Hand the pages of this room to the search, and what people wrote to those people."""
        from portal.home import indexing, own_data

        indexing.register()
        own_data.register()
