"""The app of fair cooperation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    """Requests, agreements, records of service and the balance."""

    name = "network.cooperation"
    label = "cooperation"
    verbose_name = _("Fair cooperation")

    def ready(self):
        """Let the log know what happens here, people take along what they wrote, and profiles offer a request."""
        from knowledge.directory.profile_actions import register_profile_action
        from network.cooperation import own_data
        from network.cooperation.audit_actions import ACTIONS
        from network.cooperation.entrance import ask_them
        from portal.audit.registry import register_actions

        register_actions(*ACTIONS)
        own_data.register()
        register_profile_action("cooperation", ask_them)
