"""Reads one file in a process of its own: `python -m knowledge.papers.reading FILE NAME` prints JSON.

Files come from outside and their formats are large, so they are parsed where nothing else lives, with
bounds on memory, time and output that the system enforces.
"""

import contextlib
import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 25
OUTPUT_BYTES = 64 * 1024 * 1024


def main(path: str, file_name: str) -> int:
    """Print the recognised paper, or the reason why there is none; both are an answer and exit with 0."""
    _set_bounds()
    # Imported only now: the bounds have to stand before the first parser is loaded.
    from knowledge.papers.reading.door import read_paper
    from knowledge.papers.reading.errors import PaperUnreadable, Reason
    from knowledge.papers.reading.serialise import to_json

    try:
        answer = {"paper": to_json(read_paper(Path(path).read_bytes(), file_name))}
    except PaperUnreadable as unreadable:
        answer = {"reason": str(unreadable.reason), "params": unreadable.params}
    except (MemoryError, RecursionError):
        answer = {"reason": str(Reason.TOO_DEMANDING), "params": {}}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    return 0


def _set_bounds() -> None:
    bounds = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, bound in bounds:
        # Some systems (macOS) do not know every bound; the time limit of the caller stands in any case.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
