"""The usual fees in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from network.cooperation.models import UsualFee


class UsualFeeViewSet(SnippetViewSet):
    """The table of usual fees; amounts are entered with their source and from when to when they hold."""

    model = UsualFee
    icon = "list-ul"
    menu_label = _("Usual fees")
    menu_name = "usual-fees"
    menu_order = 335
    add_to_admin_menu = True
    list_display = ["name", "amount_in_words", "municipality", "valid_from", "valid_to"]
    list_export = ["name", "amount", "unit", "municipality", "source", "valid_from", "valid_to"]
    export_filename = "uebliche-saetze"
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
        FieldPanel("municipality"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("source"),
        FieldPanel("note"),
    ]
