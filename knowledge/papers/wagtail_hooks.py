"""Where the papers meet the Wagtail admin: „Import a paper“ has its addresses and its place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.papers import views
from knowledge.papers.importing import may_import
from knowledge.papers.models import PaperIndexPage


class ImportMenuItem(MenuItem):
    """Shown to those who may make papers."""

    def is_shown(self, request):
        """Tell whether the person may add pages below the list of papers."""
        index = PaperIndexPage.objects.first()
        return index is not None and may_import(request.user, index)


@hooks.register("register_admin_urls")
def import_addresses():
    """The two steps of the import."""
    return [
        path("papiere/importieren/", views.choose_file, name="paper_import"),
        path("papiere/importieren/<int:pk>/", views.look_and_decide, name="paper_import_preview"),
    ]


@hooks.register("register_admin_menu_item")
def import_menu_item():
    """„Import a paper“ stands below the pages."""
    return ImportMenuItem(
        _("Import a paper"), reverse("paper_import"), name="import-paper", icon_name="upload", order=150
    )
