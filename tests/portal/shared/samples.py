"""Files for the tests of the upload door, harmless and hostile ones, made on the spot."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

#: Words that must be gone after the door, wherever a picture can hide them.
SECRET = "Geheimer-Ort-51.2277"
#: The test file of the anti-virus industry, in two parts, so that no scanner takes this module for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def picture(kind="PNG", *, size=(40, 20), mode="RGB", **options) -> bytes:
    output = io.BytesIO()
    with Image.new(mode, size) as image:
        image.putpixel((0, 0), 255 if mode in ("L", "P") else (255,) * len(image.getbands()))
        image.save(output, kind, **options)
    return output.getvalue()


def exif(orientation=6) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010E] = SECRET
    notes[0x8825] = {1: "N", 2: (51.0, 13.0, 40.0), 3: "E", 4: (6.0, 46.0, 24.0)}
    return notes.tobytes()


def talkative(kind: str) -> bytes:
    """A picture lying on its side that tells SECRET in every way its format knows."""
    said = SECRET.encode()
    if kind == "GIF":
        return picture("GIF", mode="P", comment=said)
    options = {"exif": exif(), "icc_profile": b"profile " + said}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET)
        notes.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
        options["pnginfo"] = notes
    else:
        options["xmp"] = b"<x>" + said + b"</x>"
    if kind == "JPEG":
        options["comment"] = said
    return picture(kind, **options) + said


def moving(kind: str) -> bytes:
    output = io.BytesIO()
    with Image.new("RGB", (8, 8), "white") as first, Image.new("RGB", (8, 8), "black") as second:
        first.save(output, kind, save_all=True, append_images=[second], duration=100)
    return output.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    header = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def pdf(*, pages=1, password="") -> bytes:
    writer, output = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(output)
    return output.getvalue()


def container(members: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return output.getvalue()
