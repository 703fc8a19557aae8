"""The app of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Accounts and sign-in."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with the portal's form."""

    user_viewset = "portal.accounts.viewsets.PortalUserViewSet"
