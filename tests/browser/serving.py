"""Portals of the tests' own: started like `make run` starts one, with their own data, ended with the test."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Unit: seconds. A first start migrates an empty database and loads the demo content.
LONGEST_START = 180


class NotServingError(AssertionError):
    """The portal ended or did not answer in time."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def demo_portal(data_dir: Path) -> Iterator[str]:
    """Serve the demo content by the command behind `make run`; yield its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    with _served(command, port, data_dir, "portal.settings.dev") as address:
        yield address


@contextmanager
def deployed_portal(data_dir: Path) -> Iterator[str]:
    """Serve the same data without DEBUG, as readers see it; yield its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload", "--insecure"]
    with _served(command, port, data_dir, "tests.browser.settings") as address:
        yield address


@contextmanager
def _served(command: list[str], port: int, data_dir: Path, module: str) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    environment = {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": module, "PYTHONUNBUFFERED": "1"}
    log = data_dir / f"{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 -- our own server.
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise NotServingError(f"The portal does not answer at {address}:\n{log.read_text()}")
