"""Has a file that came from outside read in a process of its own, with bounds that the system enforces.

Formats are large and their parsers have faults, so a file is taken apart where nothing else lives: no database, no
settings, no secrets. This module knows nothing but the standard library, because both sides of the border need it.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).resolve().parents[2]


class Overstepped(Exception):  # noqa: N818 -- it is an answer about the file, not a mistake of ours.
    """The process was ended, because it took longer or more than it may."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__("late" if is_late else "stopped")
        self.is_late = is_late


class Broken(Exception):  # noqa: N818 -- the same.
    """The process ended without an answer that can be read."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reading process may use up."""

    memory_bytes: int
    cpu_seconds: int
    output_bytes: int

    def hold(self) -> None:
        """Bind this very process; to be called before the first parser is imported."""
        bounds = (
            (resource.RLIMIT_AS, self.memory_bytes),
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_FSIZE, self.output_bytes),
            (resource.RLIMIT_CORE, 0),
        )
        for kind, bound in bounds:
            # Some systems (macOS) do not know every bound; the time limit of the caller stands in any case.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (bound, bound))


def read_confined(package: str, data: bytes, file_name: str, *, time_limit: float) -> Any:
    """Run `python -m package FILE NAME` over the data and return what it prints, which is JSON."""
    with tempfile.NamedTemporaryFile() as source, tempfile.TemporaryFile() as output:
        source.write(data)
        source.flush()
        try:
            finished = subprocess.run(  # noqa: S603 - our own module; the file name is an argument, no command.
                [sys.executable, "-m", package, source.name, Path(file_name).name],
                cwd=_PROJECT,
                env={"PYTHONPATH": str(_PROJECT), "PYTHONIOENCODING": "utf-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=time_limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Overstepped(is_late=True) from error
        if finished.returncode < 0:
            # The system ended the process, since it went beyond its bounds.
            raise Overstepped(is_late=False)
        output.seek(0)
        try:
            return json.loads(output.read())
        except ValueError as error:
            raise Broken from error
