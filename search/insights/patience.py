"""Writing in passing: waits hardly at all for other writers, and gives up rather than to disturb anybody."""

import contextlib
import logging
from collections.abc import Iterator

from django.db import DatabaseError, connection

from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)
#: Unit: milliseconds. A count is not worth waiting longer for somebody else's writing.
PATIENCE = 200


@contextlib.contextmanager
def in_passing() -> Iterator[None]:
    """Do something that may be left undone: a busy database or an engine out of order ends it, and nothing else."""
    try:
        with _hardly_waiting():
            yield
    except (DatabaseError, EngineUnavailable) as reason:
        logger.info("A search is not counted: %s", reason)


@contextlib.contextmanager
def _hardly_waiting() -> Iterator[None]:
    shorten, restore = _statements()
    with connection.cursor() as cursor:
        cursor.execute(shorten)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(restore)


def _statements() -> tuple[str, str]:
    """Return what shortens the waiting for locks on this connection, and what restores it."""
    if connection.vendor == "sqlite":
        usual = round(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
        return f"PRAGMA busy_timeout = {PATIENCE}", f"PRAGMA busy_timeout = {usual}"
    return f"SET lock_timeout = {PATIENCE}", "RESET lock_timeout"
