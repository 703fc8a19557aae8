"""Where the texts of documents meet the Wagtail admin: a report with its addresses and its place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.documents.filters import NOT_SEARCHABLE
from knowledge.documents.rules import may_look_after_documents
from knowledge.documents.views import SearchableDocumentsView


class SearchableDocumentsMenuItem(MenuItem):
    """Shown to those who look after documents."""

    def is_shown(self, request):
        """Tell whether the person may change any document."""
        return may_look_after_documents(request.user)


@hooks.register("register_admin_urls")
def report_addresses():
    """The report, and the same list without the page around it for its filters."""
    return [
        path("dokumente-auffindbar/", SearchableDocumentsView.as_view(), name="searchable_documents"),
        path(
            "dokumente-auffindbar/ergebnisse/",
            SearchableDocumentsView.as_view(results_only=True),
            name="searchable_documents_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item():
    """The report stands with the others, and begins with what asks for somebody's hand."""
    return SearchableDocumentsMenuItem(
        _("Searchability of documents"),
        f"{reverse('searchable_documents')}?state={NOT_SEARCHABLE}",
        name="searchable-documents",
        icon_name="doc-full-inverse",
        order=850,
    )
