"""What the search may know of documents: one record a file, one passage a page, rows of a sheet or a chapter."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from knowledge.documents.models import DocumentText
from knowledge.documents.reading.outcome import Part
from portal.shared.files import FileKinds, kind_of
from portal.shared.links import document_address
from portal.shared.models import PortalDocument
from portal.shared.pages import visible_page_ids
from search import door


def record_of(document: PortalDocument) -> door.SearchRecord:
    """Return the record of a document; a file that is not read yet, or cannot be, is found by its title."""
    text: DocumentText | None = getattr(document, "extracted_text", None)
    return door.SearchRecord(
        kind="document",
        id=str(document.pk),
        url=document_address(document),
        title=document.title,
        caption=_caption(document, text),
        sections=tuple(_passages(document, text)) if text else (),
        date=timezone.localdate(document.created_at),
        language=(text.language if text else "") or "de",
        audience=document.audience,
    )


def _caption(document: PortalDocument, text: DocumentText | None) -> str:
    """Say what a click opens, as a list of documents should."""
    kind = kind_of(document.file.name)
    label = capfirst(str(kind.label)) if kind else ""
    if not text or not text.page_count:
        return label
    pages = ngettext("%(kind)s, %(count)d page", "%(kind)s, %(count)d pages", text.page_count)
    return pages % {"kind": label, "count": text.page_count}


def _passages(document: PortalDocument, text: DocumentText) -> Iterator[door.Section]:
    kind = kind_of(document.file.name)
    begun: set[str] = set()
    for part in text.passages():
        if kind is FileKinds.PDF.value:
            # Browsers open a PDF at the page that the address names.
            heading, anchor = gettext("Page %(number)d") % {"number": part.number}, f"page={part.number}"
        else:
            heading, anchor = _place(part, is_first=part.name not in begun), ""
        begun.add(part.name)
        yield door.Section(heading=heading, anchor=anchor, text=part.text)


def _place(part: Part, *, is_first: bool) -> str:
    """Name a chapter by its heading, a stretch of a sheet by the sheet and where it begins there."""
    if is_first or not part.number:
        return part.name
    return gettext("%(sheet)s, from row %(row)d") % {"sheet": part.name, "row": part.number}


def register() -> None:
    """Announce the room at the search's door."""
    door.register(
        PortalDocument,
        kind="document",
        label=_("Document"),
        project=record_of,
        queryset=lambda: PortalDocument.objects.select_related("extracted_text").order_by("pk"),
        visible_to=visible_page_ids(PortalDocument),
        depends_on=(door.Dependency(DocumentText, lambda text: [text.document_id]),),
    )
