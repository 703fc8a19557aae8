"""The one check that every file passes which people bring: name, size, content, malware; pictures are drawn anew."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.shared.files.containers import check_container, refuse_old_office
from portal.shared.files.contents import has_signature, is_text, wrong_content
from portal.shared.files.kinds import FileKind, FileKinds
from portal.shared.files.names import clean_name
from portal.shared.files.pictures import drawn_anew
from portal.shared.files.refusal import UploadRefused
from portal.shared.malware import ScannerUnavailable, scanner

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE

log = logging.getLogger(__name__)


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

    The size is counted while reading: what a browser says about it is a claim. The scanner comes before whatever
    takes the content apart. The data of a picture are those of a new one, without anything but the visible.
    """
    kinds = [kind.value for kind in kinds]
    name = clean_name(name)
    ending = PurePath(name).suffix.lower()
    kind = next((kind for kind in kinds if ending in kind.extensions), None)
    if kind is None:
        raise UploadRefused(_unknown_kind(name, kinds), code="kind")
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(name, kind, max_bytes)
    if not data.strip():
        raise UploadRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": name}, code="empty")
    _refuse_malware(name, data)
    _check_content(name, kind, data)
    if kind.picture:
        data = drawn_anew(name, kind, data)
    return CheckedUpload(name, kind, data)


def _unknown_kind(name: str, kinds: list[FileKind]) -> str:
    choices = get_text_list([f"{kind.label} ({kind.extension})" for kind in kinds], _("or"))
    return _("“%(name)s” cannot be read here. Choose a file of one of these kinds: %(kinds)s.") % {
        "name": name,
        "kinds": choices,
    }


def _too_large(name: str, kind: FileKind, max_bytes: int) -> UploadRefused:
    message = (
        _("“%(name)s” is larger than %(limit)s MB. Save the picture in a smaller size and choose it again.")
        if kind.picture
        else _("“%(name)s” is larger than %(limit)s MB. Make it smaller, for example by leaving out pictures.")
    )
    return UploadRefused(message % {"name": name, "limit": max_bytes // MEGABYTE}, code="size")


def _refuse_malware(name: str, data: bytes) -> None:
    """Keep out what the scanner knows; where it does not answer, nothing comes in, since nobody looked."""
    try:
        found = scanner().name_of_malware(data)
    except ScannerUnavailable as unavailable:
        log.error("The malware scanner gave no answer, a file was refused: %s", unavailable)
        raise UploadRefused(
            _(
                "“%(name)s” was not taken over, because it cannot be checked for malware at the moment. "
                "Try again in a few minutes; tell the administration if that does not help."
            )
            % {"name": name},
            code="scanner",
        ) from unavailable
    if found:
        log.warning("The malware scanner found %s in a file with SHA-256 %s.", found, hashlib.sha256(data).hexdigest())
        raise UploadRefused(
            _(
                "“%(name)s” was not taken over, because malware was found in it (%(found)s). "
                "Do not open the file and tell your IT department."
            )
            % {"name": name, "found": found},
            code="malware",
        )


def _check_content(name: str, kind: FileKind, data: bytes) -> None:
    if not kind.signature:
        if not is_text(data):
            raise wrong_content(name, kind, data)
        return
    if kind.member:
        refuse_old_office(name, kind, data)
    if not has_signature(kind, data):
        raise wrong_content(name, kind, data)
    if kind.member:
        check_container(name, kind, data)
