"""Containers, that is files packed of several: whether they are what they say, whole, open and not swollen."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from portal.shared.files.contents import wrong_content
from portal.shared.files.kinds import FileKind
from portal.shared.files.refusal import UploadRefused
from portal.shared.unpacking import stays_small

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
            if not stays_small(archive, len(data)):
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
