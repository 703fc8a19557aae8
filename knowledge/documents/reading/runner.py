"""Has a file read by another process, so that a hostile one can never take this process down."""

from __future__ import annotations

from knowledge.documents.reading.outcome import Notes, Part, Reading, Reason, State
from portal.shared.confinement import Broken, Overstepped, read_confined

#: Unit: seconds on the wall. Beyond the bound of computing, for what waits without computing.
TIME_LIMIT = 150.0
_PACKAGE = __package__


def read_in_child(data: bytes, file_name: str, *, time_limit: float = TIME_LIMIT) -> Reading:
    """Read the file with bounds on time and memory; whatever goes wrong there is a state here."""
    try:
        answer = read_confined(_PACKAGE, data, file_name, time_limit=time_limit)
    except Overstepped:
        return Reading(State.TOO_LARGE, Reason.DEMANDING)
    except Broken:
        return Reading(State.DAMAGED)
    return Reading(
        State(answer["state"]),
        Reason(answer["reason"]),
        tuple(Part(**part) for part in answer["parts"]),
        Notes(**answer["notes"]),
    )
