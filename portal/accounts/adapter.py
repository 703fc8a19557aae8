"""What allauth asks the house: accounts are given by invitation, so nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth."""

    def is_open_for_signup(self, request) -> bool:
        """Refuse sign-up; an administrator creates the accounts."""
        return False
