"""A real Chromium: the system's, else Playwright's own download."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

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


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser; raises playwright's Error where none can be had."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(playwright), args=FLAGS)
        yield browser
        browser.close()


def _executable(playwright: Playwright) -> str | None:
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if system is None and not Path(playwright.chromium.executable_path).is_file():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return system
