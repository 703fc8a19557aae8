"""Has a file read by another process, so that a hostile one can never take this process down."""

from __future__ import annotations

from knowledge.papers.reading.document import RecognisedPaper
from knowledge.papers.reading.errors import PaperUnreadable, Reason
from knowledge.papers.reading.serialise import from_json
from portal.shared.confinement import Broken, Overstepped, read_confined

TIME_LIMIT_SECONDS = 30
_PACKAGE = __package__


def read_in_child(data: bytes, file_name: str, *, time_limit: float = TIME_LIMIT_SECONDS) -> RecognisedPaper:
    """Read the file with bounds on time and memory; whatever goes wrong there is a `PaperUnreadable` here."""
    try:
        answer = read_confined(_PACKAGE, data, file_name, time_limit=time_limit)
    except Overstepped as overstepped:
        told = {"seconds": int(time_limit)} if overstepped.is_late else {}
        raise PaperUnreadable(Reason.TOO_DEMANDING, **told) from overstepped
    except Broken as broken:
        raise PaperUnreadable(Reason.DAMAGED) from broken
    if "reason" in answer:
        raise PaperUnreadable(Reason(answer["reason"]), **answer["params"])
    return from_json(answer["paper"])
