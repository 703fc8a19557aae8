"""The worker that brings changes to every index as soon as they are committed."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from search.drain import DrainReport, Target, drain, targets
from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)
#: Unit: seconds. So long a change may wait before anybody looks; well within the two seconds of the target.
POLL = 0.2
#: Unit: seconds. An index out of order is asked again after this time.
PAUSE = 2.0


class Worker:
    """Drains all indexes until it is told to stop; an index out of order holds up no other."""

    def __init__(self, tell: Callable[[str], None] = lambda line: None) -> None:
        self._tell = tell
        self._stopped = threading.Event()
        self._rests: dict[str, float] = {}
        self._told: dict[str, str] = {}

    def stop(self, *_signal) -> None:
        """Finish the batch under way and end."""
        self._stopped.set()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopped.is_set():
            self.step()
            close_old_connections()
            self._stopped.wait(POLL)

    def step(self) -> None:
        """Bring every index what is due, the standby first, because it never keeps anybody waiting."""
        for target in reversed(targets()):
            if self._rests.get(target.column, 0.0) <= time.monotonic():
                self._drain(target)

    def _drain(self, target: Target) -> None:
        try:
            report = drain(target=target)
        except (EngineUnavailable, DatabaseError) as reason:
            self._rests[target.column] = time.monotonic() + PAUSE
            self._say(target, f"{target.engine.name}: {reason}")
            return
        if report != DrainReport():
            counts = f"{report.indexed} indexed, {report.removed} removed, {report.failed} failed"
            self._tell(f"{target.engine.name}: {counts}")
        self._told.pop(target.column, None)

    def _say(self, target: Target, line: str) -> None:
        """Tell of an outage once, not every two seconds."""
        if self._told.get(target.column) != line:
            self._told[target.column] = line
            logger.warning("%s", line)
            self._tell(line)
