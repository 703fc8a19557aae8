"""Has a file read by another process, so that a hostile one can never take this process down."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from knowledge.papers.reading.document import RecognisedPaper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.serialise import from_json

TIME_LIMIT_SECONDS = 30
_PROJECT = Path(__file__).resolve().parents[3]
_PACKAGE = __package__


def read_in_child(data: bytes, file_name: str, *, time_limit: float = TIME_LIMIT_SECONDS) -> RecognisedPaper:
    """Read the file with bounds on time and memory; whatever goes wrong there is a `PaperUnreadable` here."""
    with tempfile.NamedTemporaryFile() as source, tempfile.TemporaryFile() as output:
        source.write(data)
        source.flush()
        try:
            finished = subprocess.run(  # noqa: S603 - our own module; the file name is an argument, no command.
                [sys.executable, "-m", _PACKAGE, source.name, Path(file_name).name],
                cwd=_PROJECT,
                env={"PYTHONPATH": str(_PROJECT), "PYTHONIOENCODING": "utf-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=time_limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PaperUnreadable(Reason.TOO_DEMANDING, seconds=int(time_limit)) from error
        output.seek(0)
        return _answer(finished.returncode, output.read())


def _answer(exit_code: int, output: bytes) -> RecognisedPaper:
    if exit_code < 0:
        # The system ended the process, since it went beyond its bounds.
        raise PaperUnreadable(Reason.TOO_DEMANDING)
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise PaperUnreadable(Reason.DAMAGED) from error
    if "reason" in answer:
        raise PaperUnreadable(Reason(answer["reason"]), **answer["params"])
    return from_json(answer["paper"])
