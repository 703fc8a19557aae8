"""`manage.py directory_consents`: whose consent runs out is reminded, whose has run out is forgotten; from a timer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.directory.people.lapsing import remind_and_forget


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the mail server did not take every mail."""

    help = "Reminds people whose consent runs out, and forgets those who did not answer or whose consent has run out."

    def handle(self, *args, **options) -> None:
        """Do both; what the mail server refused is tried again by the next run."""
        report = remind_and_forget(timezone.now())
        lines = {
            _("people reminded"): report.reminded,
            _("people who never answered, forgotten"): report.unanswered,
            _("consents that have run out, details removed"): report.lapsed,
            _("refused by the mail server"): report.refused,
        }
        for words, count in lines.items():
            self.stdout.write(f"{words}: {count}")
        if report.refused:
            raise CommandError(_("The mail server did not take every mail; the next run tries again."))
