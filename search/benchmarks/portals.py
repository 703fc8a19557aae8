"""A portal of its own for one measurement: an empty database and index, so that nothing of the real one is touched."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from search.engines import EMBEDDED

#: Given to a command that runs in such a portal already.
INSIDE = "--inside"


def environment(folder: Path, *, engine: str = EMBEDDED, url: str = "", prefix: str = "") -> dict[str, str]:
    """Return the environment of a portal whose data lie in a folder."""
    own = {
        "PORTAL_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "PORTAL_SEARCH_ENGINE": engine,
        "PORTAL_ELASTICSEARCH_URL": url or "http://127.0.0.1:9200",
        "PORTAL_ELASTICSEARCH_PREFIX": prefix or "bench",
    }
    hidden = {f"{name}_FILE" for name in own}
    return {**{name: value for name, value in os.environ.items() if name not in hidden}, **own}


def manage(words: Sequence[str]) -> list[str]:
    """Return the command line of `manage.py` with this very Python."""
    return [sys.executable, str(Path(sys.argv[0]).resolve()), *words]


def run(words: Sequence[str], own: Mapping[str, str]) -> int:
    """Prepare the database of such a portal and run a command in it; returns its exit code."""
    for command in (["migrate", "--verbosity", "0"], words):
        code = subprocess.run(manage(command), env=own, check=False).returncode  # noqa: S603 -- our own command.
        if code:
            return code
    return 0
