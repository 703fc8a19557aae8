"""Readers and editors who go on while something breaks, and the count of what they met."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: Unit: seconds. Whoever waits longer for a page goes away.
PATIENCE = 10.0
#: Unit: seconds. The breaker gives a server 15 seconds of rest, and once more if the first try comes too early.
LONGEST_REST = 45.0
READERS = 2
EDITORS = 2
#: Unit: seconds. The pause of an editor, so that the tables do not outgrow the proof.
PAUSE = 0.05
_SEARCH = "/suche/?q=Dauerbegriff"
#: How the results page says what it found and who answered (templates/search).
_LASTING = 'data-hit="term:1"'
_STANDBY = 'class="notice notice--warning'


@dataclass(slots=True)
class Tally:
    """What readers and editors met."""

    changes: int = 0
    #: Changes that the portal did not take; nothing is promised about them.
    refused: int = 0
    searches: int = 0
    by_standby: int = 0
    #: Unit: seconds.
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


class Traffic:
    """Asks and writes in several threads until told to stop."""

    def __init__(self, url: str, *, may_be_away: bool = False) -> None:
        """`may_be_away`: the web server itself is killed, so a connection that fails is nobody's failed search."""
        self.tally = Tally()
        self._host = urlsplit(url).netloc
        self._may_be_away = may_be_away
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        works = [self._read] * READERS + [self._write] * EDITORS
        self._threads = [threading.Thread(target=self._repeat, args=(work,), daemon=True) for work in works]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, after the answers under way."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(PATIENCE * 2)

    def _repeat(self, work) -> None:
        while not self._stopped.is_set():
            try:
                work()
            except (OSError, http.client.HTTPException) as error:
                if not self._may_be_away:
                    self._fail(f"{work.__name__}: {error!r}")
                time.sleep(0.1)

    def _read(self) -> None:
        begun = time.monotonic()
        status, page = _ask(self._host, "GET", _SEARCH)
        with self._lock:
            self.tally.searches += 1
            self.tally.slowest = max(self.tally.slowest, time.monotonic() - begun)
            self.tally.by_standby += _STANDBY in page
        if status != 200 or _LASTING not in page:
            self._fail(f"search: {status}, {len(page)} characters, without the lasting term")

    def _write(self) -> None:
        status, _ = _ask(self._host, "POST", "/wechsel/")
        with self._lock:
            if status == 204:
                self.tally.changes += 1
            else:
                self.tally.refused += 1
        time.sleep(PAUSE)

    def _fail(self, reason: str) -> None:
        with self._lock:
            self.tally.failures.append(reason)


@contextmanager
def traffic(url: str, *, may_be_away: bool = False) -> Iterator[Tally]:
    """Have readers and editors at work during the block."""
    going = Traffic(url, may_be_away=may_be_away)
    going.start()
    try:
        yield going.tally
    finally:
        going.stop()


def wait_for_the_server(url: str) -> None:
    """Return as soon as the server answers readers again; after a fault it is left alone for a while."""
    until = time.monotonic() + LONGEST_REST
    while time.monotonic() < until:
        if _STANDBY not in _ask(urlsplit(url).netloc, "GET", _SEARCH)[1]:
            return
        time.sleep(0.5)
    raise AssertionError("The standby still answers, though the server is well.")


def _ask(host: str, method: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.request(method, path, headers={"Content-Length": "0"} if method == "POST" else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
