"""`manage.py accounts tidy`: what has had its time goes; from a timer, every night."""

import datetime
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.accounts.actions.deletion import delete_due_accounts, forget_old_consents
from portal.accounts.actions.joining import tidy_invitations
from portal.accounts.actions.requests import tidy_requests
from portal.shared.leftovers import tidy_uploads

#: What is tidied: what the command calls it, and the function that does it and tells how many.
TIDIED: list[tuple[str, Callable[..., int]]] = [
    ("invitations", tidy_invitations),
    ("requests", tidy_requests),
    ("accounts", delete_due_accounts),
    ("consents", forget_old_consents),
    ("uploads", tidy_uploads),
]


class Command(BaseCommand):
    """Tidies accounts."""

    help = "Deletes what has had its time: invitations, requests, accounts that waited long enough, unfinished uploads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("tidy", help="Delete what has had its time.")

    def handle(self, *args, act: str, **options) -> None:
        """Run the act."""
        self._tidy(timezone.now())

    def _tidy(self, at: datetime.datetime) -> None:
        for name, tidy in TIDIED:
            self.stdout.write(f"{name}: {tidy(at=at)}")
