"""How the report on searchable documents is narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from knowledge.documents.enums import STATE_NAMES
from knowledge.documents.models import DocumentText
from knowledge.documents.rules import collections_looked_after

NOT_SEARCHABLE = "not-searchable"
PARTLY = "partly"


def _choices() -> list[tuple[str, str]]:
    return [
        (NOT_SEARCHABLE, _("Not searchable, for whatever reason")),
        (PARTLY, _("Searchable in part")),
        *((state.value, name) for state, name in STATE_NAMES.items()),
    ]


class DocumentTextFilters(WagtailFilterSet):
    """Searchability, collection, words of the title."""

    state = django_filters.ChoiceFilter(label=_("Searchability"), choices=_choices, method="_in_state")
    collection = django_filters.ModelChoiceFilter(
        label=_("Collection"),
        field_name="document__collection",
        queryset=lambda request: collections_looked_after(request.user),
    )
    title = django_filters.CharFilter(label=_("Title"), field_name="document__title", lookup_expr="icontains")

    class Meta:
        model = DocumentText
        fields = []

    def _in_state(self, texts: QuerySet, name: str, value: str) -> QuerySet:
        if value == NOT_SEARCHABLE:
            return texts.not_searchable()
        return texts.partly_searchable() if value == PARTLY else texts.filter(state=value)
