"""Municipalities in the Wagtail admin, with their departments."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.places.models import Municipality


class MunicipalityViewSet(SnippetViewSet):
    """The municipalities; departments are edited beside theirs."""

    model = Municipality
    icon = "home"
    menu_label = _("Municipalities")
    menu_name = "municipalities"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["full_name", "ags", "kind", "land", "population", "area_as_of"]
    list_filter = ["kind", "land"]
    list_per_page = 50
    list_export = ["ags", "name", "designation", "kind", "land", "population", "area_as_of", "successor"]
    export_filename = "kommunen"
    ordering = ["sorted_as", "ags"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("designation"), FieldPanel("ags"), FieldPanel("kind")],
            heading=_("Municipality"),
        ),
        FieldRowPanel([FieldPanel("population"), FieldPanel("area_as_of")]),
        FieldPanel("successor"),
        InlinePanel("departments", heading=_("Departments"), panels=[FieldPanel("name"), FieldPanel("email")]),
    ]
