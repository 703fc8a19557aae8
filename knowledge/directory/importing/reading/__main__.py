"""Reads one table in a process of its own: `python -m knowledge.directory.importing.reading FILE NAME` prints JSON."""

import json
import sys
from pathlib import Path

from portal.shared.confinement import Bounds

BOUNDS = Bounds(memory_bytes=1_000 * 1024 * 1024, cpu_seconds=60, output_bytes=128 * 1024 * 1024)


def main(path: str, file_name: str) -> int:
    """Print the table or why there is none; whatever is wrong with the file is an answer and exits with 0."""
    BOUNDS.hold()
    # Imported only now: the bounds have to stand before the first parser is loaded.
    from knowledge.directory.importing.reading.door import read_table
    from knowledge.directory.importing.reading.outcome import Reason, Unreadable

    try:
        table = read_table(Path(path).read_bytes(), file_name)
        answer = {"columns": table.columns, "rows": table.rows, "remarks": table.remarks}
    except Unreadable as unreadable:
        answer = {"reason": unreadable.reason, "place": unreadable.place}
    except (MemoryError, RecursionError):
        answer = {"reason": Reason.DEMANDING, "place": 0}
    json.dump(answer, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
