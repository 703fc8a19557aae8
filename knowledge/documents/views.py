"""Which documents are found by their words and which are not, for those who look after them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy
from django.views.defaults import permission_denied
from wagtail.admin.views.reports import ReportView

from knowledge.documents.filters import DocumentTextFilters
from knowledge.documents.models import DocumentText
from knowledge.documents.rules import may_look_after_documents


class SearchableDocumentsView(ReportView):
    """The documents that a person may change, with what is known of their text."""

    model = DocumentText
    page_title = gettext_lazy("Searchability of documents")
    header_icon = "doc-full-inverse"
    results_template_name = "documents/report_results.html"
    filterset_class = DocumentTextFilters
    index_url_name = "searchable_documents"
    index_results_url_name = "searchable_documents_results"
    FORMATS = ()

    def dispatch(self, request, *args, **kwargs):
        """Refuse with 403; Wagtail itself would lead back to its start page with status 302."""
        if not may_look_after_documents(request.user):
            return permission_denied(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Keep to the person's own documents; the text itself stays in the database."""
        texts = DocumentText.objects.light().select_related("document__collection")
        return texts.looked_after_by(self.request.user).order_by("document__title", "pk")
