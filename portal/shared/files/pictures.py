"""Pictures drawn anew: what is kept is what one sees; place, camera, comments and hidden parts are not."""

from __future__ import annotations

import io
import struct
import zlib

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from portal.shared.files.kinds import FileKind
from portal.shared.files.refusal import UploadRefused

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: The kinds of pixels that a format keeps; others are turned into the last one.
_MODES = {
    "JPEG": ("L", "RGB"),
    "PNG": ("1", "L", "LA", "P", "I;16", "RGB", "RGBA"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("1", "L", "P"),
}
#: What the decoders raise at damaged or hostile content; they promise nothing more exact.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def drawn_anew(name: str, kind: FileKind, data: bytes) -> bytes:
    """Return the picture in the same format, upright, without metadata; refuse too large, moving and damaged ones."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind.picture]) as picture:
            _refuse_too_many_pixels(name, picture.width * picture.height)
            _refuse_moving(name, picture)
            return _encoded(_bare(_upright(picture), kind), kind, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except _DAMAGE as error:
        raise UploadRefused(
            _("The picture “%(name)s” is damaged and cannot be opened. Save it anew and choose it again.")
            % {"name": name},
            code="damaged",
        ) from error


def _too_many_pixels(name: str) -> UploadRefused:
    return UploadRefused(
        _("The picture “%(name)s” has more than %(limit)s million pixels. Save it smaller and choose it again.")
        % {"name": name, "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
        code="pixels",
    )


def _refuse_too_many_pixels(name: str, pixels: int) -> None:
    """Look at the size before anything is unpacked: a picture of a few kilobytes can fill the memory."""
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels(name)


def _refuse_moving(name: str, picture: Image.Image) -> None:
    """Refuse moving pictures rather than keep their first frame unasked; they also disturb readers (WCAG 2.2.2).

    A photograph with several views in one file (MPO) does not move; its first view is the picture.
    """
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise UploadRefused(
            _("The picture “%(name)s” moves. Choose a picture that stands still, for example a single frame of it.")
            % {"name": name},
            code="moving",
        )


def _upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its camera noted, since the note is about to be lost."""
    picture.load()
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except _DAMAGE:
        # A damaged note about the camera damages no picture.
        turn = None
    return picture.copy() if turn is None else picture.transpose(turn)


def _bare(picture: Image.Image, kind: FileKind) -> Image.Image:
    """Take away whatever the encoder would write besides the pixels: profiles, comments, extra data."""
    modes = _MODES[kind.picture]
    if picture.mode not in modes:
        has_alpha = "A" in picture.mode or "transparency" in picture.info
        picture = picture.convert("RGB" if kind.picture == "WEBP" and not has_alpha else modes[-1])
    kept = ("transparency",) if picture.mode in ("1", "L", "P", "RGB") else ()
    picture.info = {key: picture.info[key] for key in kept if key in picture.info}
    return picture


def _encoded(picture: Image.Image, kind: FileKind, original: bytes) -> bytes:
    options: dict[str, dict] = {
        "JPEG": {"quality": 85, "progressive": True, "optimize": True},
        "PNG": {"compress_level": 4},
        # Drawings without losses stay so; the mark stands in the first chunk or right after the extended header.
        "WEBP": {"method": 2, **({"lossless": True} if b"VP8L" in original[:64] else {"quality": 85})},
    }
    output = io.BytesIO()
    picture.save(output, kind.picture, **options.get(kind.picture, {}))
    return output.getvalue()
