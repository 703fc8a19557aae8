"""How the worker keeps the vectors up to date, in a thread of its own, so that no change waits for the model."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection, models

from search.models import OutboxEntry
from search.semantics.embedder import ChildEmbedder, Embedder, EmbedderUnavailable
from search.semantics.filling import Filler

logger = logging.getLogger(__name__)
#: Unit: seconds.
POLL = 2.0
#: Unit: seconds. After a failure of the model or the database.
REST = 60.0


class FillingThread(threading.Thread):
    """Fills whenever the outbox has changed."""

    def __init__(self, embedder: Embedder, tell: Callable[[str], None]) -> None:
        super().__init__(name="semantics", daemon=True)
        self._tell = tell
        self._stopped = threading.Event()
        self._filler = Filler(embedder, self._stopped.is_set)
        self._seen: tuple | None = None

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopped.is_set():
            started = time.monotonic()
            rest = POLL if self.step() else REST
            connection.close()
            self._stopped.wait(max(rest - (time.monotonic() - started), POLL))

    def stop(self) -> None:
        """Finish the pieces under way and end."""
        self._stopped.set()

    def step(self) -> bool:
        """Fill if anything changed; returns whether all is well."""
        try:
            state = _state()
            if state != self._seen:
                filled = self._filler.fill_changed()
                if filled.records or filled.removed:
                    self._tell(f"meaning: {filled.records} records, {filled.embedded} new passages")
                # Only now: a failure leaves everything to be tried again.
                self._seen = state
        except (EmbedderUnavailable, DatabaseError) as reason:
            logger.warning("No vectors are made: %s", reason)
            return False
        return True


def _state() -> tuple:
    """Versions only grow, so their sum and number tell whether anything changed."""
    return tuple(OutboxEntry.objects.aggregate(models.Count("pk"), models.Sum("version")).values())


@contextlib.contextmanager
def vectors_made_beside(tell: Callable[[str], None]) -> Iterator[None]:
    """Make vectors as long as the worker works; while this is switched off, do nothing at all."""
    if not settings.SEARCH_SEMANTICS:
        yield
        return
    embedder = ChildEmbedder(is_patient=True, rest=0.0)
    thread = FillingThread(embedder, tell)
    thread.start()
    try:
        yield
    finally:
        thread.stop()
        thread.join(timeout=10)
        embedder.close()
