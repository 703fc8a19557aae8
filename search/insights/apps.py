"""The app of what editors learn from searches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Counts without persons, and what the editors do about them."""

    name = "search.insights"
    label = "search_insights"
    verbose_name = _("Insights of the search")

    def ready(self):
        """Listen to answered questions; register what is logged and what is kept about editors."""
        from portal.accounts.duties import register_duties
        from search.insights import listening, logged_actions, own_data
        from search.insights.duties import duties

        listening.watch()
        logged_actions.register()
        own_data.register()
        register_duties("search", duties)
