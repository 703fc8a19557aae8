"""`manage.py search rebuild | status | check [--repair] | drain`: what an operator does with the index."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.audit import audit, repair
from search.drain import drain
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.models import OutboxEntry
from search.rebuild import rebuild


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the engine cannot work or differences remain, 2 wrong usage."""

    help = "Builds, inspects and repairs the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("rebuild", help="Build a new index beside the one in use and switch to it.")
        acts.add_parser("status", help="Say which index is in use and what waits for it.")
        check = acts.add_parser("check", help="Compare the index with the database.")
        check.add_argument("--repair", action="store_true", help="Index the differences again.")
        acts.add_parser("drain", help="Bring waiting changes into the index now.")

    def handle(self, *args, act: str, **options) -> None:
        """Run the act; an engine out of order is a plain message, not a traceback."""
        try:
            getattr(self, f"_{act}")(**options)
        except EngineUnavailable as error:
            raise CommandError(_("The search engine cannot work: %(reason)s") % {"reason": error}) from error

    def _rebuild(self, **options) -> None:
        started = time.monotonic()

        def progress(kind: str, done: int, total: int) -> None:
            self.stdout.write(_("%(kind)s: %(done)d of %(total)d") % {"kind": kind, "done": done, "total": total})

        count = rebuild(progress=progress)
        seconds = time.monotonic() - started
        message = ngettext(
            "%(count)d object indexed in %(seconds).1f seconds.",
            "%(count)d objects indexed in %(seconds).1f seconds.",
            count,
        )
        self.stdout.write(self.style.SUCCESS(message % {"count": count, "seconds": seconds}))

    def _status(self, **options) -> None:
        for name, value in get_engine().describe().items():
            self.stdout.write(f"{name}: {value}")
        waiting = OutboxEntry.objects.waiting()
        given_up = OutboxEntry.objects.given_up()
        self.stdout.write(_("waiting changes: %(count)d") % {"count": waiting.count()})
        if oldest := waiting.order_by("since").first():
            seconds = (timezone.now() - oldest.since).total_seconds()
            self.stdout.write(_("oldest change: %(seconds).0f seconds") % {"seconds": seconds})
        for entry in given_up:
            self.stderr.write(_("given up: %(entry)s – %(reason)s") % {"entry": entry, "reason": entry.last_error})
        if given_up.exists():
            raise CommandError(_("Some changes could not be indexed."))

    def _check(self, *, repair: bool, **options) -> None:
        found = audit()
        counts = {
            "checked": found.checked,
            "missing": len(found.missing),
            "stale": len(found.stale),
            "ghosts": len(found.ghosts),
        }
        self.stdout.write(
            _("%(checked)d checked, %(missing)d missing, %(stale)d outdated, %(ghosts)d surplus.") % counts
        )
        if not found.differences:
            return
        if not repair:
            raise CommandError(_("The index differs from the database. Run: manage.py search check --repair"))
        _repair(found)
        drain()
        if audit().differences:
            raise CommandError(_("Some differences could not be repaired; see: manage.py search status"))
        self.stdout.write(self.style.SUCCESS(_("Repaired.")))

    def _drain(self, **options) -> None:
        report = drain()
        counts = {"indexed": report.indexed, "removed": report.removed, "failed": report.failed}
        self.stdout.write(_("%(indexed)d indexed, %(removed)d removed, %(failed)d failed.") % counts)
        if report.failed:
            raise CommandError(_("Some changes could not be indexed; see: manage.py search status"))


_repair = repair
