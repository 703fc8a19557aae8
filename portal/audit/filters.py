"""How the log is narrowed in the editing interface."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from portal.audit.models import AuditEntry
from portal.audit.presentation import kind_name
from portal.audit.registry import action_choices


def _kinds() -> list[tuple[str, str]]:
    """Offer the kinds that occur; a kind without entries would only lead to an empty list."""
    labels = AuditEntry.objects.exclude(object_kind="").order_by("object_kind").values_list("object_kind", flat=True)
    return sorted(((label, kind_name(label)) for label in labels.distinct()), key=lambda choice: choice[1].casefold())


class LogFilters(WagtailFilterSet):
    """Action, person, kind of object, days."""

    action = django_filters.ChoiceFilter(label=_("Action"), choices=action_choices)
    person = django_filters.CharFilter(label=_("Person (acted or was concerned)"), method="_concerning")
    object_kind = django_filters.ChoiceFilter(label=_("Kind of object"), choices=_kinds)
    at = django_filters.DateFromToRangeFilter(label=_("Days"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields = []

    def _concerning(self, entries, name, value):
        return entries.concerning(value)
