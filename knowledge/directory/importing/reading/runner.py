"""Has a table read by another process, so that a hostile one can never take this process down."""

from __future__ import annotations

from knowledge.directory.importing.reading.outcome import Reason, Remark, Table, Unreadable
from portal.shared.confinement import Broken, Overstepped, read_confined

#: Unit: seconds on the wall.
TIME_LIMIT = 90.0
_PACKAGE = __package__


def read_in_child(data: bytes, file_name: str, *, time_limit: float = TIME_LIMIT) -> Table:
    """Read the file with bounds on time and memory; raises Unreadable, whatever goes wrong there."""
    try:
        answer = read_confined(_PACKAGE, data, file_name, time_limit=time_limit)
    except Overstepped as overstepped:
        raise Unreadable(Reason.DEMANDING) from overstepped
    except Broken as broken:
        raise Unreadable(Reason.DAMAGED) from broken
    if "reason" in answer:
        raise Unreadable(Reason(answer["reason"]), answer["place"])
    rows = tuple(tuple(row) for row in answer["rows"])
    return Table(tuple(answer["columns"]), rows, tuple(map(Remark, answer["remarks"])))
