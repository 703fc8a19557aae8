"""How the bytes of a stored file leave the house: with which headers, and by whom, the portal or the web server."""

from collections.abc import Callable
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

#: For what is saved or is a picture: were it ever opened as a page, it could do nothing.
SEALED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
#: For what the browser's own viewer of PDFs shows; older ones do not work in a sandbox.
VIEWED = SEALED.removesuffix("; sandbox")


def delivered(
    file: FieldFile,
    *,
    content_type: str,
    public_for: int | None,
    save_as: str = "",
    shown_if: Callable[[BinaryIO], bool] | None = None,
) -> HttpResponse:
    """Answer with the file; whether the person may have it was decided before.

    `public_for` are the seconds for which any cache may keep it. A file with a name to save it as is never shown in
    the browser, unless `shown_if` says so after a look at its content. There is neither an ETag nor a part of a file,
    so there is nothing to be asked about a file besides the whole; nginx adds both where it does the delivery.
    """
    try:
        with file.open("rb") as content:
            shown = shown_if is not None and shown_if(content)
            body = b"" if settings.ACCEL_PREFIX else content.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(body, content_type=content_type)
    if settings.ACCEL_PREFIX:
        response["X-Accel-Redirect"] = settings.ACCEL_PREFIX + quote(file.name)
    if save_as:
        response["Content-Disposition"] = content_disposition_header(not shown, save_as)
    response["Content-Security-Policy"] = VIEWED if shown else SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store" if public_for is None else f"public, max-age={public_for}"
    return response
