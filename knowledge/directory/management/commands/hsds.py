"""`manage.py hsds export [FILE]`: writes everything that the interface for other directories holds into one file."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from knowledge.directory.hsds.exporting import export_lines


class Command(BaseCommand):
    """Writes what everybody may read, and nothing else."""

    help = "Writes the public directory as JSON (HSDS 3.0 with the portal's profile)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one act."""
        acts = parser.add_subparsers(dest="act", required=True)
        export = acts.add_parser("export", help="Write everything.")
        export.add_argument("file", nargs="?", help="Where to; without it, to standard output.")

    def handle(self, *args, act: str, file: str | None, **options) -> None:
        """Write the export; a file is there whole or not at all."""
        if file is None:
            for line in export_lines():
                self.stdout.write(line, ending="")
            return
        target = Path(file)
        unfinished = target.with_name(f".{target.name}.unfinished")
        with unfinished.open("w", encoding="utf-8") as written:
            written.writelines(export_lines())
            written.flush()
            os.fsync(written.fileno())
        unfinished.replace(target)
        self.stdout.write(self.style.SUCCESS(_("Written: %(file)s") % {"file": target}))
