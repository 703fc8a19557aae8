"""Reads one file in a process of its own: `python -m knowledge.papers.reading FILE NAME` prints JSON.

Files come from outside and their formats are large, so they are parsed where nothing else lives, with
bounds on memory, time and output that the system enforces.
"""

import json
import sys
from pathlib import Path

from portal.shared.confinement import Bounds

BOUNDS = Bounds(memory_bytes=1_500 * 1024 * 1024, cpu_seconds=25, output_bytes=64 * 1024 * 1024)


def main(path: str, file_name: str) -> int:
    """Print the recognised paper, or the reason why there is none; both are an answer and exit with 0."""
    BOUNDS.hold()
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


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
