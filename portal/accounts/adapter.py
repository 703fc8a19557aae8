"""What allauth asks the house: who may sign up, what the errors say, how and from which address mails speak."""

import html
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.post import after_answer, deliver

#: How pages call the ways to confirm that it is you.
WAYS_TO_CONFIRM = {
    "reauthenticate": _("With the password"),
    "mfa_reauthenticate": _("With a code of the app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a security key or passkey"),
}


@dataclass(frozen=True)
class PortalAddress:
    """Name and address of the portal as mails show them, whatever address the visitor asked under."""

    name: str
    domain: str


def own_address(path: str) -> str:
    """Return the full address of a path; never from the request, whose host the visitor chooses."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """Count the attempts at an account whatever host and port they name; allauth would count by host."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail address or password is wrong. Check both, or have a new password sent to you."
        ),
        "account_inactive": _("This account is suspended. Please write to the editors."),
        "too_many_login_attempts": _(
            "There were too many failed attempts. Wait five minutes and try again, or have a new password sent to you."
        ),
        "rate_limited": _("There were too many attempts. Wait a few minutes and try again."),
        "incorrect_password": _("This password is wrong. Enter the password with which you sign in."),
        "enter_current_password": _("This is not your present password. Enter the one with which you sign in."),
        "incorrect_code": _(
            "This code or key is not right. An app shows a new code every 30 seconds: enter the present one."
        ),
        "invalid_password_reset": _("The link no longer works. Have a new one sent to you."),
        "duplicate_email": _("This e-mail address already belongs to your account."),
        "cannot_remove_primary_email": _(
            "You sign in with this address. Make another one the main address first, then remove this one."
        ),
        "unverified_primary_email": _("The main address must be a confirmed one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up; accounts are given by invitation."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the overview of the account."""
        return reverse("account_overview")

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Name the ways to confirm in the house's words."""
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS_TO_CONFIRM[way["id"]]} for way in ways]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of the mail about a new password."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return own_address(path.replace("UID-KEY", quote(key)))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        """Return the link of the mail that confirms an address."""
        return own_address(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the holder of an address that somebody tried to give it to another account."""
        link = own_address(reverse("account_reset_password"))
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": link})

    def render_mail(self, template_prefix: str, email: str, context: dict, headers: dict | None = None) -> EmailMessage:
        """Write a mail; plain text knows no markup, so what the templates escaped is written out."""
        message = super().render_mail(template_prefix, email, context, headers)
        message.subject, message.body = html.unescape(message.subject), html.unescape(message.body)
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a mail under the portal's own name and address."""
        portal = PortalAddress(settings.PORTAL_NAME, urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc)
        message = self.render_mail(
            template_prefix, email, {"request": self.request, "email": email, "current_site": portal, **context}
        )
        after_answer(partial(deliver, message))
