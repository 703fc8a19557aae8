"""`manage.py catalogue collect | compile | check`: the German texts of the interface."""

from django.core.management.base import BaseCommand, CommandError

from portal.shared import catalogue


class Command(BaseCommand):
    """Collects, compiles or checks the catalogue."""

    help = "Collect, compile or check the German texts of the interface."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Ask what to do."""
        parser.add_argument("action", choices=["collect", "compile", "check"])

    def handle(self, *, action, **options):
        """Do what was asked."""
        getattr(self, f"_{action}")()

    def _collect(self):
        self._need_gettext()
        self.stdout.write(f"{catalogue.collect()} texts; without German: {len(catalogue.untranslated())}")

    def _compile(self):
        self.stdout.write(f"{catalogue.compile_catalogue()} texts compiled")

    def _check(self):
        self._need_gettext()
        unknown, without = catalogue.uncollected(), catalogue.untranslated()
        if unknown or without:
            lines = [f"not collected: {text!r}" for text in unknown] + [f"no German: {text!r}" for text in without]
            raise CommandError("The catalogue is incomplete; run `make messages`.\n" + "\n".join(lines))
        self.stdout.write("The catalogue is complete.")

    def _need_gettext(self):
        if not catalogue.can_collect():
            raise CommandError("gettext is missing; install the package `gettext` of your system.")
