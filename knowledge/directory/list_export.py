"""The list of organisations as a table to take away, narrowed as the page is; persons are not in it."""

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.directory.filters import OrganisationFilter
from knowledge.directory.models import Organisation, SpokenLanguage
from portal.accounts.adapter import own_address
from portal.shared.limits import allow
from portal.shared.tables import csv_response

#: From one address; whoever works with the list needs it once a day.
EXPORTS_PER_HOUR = 30
#: So many entries are read at once while the table is sent.
_AT_ONCE = 200


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Send the organisations that the filters leave, as far as the reader may read them."""
    if not allow(request, "directory_export", limit=EXPORTS_PER_HOUR, seconds=3_600):
        return TemplateResponse(request, "429.html", status=429)
    found = OrganisationFilter(request.GET, request.user).results()
    name = "-".join((_("directory"), timezone.localdate().isoformat()))
    return csv_response(name, header(), rows_for(found))


def header() -> list[str]:
    """Return the headings; our own import knows them again."""
    return [
        _("Name"), _("Short name"), _("Name in its own language"), _("Kind"), _("Legal form"), _("Year of foundation"),
        _("Municipality key (AGS)"), _("Street and number"), _("Postal code"), _("Place"), _("Website"),
        _("E-mail"), _("Telephone"), _("In one sentence"), _("Fields of action"), _("Languages"),
        _("Mandates and what stands behind them"), _("Takes requests"), _("Last confirmed on"),
        _("Profile in the directory"),
    ]  # fmt: skip


def rows_for(organisations: QuerySet[Organisation]) -> Iterator[list]:
    """Give a row for every organisation, a few read at a time; the caller has asked who may read them."""
    spoken = Prefetch("languages", SpokenLanguage.objects.filter(offer=None), to_attr="own_languages")
    found = organisations.select_related("municipality").prefetch_related("fields_of_action", "mandates", spoken)
    for one in found.iterator(chunk_size=_AT_ONCE):
        yield [
            one.name, one.short_name, one.own_language_name, one.get_kind_display(), one.get_legal_form_display(),
            one.founded_year, one.municipality.ags if one.municipality else "", one.street, one.postal_code, one.city,
            one.website, one.email, one.phone, one.summary,
            ", ".join(field.name for field in one.fields_of_action.all()),
            ", ".join(language.name for language in one.own_languages),
            "; ".join(f"{mandate} ({mandate.state.label})" for mandate in one.mandates.all()),
            one.takes_requests, timezone.localdate(one.confirmed_at) if one.confirmed_at else None,
            own_address(one.get_absolute_url()),
        ]  # fmt: skip
