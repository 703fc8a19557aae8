"""Loads municipalities from Destatis' Gemeindeverzeichnis (GV100AD) or a CSV; all rows or none."""

import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.places.actions import LoadReport, RegisterError, describe, load_municipalities

#: So many problems fill a screen; the rest is counted.
SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    """`manage.py load_municipalities FILE [--as-of YYYY-MM-DD]`."""

    help = "Loads municipalities from Destatis' Gemeindeverzeichnis (GV100AD) or a CSV file."

    def add_arguments(self, parser):
        """Take the file and, for a CSV that does not say so itself, the day of its area status."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as-of", type=datetime.date.fromisoformat, help="Area status of a CSV without the column area_as_of."
        )

    def handle(self, *args, **options):
        """Load, then say what happened or everything that is wrong with the file."""
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(_("The file %(file)s cannot be read.") % {"file": options["file"]}) from error
        try:
            report = load_municipalities(data=data, as_of=options["as_of"])
        except RegisterError as error:
            raise CommandError("\n".join(_lines_of_problems(error))) from error
        for line in _lines_of_report(report):
            self.stdout.write(line)


def _lines_of_problems(error: RegisterError) -> list[str]:
    number = len(error.problems)
    head = ngettext(
        "Nothing was loaded: there is %(number)d problem in the file.",
        "Nothing was loaded: there are %(number)d problems in the file.",
        number,
    ) % {"number": number}
    lines = [head, *(describe(problem) for problem in error.problems[:SHOWN_PROBLEMS])]
    rest = number - SHOWN_PROBLEMS
    return lines + ([_("… and %(number)d more.") % {"number": rest}] if rest > 0 else [])


def _lines_of_report(report: LoadReport) -> list[str]:
    lines = [
        _("Municipalities: %(added)d added, %(updated)d updated, %(unchanged)d unchanged.")
        % {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
    ]
    numbered = (
        (_("%(number)d rows left alone: the portal holds a later area status."), report.kept_newer),
        (_("%(number)d municipalities of the portal are not in the file; they stay as they are."), report.not_in_file),
        (_("%(number)d areas outside of municipalities were not taken over."), report.unincorporated),
    )
    lines += [text % {"number": number} for text, number in numbered if number]
    if report.ignored_columns:
        lines.append(_("Columns not taken over: %(names)s") % {"names": ", ".join(report.ignored_columns)})
    return lines
