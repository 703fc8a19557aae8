"""The app of the shared ground."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Registers the system checks that guard the house's conventions."""

    name = "portal.shared"
    label = "shared"

    def ready(self):
        """Import the checks so that Django runs them."""
        from portal.shared import checks  # noqa: F401 -- registration by import.
