"""PDF files that may be shown in the browser: whole ones, and nothing that is something else as well."""

from __future__ import annotations

import io
from typing import BinaryIO

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from portal.shared.files.refusal import UploadRefused

_HEAD = b"%PDF-"
_END = b"%%EOF"
_END_WITHIN = 1024
#: Kinds of actions that run something (ISO 32000-2, table 201).
_PROGRAMS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
_DAMAGE = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError, PyPdfError)


def looks_like_pdf(file: BinaryIO) -> bool:
    """Tell by its first and last bytes whether a stored file is a PDF from its very beginning to its end."""
    file.seek(0)
    begins = file.read(len(_HEAD)) == _HEAD
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_WITHIN))
    ends = _END in file.read(_END_WITHIN)
    file.seek(0)
    return begins and ends


def check_pdf(name: str, data: bytes) -> None:
    """Refuse a PDF that is no PDF from its first byte on, cannot be opened, has no page or asks for a password."""
    if not looks_like_pdf(io.BytesIO(data)):
        raise _damaged(name)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else reader.get_num_pages()
        is_program = not locked and _runs_something(reader)
    except (DependencyError, *_DAMAGE) as error:
        raise _damaged(name) from error
    if locked:
        raise UploadRefused(
            _("“%(name)s” is protected by a password. Save it without one and choose it again.") % {"name": name},
            code="encrypted",
        )
    if not pages:
        raise _damaged(name)
    if is_program:
        raise UploadRefused(
            _(
                "“%(name)s” holds a program that would run when it is opened. "
                "Save it as PDF/A, which holds none, and choose it again."
            )
            % {"name": name},
            code="active",
        )


def _runs_something(reader: PdfReader) -> bool:
    """Tell whether the document itself starts scripts or programs; a browser's viewer should not be the only guard."""
    catalog = reader.root_object
    names = catalog.get("/Names")
    scripts = names is not None and "/JavaScript" in names.get_object()
    starts = [catalog.get("/OpenAction"), *_values(catalog.get("/AA"))]
    return scripts or any(_kind(action) in _PROGRAMS for action in starts)


def _values(entry) -> list:
    return list(entry.get_object().values()) if entry is not None else []


def _kind(action) -> str:
    found = action.get_object() if action is not None else None
    return str(found.get("/S", "")) if isinstance(found, DictionaryObject) else ""


def _damaged(name: str) -> UploadRefused:
    return UploadRefused(
        _("“%(name)s” is damaged and cannot be opened. Save it anew and choose it again.") % {"name": name},
        code="damaged",
    )
