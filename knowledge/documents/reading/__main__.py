"""Reads one file in a process of its own: `python -m knowledge.documents.reading FILE NAME` prints JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from portal.shared.confinement import Bounds

#: Above the patience of the reading itself, so that only what hangs or swells comes here.
BOUNDS = Bounds(memory_bytes=1_000 * 1024 * 1024, cpu_seconds=100, output_bytes=64 * 1024 * 1024)


def main(path: str, file_name: str) -> int:
    """Print how the reading ended; whatever is wrong with the file is an answer and exits with 0."""
    BOUNDS.hold()
    # Imported only now: the bounds have to stand before the first parser is loaded.
    from knowledge.documents.reading.door import read_text
    from knowledge.documents.reading.outcome import Reading, Reason, State

    try:
        reading = read_text(Path(path).read_bytes(), file_name)
    except (MemoryError, RecursionError):
        reading = Reading(State.TOO_LARGE, Reason.DEMANDING)
    json.dump(asdict(reading), sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
