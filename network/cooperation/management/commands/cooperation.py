"""`manage.py cooperation remind`: municipalities are reminded of overdue payments; from a timer."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from network.cooperation.actions.records import remind_of_payments


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the mail server is out of order, 2 wrong usage."""

    help = "Reminds municipalities of overdue payments."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("remind", help="Remind of overdue payments, each at most every two weeks.")

    def handle(self, *args, act: str, **options) -> None:
        """Remind, and say of how many."""
        now = timezone.now()
        sent, failed = remind_of_payments(on=timezone.localdate(now), at=now)
        self.stdout.write(_("Payments reminded of: %(count)s") % {"count": sent})
        if failed:
            raise CommandError(_("The mail server did not take every mail; the next run tries again."))
