"""The shelf of this process: read beside the requests, never in one, and only what changed since."""

import logging
import threading
import time
from collections.abc import Callable, Iterable

from django.db import DatabaseError, connection

from search.semantics.models import PassageVector, RecordMeaning, Revision
from search.semantics.shelf import Shelf, Shelved, reckoned

logger = logging.getLogger(__name__)
#: Each costs 1.5 kB of memory in every process; beyond that an index of vectors is wanted, not a list.
MOST_PIECES = 400_000
_ROWS_AT_ONCE = 500
#: Unit: seconds. So long nobody looks again after the database failed.
_REST = 10.0


def _in_a_thread(act: Callable[[], None]) -> None:
    threading.Thread(target=act, name="semantics", daemon=True).start()


class Shelves:
    """Keeps the newest shelf of one model."""

    def __init__(self, beside: Callable[[Callable[[], None]], None] = _in_a_thread) -> None:
        self._beside = beside
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._model = ""
        self._begun_at = 0.0
        self._resting_until = 0.0

    def current(self, model: str) -> Shelf | None:
        """Return what was read last; where something newer is there, it is read for the next question."""
        if self._model != model:
            self._shelf, self._model = None, model
        if self._shelf is None or self._shelf.revision != Revision.current():
            self._refresh_beside()
        return self._shelf

    def refresh(self) -> None:
        """Read what changed since the last time."""
        before, model = self._shelf or Shelf(), self._model
        # Asked first: what is written from here on is read again the next time.
        revision = Revision.current()
        changed = {record.pk: record for record in _read(before.revision, model)}
        kept = [record for record in before.records if record.pk not in changed]
        records = tuple(record for record in (*kept, *changed.values()) if record.pieces)
        if sum(len(record.pieces) for record in records) > MOST_PIECES:
            logger.error("More than %s passages: the search by meaning rests.", MOST_PIECES)
            records = ()
        self._shelf = Shelf(records, revision)

    def _refresh_beside(self) -> None:
        if time.monotonic() >= self._resting_until and self._lock.acquire(blocking=False):
            try:
                self._beside(self._refresh_once)
            except RuntimeError:
                # No thread could be started.
                self._lock.release()

    def _refresh_once(self) -> None:
        try:
            self.refresh()
        except (DatabaseError, MemoryError, ValueError):
            logger.exception("The vectors could not be read.")
            self._resting_until = time.monotonic() + _REST
        finally:
            if threading.current_thread() is not threading.main_thread():
                connection.close()
            self._lock.release()


def _read(since: int, model: str) -> Iterable[Shelved]:
    """Read records changed after a revision; one without pieces of this model comes without any."""
    changed = RecordMeaning.objects.filter(revision__gt=since) if since else RecordMeaning.objects.all()
    keys = list(changed.values_list("pk", flat=True))
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        rows = RecordMeaning.objects.filter(pk__in=keys[start : start + _ROWS_AT_ONCE]).defer("shown")
        usable = {row.pk: row for row in rows if row.version >= 0 and row.model == model}
        found: dict[int, list[tuple[int, bytes]]] = {}
        pieces = PassageVector.objects.filter(record__in=usable).order_by("record_id", "pk")
        for pk, record, vector in pieces.values_list("pk", "record_id", "vector").iterator():
            found.setdefault(record, []).append((pk, bytes(vector)))
        for row in rows:
            mine = found.get(row.pk, []) if row.pk in usable else []
            yield Shelved(
                pk=row.pk,
                kind=row.kind,
                id=row.object_id,
                version=row.version,
                audience=row.audience,
                facets=row.facets,
                pieces=tuple(pk for pk, _ in mine),
                vectors=reckoned([vector for _, vector in mine]),
            )


shelves = Shelves()
