"""How far a container of several files may unpack: counted while unpacking, since what it says may be a lie.

Knows nothing but the standard library, because the processes that read files need it as much as the upload door.
"""

from __future__ import annotations

import zipfile

_MEGABYTE = 1024 * 1024
MAX_UNPACKED_BYTES = 50 * _MEGABYTE
MAX_RATIO = 100
MAX_MEMBERS = 500
_CHUNK = 64 * 1024
# A container of a few kilobytes may be packed a hundredfold and harm nobody.
_RATIO_FROM_BYTES = _MEGABYTE


def stays_small(archive: zipfile.ZipFile, packed_bytes: int) -> bool:
    """Unpack once, into nothing, and tell whether it stays within bounds."""
    members = archive.infolist()
    return (
        len(members) <= MAX_MEMBERS
        and _are_read_in_pieces(members)
        and _unpacks_within_bounds(archive, members, packed_bytes)
    )


def _are_read_in_pieces(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether unpacking can be stopped half-way; other methods than Deflate unpack a whole member at once."""
    return all(member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)


def _unpacks_within_bounds(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed_bytes: int) -> bool:
    limit = min(MAX_UNPACKED_BYTES, max(packed_bytes * MAX_RATIO, _RATIO_FROM_BYTES))
    unpacked = 0
    for member in members:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > limit:
                    return False
    return True
