"""The forms behind the one door: address and password, each named by its label alone."""

from functools import wraps

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.account.views import password_reset_from_key as allauth_reset
from allauth.core.internal.ratelimit import respond_429
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.adapter import AccountAdapter
from portal.shared.limits import allow


class SignInForm(LoginForm):
    """allauth's form without placeholders; the way to a new password stands in the template, after the field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):
    """allauth's form, which takes as much trouble over an unknown address as over a known one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def save(self, request: HttpRequest, **kwargs) -> str:
        """Write the mail in any case; to an unknown address it is thrown away."""
        if not self.users:
            self._write_for_nobody(request)
        return super().save(request, **kwargs)

    def _write_for_nobody(self, request: HttpRequest) -> None:
        email = self.cleaned_data["email"]
        nobody = get_user_model()(pk=0, email=email, last_login=timezone.now())
        # Django's generator, because allauth's would note the address of nobody in the database; it looks there twice.
        for _look in range(2):
            EmailAddress.objects.filter(user_id=0, email__iexact=email).exists()
        key = f"0-{PasswordResetTokenGenerator().make_token(nobody)}"
        adapter = AccountAdapter(request)
        url = adapter.get_reset_password_from_key_url(key)
        context = {"user": nobody, "password_reset_url": url, "request": request, "email": email}
        adapter.render_mail("account/email/password_reset_key", email, context)


@wraps(allauth_reset)
def password_reset_from_key(request: HttpRequest, **kwargs) -> HttpResponse:
    """Open allauth's page behind a mailed link; guesses at links are counted, which allauth does for what is sent."""
    if allow(request, "reset_link", limit=30, seconds=600):
        return allauth_reset(request, **kwargs)
    return respond_429(request)
