"""The app of papers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Position papers."""

    name = "knowledge.papers"
    label = "papers"
    verbose_name = _("Position papers")

    def ready(self):
        """Hand the papers to the search, and what people imported to those people."""
        from knowledge.papers import indexing, own_data

        indexing.register()
        own_data.register()
