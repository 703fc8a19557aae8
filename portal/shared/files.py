"""The upload door: what a file is allowed to be, how large, and whether its content is what its name says."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO

import puremagic
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
#: Bounds for containers, counted while unpacking, since what a container says about itself may be a lie.
MAX_UNPACKED_BYTES = 50 * MEGABYTE
MAX_RATIO = 100
MAX_MEMBERS = 500
MAX_NAME_LENGTH = 150
_CHUNK = 64 * 1024
# A container of a few kilobytes may be packed a hundredfold and harm nobody.
_RATIO_FROM_BYTES = MEGABYTE
_SIGNATURE_WITHIN = 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that some room accepts."""

    extension: str
    label: str
    #: What the first bytes hold; text has no signature.
    signature: bytes = b""
    #: A member that tells this container from others.
    member: str = ""


class FileKinds(Enum):
    """The kinds that the portal knows how to check."""

    TEXT = FileKind(".txt", gettext_lazy("plain text"))
    MARKDOWN = FileKind(".md", gettext_lazy("Markdown"))
    WORD = FileKind(".docx", gettext_lazy("Word document"), b"PK\x03\x04", "word/document.xml")
    OPENDOCUMENT = FileKind(".odt", gettext_lazy("OpenDocument text"), b"PK\x03\x04", "content.xml")
    PDF = FileKind(".pdf", "PDF", b"%PDF-")


class UploadRefused(ValidationError):  # noqa: N818 -- a refusal is no error of the program.
    """The file stays outside; the message says what happened, why, and what to do."""


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that passed the door."""

    name: str
    kind: FileKind
    data: bytes

    @property
    def sha256(self) -> str:
        """The checksum by which the same file is known again."""
        return hashlib.sha256(self.data).hexdigest()


def check_upload(file: BinaryIO, name: str, *, kinds: Iterable[FileKinds], max_bytes: int = MAX_BYTES) -> CheckedUpload:
    """Let a file in if its name and its content are of one of the kinds and it is not too large.

    The size is counted while reading: what a browser says about it is a claim.
    """
    allowed = {kind.value.extension: kind.value for kind in kinds}
    name = clean_name(name)
    kind = allowed.get(PurePath(name).suffix.lower())
    if kind is None:
        raise UploadRefused(_unknown_kind(name, allowed), code="kind")
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise UploadRefused(
            _("“%(name)s” is larger than %(limit)s MB. Make it smaller, for example by leaving out pictures.")
            % {"name": name, "limit": max_bytes // MEGABYTE},
            code="size",
        )
    if not data.strip():
        raise UploadRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": name}, code="empty")
    _check_content(name, kind, data)
    return CheckedUpload(name, kind, data)


def clean_name(name: str) -> str:
    """The bare name of the file, without path and control characters, short enough to be shown."""
    bare = PurePath(name.replace("\\", "/")).name
    printable = "".join(char for char in bare if unicodedata.category(char)[0] != "C")
    path = PurePath(unicodedata.normalize("NFC", printable).strip())
    return f"{path.stem[: MAX_NAME_LENGTH - len(path.suffix)]}{path.suffix}"


def _unknown_kind(name: str, allowed: dict[str, FileKind]) -> str:
    choices = get_text_list([f"{kind.label} ({extension})" for extension, kind in allowed.items()], _("or"))
    return _("“%(name)s” cannot be read here. Choose a file of one of these kinds: %(kinds)s.") % {
        "name": name,
        "kinds": choices,
    }


def _check_content(name: str, kind: FileKind, data: bytes) -> None:
    if not kind.signature:
        if not _is_text(data):
            raise _wrong_content(name, kind, data)
        return
    if kind.member and data.startswith(_OLD_OFFICE):
        raise UploadRefused(
            _(
                "“%(name)s” is protected by a password or stored in the format of old Office versions. "
                "Open it, save it without a password as %(extension)s and choose it again."
            )
            % {"name": name, "extension": kind.extension},
            code="encrypted",
        )
    if kind.signature not in data[:_SIGNATURE_WITHIN] or (kind.member and not data.startswith(kind.signature)):
        raise _wrong_content(name, kind, data)
    if kind.member:
        _check_container(name, kind, data)


def _is_text(data: bytes) -> bool:
    """Text in any usual encoding has no control characters besides the layout of lines."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    if not encoding and b"\0" in data:
        # UTF-16 without a mark; anything else with zero bytes is no text.
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        text = data.decode(encoding or "latin-1")
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\v\f\r" for char in set(text))


def _wrong_content(name: str, kind: FileKind, data: bytes) -> UploadRefused:
    try:
        found = puremagic.from_string(data).lstrip(".").upper()
    except (puremagic.PureError, ValueError):
        found = ""
    message = (
        _("“%(name)s” ends with %(extension)s, but its content is of the kind %(found)s. Choose the original file.")
        if found
        else _("“%(name)s” ends with %(extension)s, but its content is something else. Choose the original file.")
    )
    return UploadRefused(message % {"name": name, "extension": kind.extension, "found": found}, code="content")


def _check_container(name: str, kind: FileKind, data: bytes) -> None:
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
                raise _wrong_content(name, kind, data)
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
