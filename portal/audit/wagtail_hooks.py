"""Where the log meets the Wagtail admin: its address and its place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.audit.rules import may_read_log
from portal.audit.views import LogView


class LogMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request):
        """Tell whether the person may read the log."""
        return may_read_log(request.user)


@hooks.register("register_admin_urls")
def log_addresses():
    """The list, and the same list without the page around it for its filters."""
    return [
        path("protokoll/", LogView.as_view(), name="audit_log"),
        path("protokoll/ergebnisse/", LogView.as_view(results_only=True), name="audit_log_results"),
    ]


@hooks.register("register_admin_menu_item")
def log_menu_item():
    """The log stands near the end of the menu."""
    return LogMenuItem(_("Audit log"), reverse("audit_log"), name="audit-log", icon_name="history", order=950)
