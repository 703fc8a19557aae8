"""`manage.py demo`: the fictional content with which the portal can be tried out."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.accounts.second_factor import current_code
from portal.home.demo.accounts import SECOND_FACTOR_SECRET, sign_in_lines
from portal.home.demo.ledger import Outcome
from portal.home.demo.loading import load_demo


class Command(BaseCommand):
    """Loads what is missing of the demo and says so for every item."""

    help = "Load the demo content; what was entered or edited stays."

    def add_arguments(self, parser):
        """Take the wish for the code of the moment."""
        parser.add_argument("--code", action="store_true", help="Print the second factor's code of this moment.")

    def handle(self, *, verbosity, code, **options):
        """Refuse outside of development, load, say what happened and who may sign in."""
        if code:
            self.stdout.write(current_code(SECOND_FACTOR_SECRET))
            return
        if not settings.DEBUG:
            raise CommandError(
                _(
                    "The demo is not loaded: its passwords are public, and this portal runs in production "
                    "(DEBUG is off). Try it out on your own machine with “make run”."
                )
            )
        load_demo(self._tell if verbosity else lambda outcome, name: None)
        if verbosity:
            for line in sign_in_lines():
                self.stdout.write(line)

    def _tell(self, outcome: Outcome, name: str) -> None:
        self.stdout.write(f"  {outcome.value!s:<10} {name}")
