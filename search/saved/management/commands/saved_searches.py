"""`manage.py saved_searches send`: what is new in saved searches goes to their owners; from a timer."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from search.engines.base import EngineUnavailable
from search.saved.actions import forget_removed
from search.saved.sending import MOST_REFUSALS, SendingReport, send_digests

#: Unit: people between two lines of progress.
TOLD_EVERY = 50


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the engine or the mail server is out of order, 2 wrong usage."""

    help = "Sends people what is new in their saved searches."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("send", help="Send the digests that are due, and forget searches removed long ago.")

    def handle(self, *args, act: str, verbosity: int, **options) -> None:
        """Send; an engine out of order is a plain message, and nobody is taken as told by it."""
        now = timezone.now()
        forgotten = forget_removed(at=now)
        try:
            report = send_digests(on=timezone.localdate(now), progress=self._progress if verbosity else _silent)
        except EngineUnavailable as error:
            raise CommandError(
                _("The search cannot answer, so no further digest was sent; nothing is lost: %(reason)s")
                % {"reason": error}
            ) from error
        self._tell(report, forgotten)
        if report.refused:
            raise CommandError(_("The mail server did not take every mail; the next run tries again."))

    def _progress(self, done: int, total: int) -> None:
        if done % TOLD_EVERY == 0 or done == total:
            self.stdout.write(_("%(done)d of %(total)d people") % {"done": done, "total": total})

    def _tell(self, report: SendingReport, forgotten: int) -> None:
        lines = {
            _("digests sent"): report.sent,
            _("people without news"): report.without_news,
            _("left to another run"): report.passed_by,
            _("interrupted while sending, not repeated"): report.uncertain,
            _("refused by the mail server"): report.refused,
            _("removed searches forgotten"): forgotten,
        }
        for words, count in lines.items():
            self.stdout.write(f"{words}: {count}")
        if report.refused_in_a_row >= MOST_REFUSALS:
            self.stderr.write(_("The mail server refused several mails in a row; the run ended early."))


def _silent(done: int, total: int) -> None:
    """Say nothing."""
