"""The archive of a person's own data: data.json, the files, and a text that explains both.

Nothing in it depends on when or where it is made but the time written into it, so the same data make the same bytes.
"""

import html
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, OwnFile, data_kinds

FORMAT = 1
#: Unit: bytes. A person's uploads are small; whoever has more gets a list of what was left out.
MAX_BYTES_OF_FILES = 250 * 1024 * 1024
_PIECE = 64 * 1024
#: The earliest time that the format knows.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_OWNER_ALONE = 0o600 << 16


@dataclass
class Contents:
    """What became of the files."""

    files: list[str] = field(default_factory=list)
    #: Pairs of name and reason, `too_large` or `missing`.
    left_out: list[dict] = field(default_factory=list)
    size_bytes: int = 0


def write_archive(person: User, *, at: datetime, stream: IO[bytes]) -> Contents:
    """Write everything that the portal hands out about a person into a stream, as a ZIP file."""
    contents = Contents()
    kinds = data_kinds()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in kinds:
            for file in kind.files(person):
                _add_file(archive, file, contents)
        with _member(archive, "data.json") as member:
            _write_data(person, kinds, contents, at, member)
        with _member(archive, "README.txt") as member:
            text = {"kinds": kinds, "portal": settings.PORTAL_NAME, "at": at, "left_out": contents.left_out}
            # Plain text knows no markup, so what the template escaped is written out.
            member.write(html.unescape(render_to_string("account/own_data/readme.txt", text)).encode())
    return contents


def _write_data(person: User, kinds: tuple[DataKind, ...], contents: Contents, at: datetime, member: IO[bytes]) -> None:
    data = {
        "format": FORMAT,
        "portal": settings.WAGTAILADMIN_BASE_URL,
        "person": person.pk,
        "made_at": at,
        "sections": {kind.code: list(kind.records(person)) for kind in kinds},
        "files": contents.files,
        "files_left_out": contents.left_out,
    }
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=2)
    with io.TextIOWrapper(member, encoding="utf-8", newline="\n") as text:
        text.writelines(encoder.iterencode(data))
        text.write("\n")


def _add_file(archive: zipfile.ZipFile, file: OwnFile, contents: Contents) -> None:
    name = f"files/{file.name}"
    try:
        size_bytes = file.content.size
        if contents.size_bytes + size_bytes > MAX_BYTES_OF_FILES:
            contents.left_out.append({"name": name, "reason": "too_large"})
            return
        source = file.content.storage.open(file.content.name, "rb")
    except OSError:
        # The row outlived its file; that is told, and the rest is handed out all the same.
        contents.left_out.append({"name": name, "reason": "missing"})
        return
    with source, _member(archive, name) as member:
        while piece := source.read(_PIECE):
            member.write(piece)
    contents.size_bytes += size_bytes
    contents.files.append(name)


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = zipfile.ZipInfo(name, date_time=_NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _OWNER_ALONE
    with archive.open(info, "w", force_zip64=True) as member:
        yield member
