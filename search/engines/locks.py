"""How processes and threads of one machine keep out of each other's way; a lock ends with the process that holds it."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

from search.engines.base import EngineUnavailable

_POLL_SECONDS = 0.02


@contextlib.contextmanager
def held_lock(directory: Path, name: str, timeout: float) -> Iterator[None]:
    """Keep others out; raises EngineUnavailable when they take longer than `timeout` seconds."""
    directory.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + timeout
    with (directory / f"{name}.lock").open("w") as file:
        while not _try_lock(file.fileno()):
            if time.monotonic() >= deadline:
                raise EngineUnavailable(f"Another process holds the {name} lock of the index.")
            time.sleep(_POLL_SECONDS)
        yield


def is_free(directory: Path, name: str) -> bool:
    """Tell whether nobody holds a lock at this moment."""
    try:
        with held_lock(directory, name, timeout=0):
            return True
    except EngineUnavailable:
        return False


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
