"""`manage.py semantics fill | status | forget`: what an operator does with the vectors of the search by meaning."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.semantics.embedder import ChildEmbedder, EmbedderUnavailable
from search.semantics.filling import Filled, Filler, due, forget
from search.semantics.models import PassageVector, RecordMeaning

_BAR = 30
#: Unit: seconds.
_LOADING = 60.0


class Command(BaseCommand):
    """Makes, counts and removes vectors; exit code 1 when the model does not work."""

    help = "Makes the vectors of the search by meaning."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("fill", help="Make all vectors that are missing; it can be stopped and goes on where it was.")
        acts.add_parser("status", help="Say how many there are and how many records wait.")
        acts.add_parser("forget", help="Delete all vectors.")

    def handle(self, *args, act: str, **options) -> None:
        """Run the act; a model out of order is a plain message."""
        try:
            getattr(self, f"_{act}")()
        except EmbedderUnavailable as error:
            raise CommandError(_("There are no vectors: %(reason)s") % {"reason": error}) from error

    def _fill(self) -> None:
        if not settings.SEARCH_SEMANTICS:
            raise CommandError(_("The search by meaning is switched off; set PORTAL_SEARCH_SEMANTICS=true."))
        started = time.monotonic()
        embedder = ChildEmbedder(is_patient=True, rest=0.0)
        try:
            filled = Filler(embedder).fill_all(self._bar)
        finally:
            embedder.close()
        self._tell(filled, time.monotonic() - started)

    def _status(self) -> None:
        records = RecordMeaning.objects.filter(version__gte=0, passages__isnull=False).distinct().count()
        counts = {"passages": PassageVector.objects.count(), "records": records}
        self.stdout.write(_("%(passages)d passages of %(records)d records") % counts)
        if settings.SEARCH_SEMANTICS:
            embedder = ChildEmbedder()
            try:
                model = embedder.begin(_LOADING)
            finally:
                embedder.close()
            self.stdout.write(
                _("%(model)s; changes that wait: %(count)d") % {"model": model, "count": due(model).count()}
            )

    def _forget(self) -> None:
        self.stdout.write(_("%(count)d vectors deleted.") % {"count": forget()})

    def _bar(self, done: int, total: int) -> None:
        filled = _BAR * done // max(total, 1)
        counts = {"done": done, "total": total, "bar": "█" * filled + "░" * (_BAR - filled)}
        self.stdout.write(_("%(bar)s %(done)d of %(total)d records") % counts)

    def _tell(self, filled: Filled, seconds: float) -> None:
        counts = {
            "records": filled.records,
            "embedded": filled.embedded,
            "reused": filled.reused,
            "removed": filled.removed,
            "seconds": seconds,
        }
        told = _(
            "%(records)d records: %(embedded)d new passages, %(reused)d kept; %(removed)d records removed; "
            "%(seconds).1f seconds."
        )
        self.stdout.write(self.style.SUCCESS(told % counts))
        for name, reason in filled.failed.items():
            self.stderr.write(_("given up: %(entry)s – %(reason)s") % {"entry": name, "reason": reason})
