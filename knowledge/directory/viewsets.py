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
    list_display = ["name", "kind", "state", "municipality"]
    list_filter = ["kind", "state"]
    list_per_page = 50
    list_export = ["name", "kind", "state", "municipality"]
    export_filename = "organisationen"
    #: What the organisation itself does not change; the rest is kept by its people, and by editors in the same place.
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("audience"),
        FieldPanel("latitude"),
        FieldPanel("longitude"),
        FieldPanel("topics"),
        FieldPanel("umbrellas"),
        FieldPanel("municipality", permission="superuser"),
    ]
