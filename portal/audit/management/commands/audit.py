"""`manage.py audit check | export | prune`: what an operator does with the log."""

import datetime
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.audit.actions import prune, record
from portal.audit.chain import Fault
from portal.audit.checking import check
from portal.audit.exporting import header, in_order, json_lines, rows
from portal.audit.models import AuditEntry
from portal.shared.tables import csv_file

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the chain is broken or a file cannot be written, 2 wrong usage."""

    help = "Verifies, exports and prunes the audit log."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("check", help="Verify that no entry was changed or removed.")
        export = acts.add_parser("export", help="Write the log into a file, oldest entry first.")
        export.add_argument("file", metavar="FILE", help="A new file, or - for the standard output.")
        export.add_argument("--since", type=datetime.date.fromisoformat, help="First day, as YYYY-MM-DD.")
        export.add_argument("--until", type=datetime.date.fromisoformat, help="Last day, as YYYY-MM-DD.")
        export.add_argument("--json", action="store_true", dest="as_json", help="One JSON object a line.")
        pruning = acts.add_parser("prune", help="Remove entries after their time.")
        pruning.add_argument("--keep-days", type=int, default=None, help="Default: the setting AUDIT_KEEP_DAYS.")

    def handle(self, *args, act: str, **options) -> None:
        """Run the act."""
        getattr(self, f"_{act}")(**options)

    def _check(self, **options) -> None:
        verdict = check()
        self.stdout.write(
            ngettext("%(count)d entry checked.", "%(count)d entries checked.", verdict.sound) % {"count": verdict.sound}
        )
        if verdict.fault is None:
            self.stdout.write(
                _("The log is whole. Last entry: %(number)d, digest %(digest)s")
                % {"number": verdict.end.number, "digest": verdict.end.digest or "–"}
            )
            return
        raise CommandError(_fault_texts()[verdict.fault] % {"number": verdict.broken_at})

    def _export(self, *, file: str, since, until, as_json: bool, **options) -> None:
        entries = AuditEntry.objects.since(_midnight(since)).before(_midnight(until, days_later=1))
        entries = in_order(entries)
        texts = json_lines(entries) if as_json else csv_file(header(), rows(entries))
        if file == STANDARD_OUTPUT:
            for text in texts:
                self.stdout.write(text, ending="")
        else:
            self._write(Path(file), texts)
        filters = {"since": since, "until": until}
        record(action="audit.exported", by=None, about=None, after={"filters": filters})

    def _write(self, path: Path, texts) -> None:
        try:
            # A new file that only its owner may read; an existing one might be readable for others.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
                stream.writelines(texts)
        except OSError as error:
            raise CommandError(_("The file cannot be written: %(reason)s") % {"reason": error}) from error

    def _prune(self, *, keep_days: int | None, **options) -> None:
        days = settings.AUDIT_KEEP_DAYS if keep_days is None else keep_days
        if days < 1:
            raise CommandError(_("At least one day has to be kept."), returncode=2)
        removed = prune(keep_days=days, at=timezone.now())
        self.stdout.write(
            ngettext("%(count)d entry removed.", "%(count)d entries removed.", removed) % {"count": removed}
        )


def _fault_texts() -> dict[Fault, str]:
    return {
        Fault.MISSING: _("Entry %(number)d is missing. Somebody changed the log behind the portal's back."),
        Fault.CHANGED: _("Entry %(number)d was changed. Somebody changed the log behind the portal's back."),
        Fault.DETACHED: _(
            "Entry %(number)d does not follow from the one before. Somebody changed the log behind the portal's back."
        ),
    }


def _midnight(day: datetime.date | None, *, days_later: int = 0) -> datetime.datetime | None:
    if day is None:
        return None
    start = datetime.datetime.combine(day + datetime.timedelta(days=days_later), datetime.time.min)
    return timezone.make_aware(start)
