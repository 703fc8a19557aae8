"""The forms in which administrators create and change accounts."""

from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.accounts.models import User

ACCOUNT_FIELDS = ["email", "display_name", "municipality", "state", "is_staff", "is_superuser", "groups"]


class PortalUserCreationForm(UserCreationForm):
    """A new account; one name field replaces first and last name, because people name themselves."""

    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ACCOUNT_FIELDS


class PortalUserEditForm(UserEditForm):
    """A change of an account; `state` decides whether the person may sign in."""

    first_name = None
    last_name = None

    def __init__(self, *args, **kwargs):
        editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["state"]
            del self.fields["is_superuser"]

    class Meta(UserEditForm.Meta):
        model = User
        fields = ACCOUNT_FIELDS
