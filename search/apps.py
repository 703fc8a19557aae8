"""The app of the search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding: knows records, not pages."""

    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self):
        """Listen to changes, and register the system checks."""
        from search import checks, indexing  # noqa: F401 -- the checks register themselves on import.

        indexing.watch()
