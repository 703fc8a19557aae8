"""`manage.py documents read [--all]`: reads the files whose text is not known yet."""

import time

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.documents.actions import expect_missing_texts, read_text
from knowledge.documents.models import DocumentText


class Command(BaseCommand):
    """Does what the worker does, and what it left undone when it was ended."""

    help = "Reads the text of documents, so that their words are found."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one act."""
        acts = parser.add_subparsers(dest="act", required=True)
        read = acts.add_parser("read", help="Read the files that wait.")
        read.add_argument(
            "--all", action="store_true", dest="again", help="Read every file anew, after an upgrade of the readers."
        )

    def handle(self, *args, act: str, again: bool, verbosity: int, **options) -> None:
        """Read one file after the other and say how each ended."""
        started = time.monotonic()
        expect_missing_texts()
        wanted = DocumentText.objects.all() if again else DocumentText.objects.free(timezone.now())
        keys = list(wanted.order_by("pk").values_list("pk", flat=True))
        for number, pk in enumerate(keys, start=1):
            text = read_text(pk=pk, again=again)
            if text is not None and verbosity:
                self._tell(text, number, len(keys))
        if verbosity:
            counts = {"count": len(keys), "seconds": time.monotonic() - started}
            message = ngettext(
                "%(count)d document read in %(seconds).1f seconds.",
                "%(count)d documents read in %(seconds).1f seconds.",
                len(keys),
            )
            self.stdout.write(self.style.SUCCESS(message % counts))

    def _tell(self, text: DocumentText, number: int, total: int) -> None:
        progress = _("%(number)d of %(total)d: %(title)s – %(state)s (%(seconds).1f s)")
        self.stdout.write(
            progress
            % {
                "number": number,
                "total": total,
                "title": text.document.title,
                "state": text.state_name,
                "seconds": text.seconds,
            }
        )
