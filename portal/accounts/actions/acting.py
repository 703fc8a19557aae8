"""Who acts is asked anew within the act: what a request knew at its beginning may have been taken away since."""

from portal.accounts.models import User


def ask_anew(by: User) -> None:
    """Read the acting person and forget the rights that were asked for at the beginning of the request.

    A request may take long to arrive, and in the meantime its person may have been suspended or lost a role.
    """
    if by.pk is not None:
        by.refresh_from_db()
