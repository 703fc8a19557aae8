"""`manage.py demo`: the fictional content with which the portal can be tried out."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.home.demo.accounts import sign_in_lines
from portal.home.demo.ledger import Outcome
from portal.home.demo.loading import load_demo


class Command(BaseCommand):
    """Loads what is missing of the demo and says so for every item."""

    help = "Load the demo content; what was entered or edited stays."

    def handle(self, *, verbosity, **options):
        """Refuse outside of development, load, say what happened and who may sign in."""
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
