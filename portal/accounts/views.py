"""One's own account in the editing interface: one name, as others see it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel, NameEmailSettingsPanel

from portal.accounts.models import User


class NameForm(forms.ModelForm):
    """The name beside one's contributions."""

    class Meta:
        model = User
        fields = ["display_name"]


class NamePanel(BaseSettingsPanel):
    """The name instead of Wagtail's first and last name, which the portal does not keep."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class PortalAccountView(AccountView):
    """Wagtail's page of one's own account with the portal's name."""

    def get_panels(self):
        """Exchange the panel of the name; leave out the picture, which would not pass the upload door."""
        given = super().get_panels()
        panels = [panel for panel in given if not isinstance(panel, AvatarSettingsPanel | NameEmailSettingsPanel)]
        first = panels[0]
        return [NamePanel(first.request, first.user, first.profile), *panels]


own_account = require_admin_access(PortalAccountView.as_view())
