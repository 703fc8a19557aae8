"""Pictures are served by the portal itself, to those who may see them; nothing else under /media/ is."""

from mimetypes import guess_type

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.shared.models import PortalRendition
from portal.shared.visibility import Audience, labels_for


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a picture in one of its sizes; originals and documents have no address of their own here."""
    found = PortalRendition.objects.select_related("image").filter(file=path).first()
    if found is None or found.image.audience not in labels_for(request.user):
        raise Http404
    try:
        with found.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type=guess_type(path)[0] or "application/octet-stream")
    except FileNotFoundError as error:
        raise Http404 from error
    if found.image.audience == Audience.PUBLIC:
        patch_cache_control(response, public=True, max_age=86_400)
    return response
