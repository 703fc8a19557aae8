"""The app of the directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Organisations."""

    name = "knowledge.directory"
    label = "directory"
    verbose_name = _("Directory")

    def ready(self):
        """Let roles and audiences be tied to organisations."""
        from knowledge.directory import indexing
        from knowledge.directory.duties import duties
        from knowledge.directory.importing import logged_actions as importing
        from knowledge.directory.keeping import audit_actions as keeping
        from knowledge.directory.models import Organisation
        from knowledge.directory.networks import audit_actions as networks
        from knowledge.directory.people import registration as people
        from portal.accounts.duties import register_duties
        from portal.accounts.enums import ScopeKind
        from portal.accounts.scopes import Scope, register_scope
        from portal.audit.registry import ActionKind, register_actions
        from portal.shared.visibility import register_circles

        register_actions(
            ActionKind(
                "organisation.moved",
                _("Organisation belongs elsewhere"),
                _("%(actor)s changed the municipality to which %(object)s belongs."),
            )
        )
        register_scope(
            Scope(
                kind=ScopeKind.ORGANISATION,
                model=Organisation,
                municipality_of=lambda organisation: organisation.municipality_id,
                circle="org",
            )
        )
        register_circles(Organisation.circles)
        register_duties("directory", duties)
        importing.register()
        indexing.register()
        keeping.register()
        networks.register()
        people.register()
