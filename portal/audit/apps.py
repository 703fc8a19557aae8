"""The app of the audit log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who did what, when, and what was before."""

    name = "portal.audit"
    label = "audit"
    verbose_name = _("Audit log")

    def ready(self):
        """Register what the portal logs from the start, and listen to pages, restrictions and audiences."""
        from portal.audit import known_actions, listeners

        known_actions.register()
        listeners.watch()
