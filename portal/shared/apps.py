"""The app of the shared ground."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Registers the system checks that guard the house's conventions, and keeps audiences in step with the tree."""

    name = "portal.shared"
    label = "shared"

    def ready(self):
        """Import the checks so that Django runs them; let audiences follow the tree."""
        from portal.shared import checks, exports, inheritance  # noqa: F401 -- registration by import.

        inheritance.watch()
        exports.guard_exports()
