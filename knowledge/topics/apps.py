"""The app of topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    """Fields of action, topics and terms."""

    name = "knowledge.topics"
    label = "topics"
    verbose_name = _("Topics and terms")

    def ready(self):
        """Hand the terms to the search."""
        from knowledge.topics import indexing  # noqa: F401 -- registration by import.
