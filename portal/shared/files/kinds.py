"""The kinds of files that the portal knows: their endings, their signatures, and as what they are served."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from django.utils.translation import gettext_lazy

_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that some room accepts."""

    extension: str
    label: str
    #: What the browser is told; never guessed from the content or by the system.
    mime: str
    #: What the first bytes hold; text has no signature.
    signature: bytes = b""
    #: Where the signature stands.
    at: int = 0
    #: A member that tells this container from others.
    member: str = ""
    #: The name of the decoder that draws a picture anew.
    picture: str = ""
    #: Other endings of the same kind.
    also: tuple[str, ...] = ()

    @property
    def extensions(self) -> tuple[str, ...]:
        """Every ending of this kind, the usual one first."""
        return (self.extension, *self.also)


class FileKinds(Enum):
    """The kinds that the portal knows how to check."""

    TEXT = FileKind(".txt", gettext_lazy("plain text"), "text/plain")
    MARKDOWN = FileKind(".md", gettext_lazy("Markdown"), "text/markdown")
    CSV = FileKind(".csv", gettext_lazy("table as text"), "text/csv")
    JSON = FileKind(".json", "JSON", "application/json")
    WORD = FileKind(
        ".docx",
        gettext_lazy("Word document"),
        f"{_OFFICE}wordprocessingml.document",
        _ZIP,
        member="word/document.xml",
    )
    EXCEL = FileKind(
        ".xlsx", gettext_lazy("Excel table"), f"{_OFFICE}spreadsheetml.sheet", _ZIP, member="xl/workbook.xml"
    )
    OPENDOCUMENT = FileKind(
        ".odt",
        gettext_lazy("OpenDocument text"),
        "application/vnd.oasis.opendocument.text",
        _ZIP,
        member="content.xml",
    )
    PDF = FileKind(".pdf", "PDF", "application/pdf", b"%PDF-")
    JPEG = FileKind(".jpg", "JPEG", "image/jpeg", b"\xff\xd8\xff", picture="JPEG", also=(".jpeg",))
    PNG = FileKind(".png", "PNG", "image/png", b"\x89PNG\r\n\x1a\n", picture="PNG")
    WEBP = FileKind(".webp", "WebP", "image/webp", b"WEBP", at=8, picture="WEBP")
    GIF = FileKind(".gif", "GIF", "image/gif", b"GIF8", picture="GIF")


_BY_EXTENSION = {extension: kind.value for kind in FileKinds for extension in kind.value.extensions}


def kind_of(name: str) -> FileKind | None:
    """Return the kind that the ending of `name` stands for."""
    return _BY_EXTENSION.get(PurePath(name).suffix.lower())
