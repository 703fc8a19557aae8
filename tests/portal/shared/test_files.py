"""The upload door: what comes in, what stays outside, and what is said about it."""

import io
import zipfile

import pytest
from django.utils import translation

from portal.shared import files
from portal.shared.files import FileKinds, UploadRefused, check_upload, clean_name

ALL = tuple(FileKinds)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"


def check(data: bytes, name: str, **kwargs):
    return check_upload(io.BytesIO(data), name, kinds=kwargs.pop("kinds", ALL), **kwargs)


def container(members: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return output.getvalue()


def _named(value) -> str:
    """Files made anew for every run would give every process other names of its tests."""
    return "data" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("Papier.TXT", "Größe".encode(), FileKinds.TEXT),
        ("papier.txt", "Größe".encode("cp1252"), FileKinds.TEXT),
        ("papier.txt", "Größe".encode("utf-16"), FileKinds.TEXT),
        ("papier.txt", "Ein langer Satz".encode("utf-16-le"), FileKinds.TEXT),
        ("papier.md", b"# Titel", FileKinds.MARKDOWN),
        ("papier.pdf", b"%PDF-1.7\n...", FileKinds.PDF),
        ("papier.docx", container({"word/document.xml": b"<w/>"}), FileKinds.WORD),
        ("papier.odt", container({"content.xml": b"<o/>"}), FileKinds.OPENDOCUMENT),
    ],
    ids=_named,
)
def test_a_file_whose_content_fits_its_name_comes_in(name, data, kind):
    upload = check(data, name)

    assert (upload.kind, upload.data) == (kind.value, data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("programm.exe", b"MZ", "kind"),
        ("ohne-endung", b"Text", "kind"),
        ("papier.txt", b"", "empty"),
        ("papier.txt", b" \n ", "empty"),
        ("papier.txt", PNG, "content"),
        ("papier.md", b"\x7fELF\x02\x01\x01\0\0\0", "content"),
        ("papier.pdf", PNG, "content"),
        ("papier.docx", PNG, "content"),
        ("papier.odt", b"<html></html>", "content"),
        ("papier.docx", container({"xl/workbook.xml": b"<x/>"}), "content"),
        ("papier.odt", container({"word/document.xml": b"<w/>"}), "content"),
        ("papier.docx", container({"word/document.xml": b"<w/>" * 99})[:90], "damaged"),
        ("papier.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
    ],
    ids=_named,
)
def test_a_file_whose_content_does_not_fit_stays_outside(name, data, code):
    with pytest.raises(UploadRefused) as refused:
        check(data, name)

    assert refused.value.code == code
    assert "%(" not in refused.value.messages[0]


def test_a_renamed_picture_is_called_by_its_true_kind():
    with translation.override("en"), pytest.raises(UploadRefused, match="of the kind PNG"):
        check(PNG, "papier.pdf")


def test_the_size_is_counted_and_not_believed():
    with pytest.raises(UploadRefused) as refused:
        check(b"a" * 2049, "papier.txt", max_bytes=2048)

    assert refused.value.code == "size"


def test_a_zip_bomb_is_not_unpacked():
    bomb = container({"word/document.xml": b"\0" * (files.MAX_UNPACKED_BYTES + 1)})

    with pytest.raises(UploadRefused) as refused:
        check(bomb, "papier.docx")

    assert refused.value.code == "unpacked"


def test_a_container_that_swells_more_than_a_hundredfold_stays_outside():
    swelling = container({"word/document.xml": b"\0" * 20 * files.MEGABYTE})

    with pytest.raises(UploadRefused) as refused:
        check(swelling, "papier.docx")

    assert refused.value.code == "unpacked"


def test_a_container_with_too_many_members_stays_outside():
    crowd = container({f"{number}.xml": b"" for number in range(files.MAX_MEMBERS)} | {"content.xml": b"<o/>"})

    with pytest.raises(UploadRefused) as refused:
        check(crowd, "papier.odt")

    assert refused.value.code == "unpacked"


def test_a_container_with_an_encrypted_member_is_refused_as_such():
    data = bytearray(container({"word/document.xml": b"<w/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UploadRefused) as refused:
        check(bytes(data), "papier.docx")

    assert refused.value.code == "encrypted"


def test_only_the_kinds_that_were_asked_for_come_in():
    with pytest.raises(UploadRefused) as refused:
        check(b"# Titel", "papier.md", kinds=[FileKinds.PDF])

    assert refused.value.code == "kind"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\Users\Ich\Papier.docx", "Papier.docx"),
        ("Gru\u0308n.txt", "Grün.txt"),
        ("a\u202etxt.exe\0.txt", "atxt.exe.txt"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_file_name_is_reduced_to_what_can_be_shown(given, kept):
    assert clean_name(given) == kept


def test_the_checksum_knows_the_same_file_again():
    assert check(b"Text", "a.txt").sha256 == check(b"Text", "b.txt").sha256


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_container_whose_unpacking_cannot_be_stopped_half_way_is_not_even_begun(method, monkeypatch):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        archive.writestr("word/document.xml", bytes(1_000_000))
        archive.writestr("[Content_Types].xml", b"<Types/>")
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args, **kwargs: pytest.fail("A member was opened."))
    with pytest.raises(UploadRefused) as refused:
        check(output.getvalue(), "papier.docx")
    assert refused.value.code == "unpacked"
