"""Containers, that is files packed of several: bounds counted while unpacking, since what they say may be a lie."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from portal.shared.files.contents import wrong_content
from portal.shared.files.kinds import FileKind
from portal.shared.files.refusal import UploadRefused

_MEGABYTE = 1024 * 1024
MAX_UNPACKED_BYTES = 50 * _MEGABYTE
MAX_RATIO = 100
MAX_MEMBERS = 500
_CHUNK = 64 * 1024
# A container of a few kilobytes may be packed a hundredfold and harm nobody.
_RATIO_FROM_BYTES = _MEGABYTE
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_old_office(name: str, kind: FileKind, data: bytes) -> None:
    """Tell apart what Office itself wraps in its old format: old documents, and new ones with a password."""
    if data.startswith(_OLD_OFFICE):
        raise UploadRefused(
            _(
                "“%(name)s” is protected by a password or stored in the format of old Office versions. "
                "Open it, save it without a password as %(extension)s and choose it again."
            )
            % {"name": name, "extension": kind.extension},
            code="encrypted",
        )


def check_container(name: str, kind: FileKind, data: bytes) -> None:
    """Unpack once, into nothing, and refuse what is encrypted, of another kind, swollen or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 0x1 for member in members):
                raise UploadRefused(
                    _("“%(name)s” is protected by a password. Save it without one and choose it again.")
                    % {"name": name},
                    code="encrypted",
                )
            if kind.member not in archive.namelist():
                raise wrong_content(name, kind, data)
            if (
                len(members) > MAX_MEMBERS
                or not _are_read_in_pieces(members)
                or not _unpacks_within_bounds(archive, len(data))
            ):
                raise UploadRefused(
                    _("“%(name)s” would take up far too much space when unpacked. Save it anew without pictures.")
                    % {"name": name},
                    code="unpacked",
                )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise UploadRefused(
            _("“%(name)s” is damaged and cannot be opened. Save it anew and choose it again.") % {"name": name},
            code="damaged",
        ) from error


def _are_read_in_pieces(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether unpacking can be stopped half-way; other methods than Deflate unpack a whole member at once."""
    return all(member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)


def _unpacks_within_bounds(archive: zipfile.ZipFile, packed_bytes: int) -> bool:
    limit = min(MAX_UNPACKED_BYTES, max(packed_bytes * MAX_RATIO, _RATIO_FROM_BYTES))
    unpacked = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > limit:
                    return False
    return True
