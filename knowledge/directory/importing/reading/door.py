"""The door of this package: the bytes of a file in, a table out, or why there is none."""

from __future__ import annotations

from pathlib import PurePath

from knowledge.directory.importing.reading.outcome import Reason, Table, Unreadable


def read_table(data: bytes, file_name: str) -> Table:
    """Read a file by its ending; raises Unreadable."""
    if not data.strip():
        raise Unreadable(Reason.EMPTY)
    match PurePath(file_name).suffix.lower():
        case ".csv" | ".txt":
            from knowledge.directory.importing.reading import separated

            return separated.read(data)
        case ".xlsx":
            from knowledge.directory.importing.reading import excel

            return excel.read(data)
        case ".json":
            from knowledge.directory.importing.reading import exchanged

            return exchanged.read(data)
    raise Unreadable(Reason.UNSUPPORTED)
