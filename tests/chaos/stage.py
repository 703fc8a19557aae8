"""The portal of a proof: its data, its processes, and the question whether database and indexes agree."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.elasticsearch import free_port

ROOT = Path(__file__).resolve().parents[2]
#: Unit: seconds. The breaker rests 15; after that every change must find its way within this time.
LONGEST_RECOVERY = 120.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far indexes and database are apart after everything has calmed down."""

    seconds: float
    waiting: int
    missing: int
    stale: int
    ghosts: int

    @property
    def is_flawless(self) -> bool:
        """Tell whether nothing waits and nothing differs."""
        return not any((self.waiting, self.missing, self.stale, self.ghosts))


class Process:
    """One process of the portal with whatever it starts itself."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether it is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, in a group of its own."""
        with Path(os.environ["FOKUSPORTAL_CHAOS_LOG"]).open("a") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )

    def kill(self) -> None:
        """End it at once, as the power would."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Stage:
    """The web server, the worker and the rebuild, all in the environment of this process."""

    def __init__(self) -> None:
        manage = (sys.executable, "manage.py")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        gunicorn = (sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "error", "--timeout", "60")
        self.web = Process((*gunicorn, "--threads", "6", "--bind", f"127.0.0.1:{port}", "portal.wsgi"))
        self.indexer = Process((*manage, "search", "drain", "--watch"))
        self.rebuild = Process((*manage, "search", "rebuild"))

    def open(self) -> None:
        """Start what a portal always has running, and wait for its first answer."""
        self.indexer.start()
        self.start_web()

    def start_web(self) -> None:
        """Start the web server and wait until it answers."""
        self.web.start()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310
                return
            time.sleep(0.1)
        raise AssertionError("The portal does not answer:\n" + Path(os.environ["FOKUSPORTAL_CHAOS_LOG"]).read_text())

    def close(self) -> None:
        """End every process."""
        for process in (self.web, self.indexer, self.rebuild):
            process.kill()

    def verdict(self) -> Verdict:
        """Wait until nothing waits any more, then compare every index with the database."""
        from django.db import connection

        from search.audit import audit
        from search.drain import targets
        from search.models import OutboxEntry

        begun = time.monotonic()

        def waiting() -> int:
            return sum(OutboxEntry.objects.waiting(target.column).count() for target in targets())

        while waiting() and time.monotonic() < begun + LONGEST_RECOVERY:
            time.sleep(0.2)
        seconds = time.monotonic() - begun
        found = [audit(target.engine) for target in targets()]
        verdict = Verdict(
            seconds,
            waiting(),
            *(sum(len(getattr(one, name)) for one in found) for name in ("missing", "stale", "ghosts")),
        )
        connection.close()
        return verdict


@contextmanager
def stage(urls: Sequence[str], *, replicas: int = 0) -> Iterator[Stage]:
    """Set up an empty portal on these servers: tables, one lasting term, both indexes."""
    with tempfile.TemporaryDirectory(prefix="fokusportal-chaos-", ignore_cleanup_errors=True) as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="tests.chaos.settings",
            FOKUSPORTAL_CHAOS_LOG=f"{folder}/log",
            PORTAL_DATA_DIR=folder,
            PORTAL_SEARCH_ENGINE="elasticsearch",
            PORTAL_ELASTICSEARCH_URL=",".join(urls),
            PORTAL_ELASTICSEARCH_REPLICAS=str(replicas),
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from knowledge.topics.models import Term
        from tests.chaos.urls import LASTING

        Term.objects.create(preferred=LASTING, slug="dauerbegriff", definition="Er bleibt immer gleich.")
        with Path(folder, "log").open("a") as log:
            call_command("search", "rebuild", stdout=log)
        opened = Stage()
        try:
            opened.open()
            yield opened
        finally:
            opened.close()
