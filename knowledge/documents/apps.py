"""The app of the documents' texts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Texts of files for download."""

    name = "knowledge.documents"
    label = "documents"
    verbose_name = _("Texts of documents")

    def ready(self):
        """Listen to documents, and hand them to the search."""
        from knowledge.documents import indexing, listeners

        listeners.watch()
        indexing.register()
