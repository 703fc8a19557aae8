"""The processes that a portal on one's own machine has beside its server: started with it, ended with it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from portal.shared.background import BACKGROUND

#: Does what lasts longer than a request; in production a service of its own (docs/operation.md).
WORKER = ("db_worker", "--backend", BACKGROUND, "--no-reload", "--no-startup-delay", "--verbosity", "0")
#: Brings changes to a search server; the embedded engine needs nobody for that.
INDEXER = ("search", "drain", "--watch")
#: Unit: seconds.
_PAUSE = 5.0
_PATIENCE = 5.0


class Companion:
    """A program that runs as long as we do; one that ends too early is begun again."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._is_over = threading.Event()
        self._process: subprocess.Popen | None = None
        self._keeper = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Begin, and watch over it from now on."""
        self._keeper.start()

    def stop(self) -> None:
        """End it: by asking, and where that does not help for long, without."""
        self._is_over.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._keeper.join(_PATIENCE)

    def _keep_running(self) -> None:
        while not self._is_over.is_set():
            # Its own group, so that Ctrl+C reaches it through us and not twice.
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
            self._process.wait()
            self._is_over.wait(_PAUSE)


@contextmanager
def companions(*commands: tuple[str, ...]) -> Iterator[None]:
    """Have these commands of the portal run beside the block; they end with it, also where a signal ends it."""
    signal.signal(signal.SIGTERM, _leave)
    begun = [Companion([sys.executable, str(settings.BASE_DIR / "manage.py"), *command]) for command in commands]
    for companion in begun:
        companion.start()
    try:
        yield
    finally:
        for companion in begun:
            companion.stop()


def _leave(number: int, frame: object) -> None:
    sys.exit(0)
