"""A portal as `make run` starts it, and a real Chromium that visits it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, else Playwright's own; where neither can be had the tests say so."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=_installed(playwright), args=FLAGS)
        except Error as error:
            message = f"No Chromium could be started: {error}"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        yield chromium
        chromium.close()


def _installed(playwright) -> str | None:
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if system is None and not Path(playwright.chromium.executable_path).is_file():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return system


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(command, address, environment, log):
    """Run a server until the block ends; fail with what it said when it does not answer."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(address, process, log, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 -- our own server.
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"The portal does not answer at {address}:\n{Path(log.name).read_text()}")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("portal")


def _environment(data_dir, module):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DATABASE_URL"))}
    return {**kept, "PORTAL_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": module, "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="session")
def portal(data_dir):
    """The address of a portal with the demo content, started by the command behind `make run`."""
    port = free_port()
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    with (
        (data_dir / "server.log").open("w") as log,
        served(command, f"http://127.0.0.1:{port}", _environment(data_dir, "portal.settings.dev"), log) as address,
    ):
        yield address


@pytest.fixture(scope="session")
def deployed(portal, data_dir):
    """The same portal without DEBUG, whose error pages readers see."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload", "--insecure"]
    with (
        (data_dir / "deployed.log").open("w") as log,
        served(command, f"http://127.0.0.1:{port}", _environment(data_dir, "tests.browser.settings"), log) as address,
    ):
        yield address


@pytest.fixture
def visit(browser, portal):
    """Open pages of the portal; afterwards nothing was loaded from elsewhere and no policy was violated."""
    contexts = []

    def open_page(path="/", *, base=portal, **options):
        context = browser.new_context(
            **{"locale": "de-DE", "viewport": {"width": 1280, "height": 900}, "base_url": base, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("request", lambda request: _note_foreign(page, request, base))
        page.on("console", lambda message: _note_violation(page, message))
        page.on("pageerror", lambda error: page.complaints.append(f"script error: {error}"))
        page.goto(path)
        return page

    yield open_page
    complaints = [complaint for context in contexts for page in context.pages for complaint in page.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


def _note_foreign(page, request, base):
    if not request.url.startswith((base, "data:", "blob:")):
        page.complaints.append(f"request to another place: {request.url}")


def _note_violation(page, message):
    if "Content Security Policy" in message.text:
        page.complaints.append(f"policy violated: {message.text}")
