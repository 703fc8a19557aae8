"""Whether the first bytes of a file are what its ending promises."""

from __future__ import annotations

import puremagic
from django.utils.translation import gettext as _

from portal.shared.files.kinds import FileKind, FileKinds
from portal.shared.files.refusal import UploadRefused

#: Some programs write a few bytes before the signature of a PDF; every reader of PDFs allows that.
_PDF_WITHIN = 1024


def has_signature(kind: FileKind, data: bytes) -> bool:
    """Tell whether the content begins as this kind does."""
    if kind is FileKinds.PDF.value:
        return kind.signature in data[:_PDF_WITHIN]
    return data.startswith(kind.signature, kind.at)


def is_text(data: bytes) -> bool:
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


def wrong_content(name: str, kind: FileKind, data: bytes) -> UploadRefused:
    """Return the refusal of a file whose ending promises something else than it holds."""
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
