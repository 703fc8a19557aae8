"""Pictures and documents are served by the portal itself, to those who may see them; nothing else under /media/ is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served

from portal.shared.delivery import delivered
from portal.shared.files import FileKinds, kind_of, looks_like_pdf
from portal.shared.models import PortalDocument, PortalRendition
from portal.shared.visibility import Audience, labels_for

#: A picture's address changes with its content, a document's does not.
PICTURE_SECONDS = 86_400
DOCUMENT_SECONDS = 300


@require_safe
def rendition(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a picture in one of its sizes; originals and documents have no address of their own here."""
    # PostgreSQL knows no text with a zero in it.
    pictures = PortalRendition.objects.none() if "\0" in path else PortalRendition.objects.select_related("image")
    found = pictures.filter(file=path, image__audience__in=labels_for(request.user)).first()
    kind = kind_of(path)
    if found is None or kind is None or not kind.picture:
        raise Http404
    public_for = PICTURE_SECONDS if found.image.audience == Audience.PUBLIC else None
    return delivered(found.file, content_type=kind.mime, public_for=public_for)


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponse:
    """Serve a document under its own name; the number says which one is meant, whatever name the address gives.

    Takes the place of Wagtail's view, whose ETag and redirects told outsiders more than that there is nothing.
    """
    found = PortalDocument.objects.visible_to(request.user).filter(pk=int(document_id)).first()
    if found is None:
        raise Http404
    kind = kind_of(found.file.name)
    response = delivered(
        found.file,
        content_type=kind.mime if kind else "application/octet-stream",
        public_for=DOCUMENT_SECONDS if found.audience == Audience.PUBLIC else None,
        save_as=found.filename,
        shown_if=looks_like_pdf if kind is FileKinds.PDF.value else None,
    )
    document_served.send(sender=PortalDocument, instance=found, request=request)
    return response
