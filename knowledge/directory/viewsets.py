"""Organisations in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.directory.models import Organisation


class OrganisationViewSet(SnippetViewSet):
    """The organisations."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_name = "organisations"
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "municipality"]
    list_per_page = 50
    list_export = ["name", "municipality"]
    export_filename = "organisationen"
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("municipality", permission="superuser")]
