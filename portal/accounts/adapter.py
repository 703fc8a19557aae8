"""What allauth asks the house: accounts are given by invitation, so nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail address or password is wrong. Check both, or have a new password sent to you."
        ),
        "account_inactive": _("This account is suspended. Please write to the editors."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Refuse sign-up; an administrator creates the accounts."""
        return False
