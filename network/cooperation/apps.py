"""The app of fair cooperation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    """Requests, agreements, records of service and the balance."""

    name = "network.cooperation"
    label = "cooperation"
    verbose_name = _("Fair cooperation")

    def ready(self):
        """Let the log know what happens here, people take their words along, profiles show what belongs here."""
        from knowledge.directory.blocks import register_profile_block
        from knowledge.directory.profile_actions import register_profile_action
        from network.cooperation import own_data
        from network.cooperation.audit_actions import ACTIONS
        from network.cooperation.entrance import ask_them
        from network.cooperation.history import history_block
        from network.cooperation.tasks import tasks_of
        from portal.accounts.duties import register_duties
        from portal.audit.registry import register_actions

        register_actions(*ACTIONS)
        register_duties("cooperation", tasks_of)
        own_data.register()
        register_profile_action("cooperation", ask_them)
        register_profile_block("cooperation", history_block)
