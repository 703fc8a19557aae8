"""`manage.py search …`: what an operator does with the index."""

import os
import signal
import time
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.audit import audit, repair
from search.drain import Target, drain, targets
from search.engines.base import EngineUnavailable
from search.models import OutboxEntry
from search.rebuild import Report, rebuild, rollback
from search.semantics.worker import vectors_made_beside
from search.status import IndexStatus, status
from search.worker import Worker

_ALL, _ANSWERING, _STANDBY = "all", "answering", "standby"
_BAR = 30


class Command(BaseCommand):
    """Exit codes: 0 all is well, 1 the engine cannot work or differences remain, 2 wrong usage."""

    help = "Builds, inspects and repairs the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer one subcommand per act."""
        acts = parser.add_subparsers(dest="act", required=True)
        build = acts.add_parser("rebuild", help="Build a new index beside the one in use and switch to it.")
        build.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="How many analyse at once.")
        acts.add_parser("status", help="Say which index is in use and what waits for it.")
        check = acts.add_parser("check", help="Compare the index with the database.")
        check.add_argument("--repair", action="store_true", help="Index the differences again.")
        drained = acts.add_parser("drain", help="Bring waiting changes into the index now.")
        drained.add_argument("--watch", action="store_true", help="Go on until stopped: the worker.")
        back = acts.add_parser("rollback", help="Bring the index before this one up to date and switch back to it.")
        clean = acts.add_parser("cleanup", help="Delete the index that is kept for going back.")
        for act in (build, check, back, clean):
            act.add_argument("--index", choices=(_ALL, _ANSWERING, _STANDBY), default=_ALL)

    def handle(self, *args, act: str, **options) -> None:
        """Run the act; an engine out of order is a plain message, not a traceback."""
        try:
            getattr(self, f"_{act}")(**options)
        except EngineUnavailable as error:
            raise CommandError(_("The search engine cannot work: %(reason)s") % {"reason": error}) from error

    def _rebuild(self, *, processes: int, index: str, **options) -> None:
        failures: list[EngineUnavailable] = []
        for target in _chosen(index):
            started = time.monotonic()
            try:
                self._tell_built(rebuild(target=target, processes=processes, progress=self._bar), started)
            except EngineUnavailable as error:
                # A server that is away must not keep its standby from being built.
                failures.append(error)
        if failures:
            raise failures[0]

    def _rollback(self, *, index: str, **options) -> None:
        for target in _chosen(index):
            rollback(target=target)
            message = _("%(index)s: searches use the earlier index again.") % {"index": target.engine.name}
            self.stdout.write(self.style.SUCCESS(message))

    def _cleanup(self, *, index: str, **options) -> None:
        for target in _chosen(index):
            count = target.engine.remove_previous()
            message = ngettext("%(count)d earlier index deleted.", "%(count)d earlier indexes deleted.", count)
            self.stdout.write(message % {"count": count})

    def _status(self, **options) -> None:
        found = status()
        for index in found.indexes:
            self._tell_index(index, found.total)
        for entry in OutboxEntry.objects.given_up():
            self.stderr.write(_("given up: %(entry)s – %(reason)s") % {"entry": entry, "reason": entry.last_error})
        if found.given_up:
            raise CommandError(_("Some changes could not be indexed."))
        if outage := next((index.outage for index in found.indexes if index.outage), ""):
            raise EngineUnavailable(outage)

    def _tell_index(self, index: IndexStatus, total: int) -> None:
        role = _("standby") if index.is_standby else _("answers")
        self.stdout.write(f"{index.name} ({role})")
        for generation in index.generations:
            described = {
                "name": generation.name,
                "role": generation.role.value,
                "records": number_format(generation.records, force_grouping=True),
                "megabytes": number_format(generation.size / 1_000_000, 1),
                "lexicon": generation.lexicon,
            }
            self.stdout.write(
                "  " + _("%(name)s, %(role)s: %(records)s records, %(megabytes)s MB, lexicon %(lexicon)s") % described
            )
        current = number_format(max(total - index.waiting, 0), force_grouping=True)
        counts = {"current": current, "total": number_format(total, force_grouping=True)}
        self.stdout.write("  " + _("%(current)s of %(total)s up to date") % counts)
        self.stdout.write("  " + _("waiting changes: %(count)d") % {"count": index.waiting})
        if index.oldest_seconds is not None:
            self.stdout.write("  " + _("oldest change: %(seconds).0f seconds") % {"seconds": index.oldest_seconds})

    def _check(self, *, repair: bool, index: str, **options) -> None:
        differs = [target for target in _chosen(index) if self._differs(target)]
        if not differs:
            return
        if not repair:
            raise CommandError(_("The index differs from the database. Run: manage.py search check --repair"))
        for target in differs:
            _repair(audit(target.engine))
            drain(target=target)
        if any(audit(target.engine).differences for target in differs):
            raise CommandError(_("Some differences could not be repaired; see: manage.py search status"))
        self.stdout.write(self.style.SUCCESS(_("Repaired.")))

    def _differs(self, target: Target) -> bool:
        found = audit(target.engine)
        counts = {
            "checked": found.checked,
            "missing": len(found.missing),
            "stale": len(found.stale),
            "ghosts": len(found.ghosts),
        }
        told = _("%(checked)d checked, %(missing)d missing, %(stale)d outdated, %(ghosts)d surplus.") % counts
        self.stdout.write(f"{target.engine.name}: {told}" if target.is_standby else told)
        return bool(found.differences)

    def _drain(self, *, watch: bool, **options) -> None:
        if watch:
            self._watch()
            return
        failed = 0
        for target in reversed(targets()):
            report = drain(target=target)
            counts = {"indexed": report.indexed, "removed": report.removed, "failed": report.failed}
            self.stdout.write(_("%(indexed)d indexed, %(removed)d removed, %(failed)d failed.") % counts)
            failed += report.failed
        if failed:
            raise CommandError(_("Some changes could not be indexed; see: manage.py search status"))

    def _watch(self) -> None:
        worker = Worker(self.stdout.write)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        self.stdout.write(_("The worker brings changes to the index. Stop with Ctrl+C."))
        with vectors_made_beside(self.stdout.write):
            worker.run()

    def _bar(self, kind: str, done: int, total: int) -> None:
        filled = _BAR * done // max(total, 1)
        counts = {"kind": kind, "done": done, "total": total, "bar": "█" * filled + "░" * (_BAR - filled)}
        self.stdout.write(_("%(bar)s %(kind)s: %(done)d of %(total)d") % counts)

    def _tell_built(self, report: Report, started: float) -> None:
        message = ngettext(
            "%(count)d object indexed in %(seconds).1f seconds.",
            "%(count)d objects indexed in %(seconds).1f seconds.",
            report.count,
        )
        counts = {"count": report.count, "seconds": time.monotonic() - started}
        self.stdout.write(self.style.SUCCESS(message % counts))
        for kind, key, reason in report.refused:
            self.stderr.write(_("given up: %(entry)s – %(reason)s") % {"entry": f"{kind}:{key}", "reason": reason})


_repair = repair


def _chosen(index: str) -> Iterator[Target]:
    for target in targets():
        if index == _ALL or (index == _STANDBY) == target.is_standby:
            yield target
