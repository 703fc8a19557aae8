"""The readers' messages in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.home.models import ReaderMessage


class ReaderMessageViewSet(SnippetViewSet):
    """Messages to be answered; editors mark them as answered, the text itself stays as it was sent."""

    model = ReaderMessage
    icon = "mail"
    menu_label = _("Messages from readers")
    menu_order = 290
    add_to_admin_menu = True
    list_display = ["__str__", "received_at", BooleanColumn("is_done", label=_("answered"))]
    list_filter = ["kind", "is_done"]
    list_export = ["kind", "text", "name", "email", "page_url", "received_at", "is_done"]
    panels = [
        FieldPanel("kind", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("name", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("page_url", read_only=True),
        FieldPanel("is_done"),
    ]
