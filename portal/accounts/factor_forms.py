"""The forms of the second factor: allauth's, named by their labels and without placeholders."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _ask_for_code(field: forms.Field, help_text: str) -> None:
    """Name the field and let telephones show the keys of numbers; groups of digits may be typed with spaces."""
    field.label = _("Code")
    field.help_text = help_text
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    field.error_messages["required"] = _("The code is missing. Enter the six digits that the app shows.")


class CodeForm(AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], _("Six digits from your app, or one of your recovery codes."))


class ConfirmingCodeForm(ReauthenticateForm):
    """The same before a change that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], _("Six digits from your app, or one of your recovery codes."))


class SetUpAppForm(ActivateTOTPForm):
    """Proves that the app knows the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self.fields["code"], _("Six digits that your app shows now."))

    def grouped_secret(self) -> str:
        """Return the secret as people copy it: in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class AddKeyForm(AddWebAuthnForm):
    """A new key; whoever can sign in with the key alone needs no password at hand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _(
            "So that you recognise it later, for example “Telephone” or “Key in the desk”."
        )
        self.fields["name"].required = True
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("Use it as a passkey")
        self.fields["passwordless"].help_text = _(
            "Then you sign in with this key alone, without e-mail address and password. "
            "The device asks for a fingerprint, your face or its PIN."
        )


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
