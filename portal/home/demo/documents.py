"""Loads the demo's file for download, so that a visitor sees a hit that leads to a page of it."""

from django.core.files.base import ContentFile
from wagtail.models import ModelLogEntry

from portal.home.demo.leaflet import leaflet
from portal.home.demo.ledger import MARK, Ledger
from portal.home.demo.texts import FOLDER
from portal.shared.models import PortalDocument

#: Key → title.
TITLES = {"checkliste-erstgespraech": "Checkliste für das Erstgespräch"}


def load_documents(ledger: Ledger) -> dict[str, int]:
    """Bring in the files; return the number of each that is there, by its key."""
    found = {}
    for key, title in TITLES.items():
        mark = f"document:{key}"
        document = ledger.bring_in(mark, title, _existing(mark), lambda key=key, title=title: _make(key, title))
        if document is not None:
            found[key] = document.pk
    return found


def _existing(mark: str) -> PortalDocument | None:
    """Find it by Wagtail's log, since editors may have renamed it and put another file in its place."""
    entry = ModelLogEntry.objects.filter(**{f"data__{MARK}": mark}).first()
    return PortalDocument.objects.filter(pk=entry.object_id).first() if entry else None


def _make(key: str, title: str) -> PortalDocument:
    text = (FOLDER / "documents" / f"{key}.md").read_text(encoding="utf-8")
    with ContentFile(leaflet(title, text), name=f"{key}.pdf") as file:
        return PortalDocument.objects.create(title=title, file=file)
