"""When a server is given a rest: after a few failures in a row nobody waits for it for a while."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from search.engines.base import EngineUnavailable

#: Source: reference measurements; with the time limit of one second readers notice an outage for three seconds at most.
FAILURES = 3
#: Unit: seconds.
REST = 15.0


class Breaker:
    """Refuses calls while a server rests, then lets a single one try; safe for threads."""

    def __init__(self, failures: int = FAILURES, rest: float = REST, clock: Callable[[], float] = time.monotonic):
        self._most, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        """Tell whether a call would be refused now."""
        return self._failures >= self._most and self._clock() < self._closed_again_at

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Count how a call ends; raises EngineUnavailable at once while the server rests."""
        with self._lock:
            if self.is_open:
                raise EngineUnavailable("The server did not answer a moment ago and is asked again shortly.")
            if self._failures >= self._most:
                # Whoever comes while this one tries is still refused, else all would wait for a dead server again.
                self._closed_again_at = self._clock() + self._rest
        try:
            yield
        except EngineUnavailable:
            with self._lock:
                self._failures += 1
                self._closed_again_at = self._clock() + self._rest
            raise
        with self._lock:
            self._failures = 0
