"""Pictures at the upload door: what is kept is what one sees."""

import io

import pytest
from PIL import Image

from portal.shared.files import FileKinds, UploadRefused, check_upload
from tests.portal.shared import samples

KINDS = (FileKinds.JPEG, FileKinds.PNG, FileKinds.WEBP, FileKinds.GIF)
FORMATS = [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")]


def check(data, name):
    return check_upload(io.BytesIO(data), name, kinds=KINDS)


def refused(data, name):
    with pytest.raises(UploadRefused) as refusal:
        check(data, name)
    assert name in refusal.value.messages[0]
    assert "%(" not in refusal.value.messages[0]
    return refusal.value.code


@pytest.mark.parametrize(("kind", "ending"), FORMATS)
def test_nothing_but_the_visible_is_kept(kind, ending):
    given = samples.talkative(kind)
    assert samples.SECRET.encode() in given

    kept = check(given, f"foto.{ending}").data

    assert samples.SECRET.encode() not in kept
    assert b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == kind
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & set(image.info)


@pytest.mark.parametrize(("kind", "ending"), FORMATS[:3])
def test_a_picture_is_turned_as_its_camera_noted(kind, ending):
    with Image.open(io.BytesIO(check(samples.talkative(kind), f"foto.{ending}").data)) as image:
        assert image.size == (20, 40)
        assert image.convert("L").getpixel((19, 0)) > 100


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_is_known(orientation):
    data = samples.picture("PNG", exif=samples.exif(orientation))
    with Image.open(io.BytesIO(check(data, "foto.png").data)) as image:
        assert image.size == ((40, 20) if orientation < 5 else (20, 40))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_damaged_note_of_the_camera_damages_no_picture():
    data = samples.picture("JPEG", exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff")
    assert check(data, "foto.jpg").data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("kind", "ending", "mode"),
    [
        ("JPEG", "jpeg", "CMYK"),
        ("JPEG", "JPG", "L"),
        ("PNG", "PNG", "RGBA"),
        ("PNG", "png", "LA"),
        ("PNG", "png", "P"),
        ("PNG", "png", "1"),
        ("PNG", "png", "I;16"),
        ("WEBP", "webp", "RGBA"),
        ("GIF", "gif", "L"),
    ],
)
def test_pictures_of_every_usual_make_come_in(kind, ending, mode):
    output = io.BytesIO()
    with Image.new(mode, (4, 3)) as image:
        image.save(output, kind)
    with Image.open(io.BytesIO(check(output.getvalue(), f"bild.{ending}").data)) as image:
        assert (image.format, image.size) == (kind, (4, 3))
        assert ("A" in image.mode) == ("A" in mode)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_transparency_is_visible_and_stays(kind):
    data = samples.picture(kind, mode="P", transparency=0)
    with Image.open(io.BytesIO(check(data, f"bild.{kind.lower()}").data)) as image:
        assert image.info["transparency"] == 0


def test_a_drawing_without_losses_stays_so():
    data = samples.picture("WEBP", lossless=True)
    with Image.open(io.BytesIO(check(data, "bild.webp").data)) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        assert image.convert("RGB").getpixel((1, 0)) == (0, 0, 0)


def test_what_is_appended_to_a_picture_is_left_behind():
    assert b"script" not in check(samples.picture("PNG") + samples.HTML, "bild.png").data


def test_a_photograph_with_several_views_keeps_the_first():
    output = io.BytesIO()
    with Image.new("RGB", (8, 8)) as first, Image.new("RGB", (4, 4)) as second:
        first.save(output, "MPO", save_all=True, append_images=[second])
    with Image.open(io.BytesIO(check(output.getvalue(), "foto.jpg").data)) as image:
        assert (image.format, image.size) == ("JPEG", (8, 8))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (samples.SVG, "bild.svg", "kind"),
        (samples.SVG, "bild.png", "content"),
        (samples.HTML, "bild.gif", "content"),
        (samples.picture("JPEG"), "bild.png", "content"),
        (samples.picture("PNG")[:60], "bild.png", "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 100, "bild.jpg", "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\xff" * 20, "bild.webp", "damaged"),
        (b"GIF89a" + b"\xff" * 40, "bild.gif", "damaged"),
        (samples.moving("GIF"), "bild.gif", "moving"),
        (samples.moving("PNG"), "bild.png", "moving"),
        (samples.moving("WEBP"), "bild.webp", "moving"),
        (samples.png_that_claims(6000, 5001), "bild.png", "pixels"),
        (samples.png_that_claims(10_000, 10_000), "bild.png", "pixels"),
        (samples.png_that_claims(2**31 - 1, 2**31 - 1), "bild.png", "pixels"),
        (samples.png_that_claims(100, 0), "bild.png", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (11 * 1024 * 1024), "bild.png", "size"),
        (b"", "bild.png", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_harmless_picture_stays_outside(data, name, code):
    assert refused(data, name) == code


def test_a_huge_picture_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *args: pytest.fail("The picture was unpacked."))
    assert refused(samples.png_that_claims(6000, 5001), "bild.png") == "pixels"
