"""The list of accounts in the Wagtail admin."""

from wagtail.users.views.users import UserViewSet

from portal.accounts.forms import PortalUserCreationForm, PortalUserEditForm


class PortalUserViewSet(UserViewSet):
    """Accounts with the portal's own fields."""

    def get_form_class(self, for_update=False):
        """Return the form with name, municipality and state."""
        return PortalUserEditForm if for_update else PortalUserCreationForm
