"""Wagtail's search app without its own indexing."""

from wagtail.search.apps import WagtailSearchAppConfig


class EditorsSearchConfig(WagtailSearchAppConfig):
    """Keeps the app's commands and migrations; its tables stay empty."""

    name = "wagtail.search"

    def ready(self):
        """Leave out what the original does here: listening to every save, and asking its tables on every deletion."""
