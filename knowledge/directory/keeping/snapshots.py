"""The free parts of an entry as JSON, as versions keep them, compare them and bring them back; no persons in them."""

from collections.abc import Callable, Mapping

from knowledge.directory.coordinates import coordinates_text
from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.models import Offer, OpeningTime, Organisation, SpokenLanguage

Values = dict[str, object]
#: Part → values by the names of the fields.
Snapshot = dict[str, Values]

#: The columns of `Organisation` that each part holds.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    PartKey.IDENTITY: (
        "name", "short_name", "own_language_name", "founded_year", "street", "postal_code", "city", "website", "email",
        "phone",
    ),
    PartKey.DESCRIPTION: ("summary",),
    PartKey.FIELDS: ("approaches", "crosses_origins"),
    PartKey.RESPONSIBILITY: ("responsibility", "legal_basis", "funding_programme"),
    PartKey.QUALITY: ("quality", "has_protection_concept"),
    PartKey.CAPACITY: (
        "takes_requests", "conditions", "answers_within", "reachable", "rooms", "paid_staff", "has_freelancers",
        "volunteers", "shows_reach", "members_class", "reached_class",
    ),
}  # fmt: skip
#: The columns of `Offer` that a snapshot keeps.
OFFER_COLUMNS = (
    "name", "kind", "description", "target_group", "access_note", "minimum_age", "maximum_age", "cost", "amount",
    "cost_note", "place", "is_online", "accessibility", "accessibility_note", "registration", "waiting", "documents",
    "url", "is_active",
)  # fmt: skip


def _languages(rows) -> list[Values]:
    return [
        {"code": row.code, "with_interpreter": row.with_interpreter} for row in sorted(rows, key=lambda row: row.code)
    ]


def _times(rows) -> list[Values]:
    return [
        {"weekday": row.weekday, "opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}", "note": row.note}
        for row in sorted(rows, key=lambda row: (row.weekday, row.opens, row.closes))
    ]


def _descriptions(organisation: Organisation) -> list[Values]:
    rows = organisation.descriptions.order_by("language")
    return [{"language": row.language, "text": row.text} for row in rows]


def _notes(organisation: Organisation) -> list[Values]:
    rows = sorted(organisation.transparency_notes.all(), key=lambda row: int(row.item))
    return [{"item": row.item, "url": row.url, "as_of": row.as_of.isoformat() if row.as_of else None} for row in rows]


def offer_values(offer: Offer) -> Values:
    """Return an offer as a snapshot keeps it."""
    columns = {name: getattr(offer, name) for name in OFFER_COLUMNS}
    if columns["amount"] is not None:
        columns["amount"] = f"{columns['amount']:.2f}"
    access = sorted(offer.access.all(), key=lambda row: row.status)
    return {
        "uid": str(offer.uid),
        "pk": offer.pk,
        **columns,
        "fields_of_action": sorted(field.slug for field in offer.fields_of_action.all()),
        "languages": _languages(offer.languages.all()),
        "opening_times": _times(offer.opening_times.all()),
        "access": [{"status": row.status, "access": row.access, "note": row.note} for row in access],
    }


def _offers(organisation: Organisation) -> list[Values]:
    rows = organisation.offers.prefetch_related("fields_of_action", "languages", "opening_times", "access")
    return [offer_values(offer) for offer in rows.order_by("pk")]


#: Part → name → how the rows beside the organisation are read.
ROWS: Mapping[str, Mapping[str, Callable[[Organisation], list | str]]] = {
    PartKey.IDENTITY: {"coordinates": lambda one: coordinates_text(one.latitude, one.longitude)},
    PartKey.DESCRIPTION: {"descriptions": _descriptions},
    PartKey.FIELDS: {
        "fields_of_action": lambda one: sorted(one.fields_of_action.values_list("slug", flat=True)),
        "areas": lambda one: sorted(one.areas.values_list("ags", flat=True)),
        "umbrellas": lambda one: sorted(map(str, one.umbrellas.values_list("uid", flat=True))),
    },
    PartKey.LANGUAGES: {
        "languages": lambda one: _languages(SpokenLanguage.objects.filter(organisation=one, offer=None))
    },
    PartKey.OFFERS: {"offers": _offers},
    PartKey.CAPACITY: {"opening_times": lambda one: _times(OpeningTime.objects.filter(organisation=one, offer=None))},
    PartKey.TRANSPARENCY: {"transparency_notes": _notes},
}
FREE_PARTS = tuple(part for part in PartKey if part in COLUMNS or part in ROWS)


def part_values(organisation: Organisation, part: str) -> Values:
    """Return what a free part says now."""
    columns = {name: getattr(organisation, name) for name in COLUMNS.get(part, ())}
    return {**columns, **{name: read(organisation) for name, read in ROWS.get(part, {}).items()}}


def snapshot_of(organisation: Organisation) -> Snapshot:
    """Return all free parts as they are now."""
    return {str(part): part_values(organisation, part) for part in FREE_PARTS}
