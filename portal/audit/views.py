"""The log in the editing interface: read, narrowed, taken away as a table."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import permission_denied
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from portal.audit.actions import record
from portal.audit.exporting import header, in_order, rows
from portal.audit.filters import LogFilters
from portal.audit.models import AuditEntry
from portal.audit.presentation import lines
from portal.audit.rules import may_read_log
from portal.shared.tables import csv_response


class LogView(ReportView):
    """The entries, newest first, for administrators of the network."""

    model = AuditEntry
    page_title = gettext_lazy("Audit log")
    header_icon = "history"
    results_template_name = "audit/log_results.html"
    filterset_class = LogFilters
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    FORMATS = (ReportView.FORMAT_CSV,)

    def dispatch(self, request, *args, **kwargs):
        """Refuse with 403; Wagtail itself would lead back to its start page with status 302."""
        if not may_read_log(request.user):
            return permission_denied(request, PermissionDenied())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        """Show the list, or hand it out as a table by our own export door."""
        return self._export() if self.is_export else super().get(request, *args, **kwargs)

    def decorate_paginated_queryset(self, object_list):
        """Show entries as people read them."""
        return list(lines(object_list))

    @cached_property
    def header_more_buttons(self):
        """Offer the table; Wagtail's own export does not defuse formulas."""
        return [Button(_("Download CSV"), url=self.csv_export_url, icon_name="download", priority=100)]

    def _export(self):
        filters = {key: value for key, value in self.request.GET.items() if value and key not in {"export", "p"}}
        entries = self.get_filtered_queryset()
        record(action="audit.exported", by=self.request.user, about=None, after={"filters": filters})
        name = _("audit-log-%(day)s") % {"day": timezone.localdate().isoformat()}
        return csv_response(name, header(), rows(in_order(entries)))
