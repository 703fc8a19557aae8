"""`manage.py bench_freshness`: prints how long after its commit a change is found, the worker being a process apart."""

import contextlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from search.benchmarks import portals, stored_corpus
from search.benchmarks.servers import remove_all
from search.benchmarks.stored_corpus import StoredText
from search.benchmarks.timing import load, spread
from search.drain import targets
from search.engines import ELASTICSEARCH, EMBEDDED, NAMES, get_engine
from search.engines.base import EngineRequest, EngineUnavailable
from search.engines.elasticsearch import Connection
from search.engines.elasticsearch.client import WRITING_LIMIT, connect
from search.ranking import Concept, Sought
from search.rebuild import rebuild
from search.worker import Worker

#: Unit: seconds.
TARGET_P95 = 2.0
_LOOK_AGAIN = 0.01
_PATIENCE = 60.0
_LONGEST_PAUSE = 0.5
_WORKER = "--worker"


class Command(BaseCommand):
    """Exit code 1 when a target is missed."""

    help = "Measures the time from the commit of a change until a search finds it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let engine and size be chosen."""
        parser.add_argument("--engine", choices=NAMES, default=EMBEDDED)
        parser.add_argument("--elasticsearch", metavar="URL", default="http://127.0.0.1:9200")
        parser.add_argument("--documents", type=int, default=2_000)
        parser.add_argument("--changes", type=int, default=100)
        parser.add_argument(portals.INSIDE, action="store_true", help="Used by the command itself.")
        parser.add_argument(_WORKER, action="store_true", help="Used by the command itself.")

    def handle(self, *args, inside: bool, worker: bool, documents: int, changes: int, **options) -> None:
        """Measure in a portal of its own with a worker of its own."""
        if worker:
            _work()
        elif inside:
            self._inside(documents, changes)
        else:
            self._apart(options["engine"], options["elasticsearch"], documents, changes)

    def _apart(self, engine: str, url: str, documents: int, changes: int) -> None:
        prefix = "bench-freshness"
        words = ["bench_freshness", portals.INSIDE, f"--documents={documents}", f"--changes={changes}"]
        with tempfile.TemporaryDirectory() as folder:
            try:
                code = portals.run(words, portals.environment(Path(folder), engine=engine, url=url, prefix=prefix))
            finally:
                if engine == ELASTICSEARCH:
                    remove_all(connect(Connection((url,))).options(request_timeout=WRITING_LIMIT), prefix)
        if code:
            raise CommandError("The target was missed, or nothing could be measured.")

    def _inside(self, documents: int, changes: int) -> None:
        stored_corpus.create(documents)
        with stored_corpus.registered():
            for target in targets():
                rebuild(target=target)
            with _worker_apart():
                times = list(_seconds_until_found(documents, changes))
        found = spread(times)
        self.stdout.write(
            f"{get_engine().name}: commit until found p50 {found.p50:.2f} s   p95 {found.p95:.2f} s   "
            f"longest {max(times):.2f} s, {changes} changes among {documents} documents, {load()}"
        )
        if found.p95 > TARGET_P95:
            raise CommandError(f"The p95 is above {TARGET_P95} s.")


def _work() -> None:
    """Be the worker: the same one as `manage.py search drain --watch`, with the invented documents registered."""
    worker = Worker()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, worker.stop)
    with stored_corpus.registered():
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        worker.run()


@contextlib.contextmanager
def _worker_apart() -> Iterator[None]:
    command = portals.manage(["bench_freshness", _WORKER])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 -- our own command.
        try:
            process.stdout.readline()
            yield
        finally:
            process.terminate()


def _seconds_until_found(documents: int, changes: int) -> Iterator[float]:
    chance = random.Random(7)  # noqa: S311 -- a repeatable benchmark, no secret.
    for number in range(changes):
        # Changes come at any moment of the worker's rhythm.
        time.sleep(chance.uniform(0, _LONGEST_PAUSE))
        word = f"Neuigkeit{'abcdefghij'[number % 10]}{number:04d}"
        committed = _change(chance.randint(1, documents), word)
        while not _finds(word):
            if time.perf_counter() - committed > _PATIENCE:
                raise CommandError(f"{word} was not found within {_PATIENCE:.0f} s.")
            time.sleep(_LOOK_AGAIN)
        yield time.perf_counter() - committed


def _change(pk: int, title: str) -> float:
    """Save a document; returns the moment of the commit, before anything that follows it."""
    moments: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: moments.append(time.perf_counter()))
        row = StoredText.objects.get(pk=pk)
        row.title, row.audience = title, "public"
        row.save()
    return moments[0]


def _finds(word: str) -> bool:
    sought = Sought((Concept(((word,),)),), (), (word,))
    try:
        return bool(get_engine().snapshot().search(EngineRequest(frozenset({"public"}), sought, limit=1)).total)
    except EngineUnavailable:
        return False
