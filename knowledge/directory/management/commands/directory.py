"""`manage.py directory remind`: asks whether entries are still true, and lets old ones rest; from a timer."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.importing.actions import forget_old_lists
from knowledge.directory.indexing import look_again_at_what_ended
from knowledge.directory.upkeep.reminding import MOST_REFUSALS, Report, remind


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the mail server did not take every mail, 2 wrong usage."""

    help = "Looks after the directory of organisations."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("remind", help="Ask, remind, let rest and put away what is due; safe to repeat.")

    def handle(self, *args, act: str, verbosity: int, **options) -> None:
        """Do what is due today, and say what was done."""
        forget_old_lists()
        look_again_at_what_ended(timezone.localdate())
        report = remind(at=timezone.now())
        if verbosity:
            self._tell(report)
        if report.refused:
            raise CommandError(_("The mail server did not take every mail; the next run tries again."))

    def _tell(self, report: Report) -> None:
        lines = {
            _("asked whether the entry is still true"): report.asked,
            _("reminded"): report.reminded,
            _("resting from now on"): report.rest,
            _("put away"): report.put_away,
            _("without an address to write to"): report.without_address,
            _("refused by the mail server"): report.refused,
        }
        for words, count in lines.items():
            self.stdout.write(f"{words}: {count}")
        if report.refused_in_a_row >= MOST_REFUSALS:
            self.stderr.write(_("The mail server refused several mails in a row; the run ended early."))
