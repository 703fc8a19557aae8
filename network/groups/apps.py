"""The app of groups."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    """Working groups."""

    name = "network.groups"
    label = "groups"
    verbose_name = _("Working groups")

    def ready(self):
        """Let roles and audiences be tied to groups; a group spans municipalities, so none administers it."""
        from network.groups.models import WorkingGroup
        from portal.accounts.enums import ScopeKind
        from portal.accounts.scopes import Scope, register_scope
        from portal.shared.visibility import register_circles

        register_scope(
            Scope(kind=ScopeKind.GROUP, model=WorkingGroup, municipality_of=lambda group: None, circle="group")
        )
        register_circles(WorkingGroup.circles)
