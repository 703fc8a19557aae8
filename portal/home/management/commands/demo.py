"""`manage.py demo`: the fictional content with which the portal can be tried out."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.home.demo.accounts import SIGN_INS
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
            self._say_who_signs_in()

    def _tell(self, outcome: Outcome, name: str) -> None:
        self.stdout.write(f"  {outcome.value!s:<10} {name}")

    def _say_who_signs_in(self) -> None:
        self.stdout.write(_("Demo sign-ins (for this machine only):"))
        for sign_in in SIGN_INS:
            self.stdout.write(f"  {sign_in.email:<36} {sign_in.password:<22} {sign_in.role}")
