"""The app of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Accounts and sign-in."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        """Let roles be tied to municipalities and departments; listen to signing in and to changes of factors."""
        from portal.accounts import auditing, group_rights
        from portal.accounts.duties import register_duties
        from portal.accounts.enums import ScopeKind
        from portal.accounts.own_data.announcing import announce
        from portal.accounts.people.duties import duties
        from portal.accounts.scopes import Scope, register_scope
        from portal.places.models import Department, Municipality

        auditing.watch()
        group_rights.watch()
        announce()
        register_duties("people", duties)
        register_scope(Scope(ScopeKind.MUNICIPALITY, Municipality, lambda municipality: municipality.pk))
        register_scope(Scope(ScopeKind.DEPARTMENT, Department, lambda department: department.municipality_id))


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with the addresses of the portal's own."""

    user_viewset = "portal.accounts.viewsets.PeopleViewSet"
