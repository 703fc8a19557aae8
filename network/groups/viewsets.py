"""Working groups in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from network.groups.models import WorkingGroup


class WorkingGroupViewSet(SnippetViewSet):
    """The working groups; their members are given roles under /personen/."""

    model = WorkingGroup
    icon = "group"
    menu_label = _("Working groups")
    menu_name = "working-groups"
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["name", "purpose"]
    list_export = ["name", "purpose"]
    export_filename = "arbeitsgruppen"
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("purpose")]
