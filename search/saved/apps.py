"""The app of saved searches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedSearchesConfig(AppConfig):
    """Searches that people keep."""

    name = "search.saved"
    label = "saved_searches"
    verbose_name = _("Saved searches")

    def ready(self):
        """Let people take their searches along and have them forgotten; close feeds of those who may not sign in."""
        from search.saved import own_data, revoking

        own_data.register()
        revoking.watch()
