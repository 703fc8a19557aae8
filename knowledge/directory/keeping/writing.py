"""How the free parts are written, from a form or from an earlier version alike; rows go and come singly, so that the
search hears of each."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from knowledge.directory.coordinates import read_coordinates
from knowledge.directory.keeping.parts import PartKey
from knowledge.directory.keeping.snapshots import COLUMNS, OFFER_COLUMNS, Values
from knowledge.directory.models import (
    Offer,
    OfferAccess,
    OpeningTime,
    Organisation,
    SelfDescription,
    SpokenLanguage,
    TransparencyNote,
)
from knowledge.directory.networks.letters import tell_of_member
from knowledge.topics.models import FieldOfAction
from portal.places.models import Municipality

Rows = Iterable[Mapping]


def write_columns(organisation: Organisation, values: Mapping[str, object]) -> None:
    """Write columns of the organisation and nothing else, so that no other part is overwritten unseen."""
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(values))


def write_coordinates(organisation: Organisation, text: str) -> None:
    """Keep where on the map the organisation is; nowhere where nothing was said."""
    latitude, longitude = read_coordinates(text) or (None, None)
    write_columns(organisation, {"latitude": latitude, "longitude": longitude})


def write_descriptions(organisation: Organisation, rows: Rows) -> None:
    """Keep one self-description per language; the German one first, then as they come."""
    wanted = {row["language"]: row["text"] for row in rows if row["text"]}
    for known in organisation.descriptions.all():
        text = wanted.pop(known.language, None)
        if text is None:
            known.delete()
        elif text != known.text:
            known.text = text
            known.save(update_fields=["text"])
    for language, text in wanted.items():
        SelfDescription.objects.create(organisation=organisation, language=language, text=text)


def write_languages(organisation: Organisation, rows: Rows, offer: Offer | None = None) -> None:
    """Keep the languages of an organisation, or of one of its offers."""
    wanted = {row["code"]: bool(row["with_interpreter"]) for row in rows}
    for known in SpokenLanguage.objects.filter(organisation=organisation, offer=offer):
        by_interpreter = wanted.pop(known.code, None)
        if by_interpreter is None:
            known.delete()
        elif by_interpreter != known.with_interpreter:
            known.with_interpreter = by_interpreter
            known.save(update_fields=["with_interpreter"])
    for code, by_interpreter in wanted.items():
        SpokenLanguage.objects.create(
            organisation=organisation, offer=offer, code=code, with_interpreter=by_interpreter
        )


def write_times(organisation: Organisation, rows: Rows, offer: Offer | None = None) -> None:
    """Keep the opening times of an organisation, or of one of its offers."""
    for known in OpeningTime.objects.filter(organisation=organisation, offer=offer):
        known.delete()
    for row in rows:
        opens, closes = (datetime.time.fromisoformat(row[name]) for name in ("opens", "closes"))
        OpeningTime.objects.create(
            organisation=organisation,
            offer=offer,
            weekday=row["weekday"],
            opens=opens,
            closes=closes,
            note=row["note"],
        )


def write_access(offer: Offer, rows: Rows) -> None:
    """Keep for whom an offer is open, by residence status."""
    offer.access.all().delete()
    for row in rows:
        OfferAccess.objects.create(offer=offer, **row)


def write_notes(organisation: Organisation, rows: Rows) -> None:
    """Keep where the points of transparency are published."""
    organisation.transparency_notes.all().delete()
    for row in rows:
        as_of = datetime.date.fromisoformat(row["as_of"]) if row["as_of"] else None
        TransparencyNote.objects.create(organisation=organisation, item=row["item"], url=row["url"], as_of=as_of)


def write_offer(organisation: Organisation, values: Values) -> Offer:
    """Write an offer as a snapshot keeps it; one that was removed comes back under its old address."""
    offer = organisation.offers.filter(uid=values["uid"]).first()
    if offer is None:
        # Its anchor is made from its key, which somebody may have noted.
        is_free = not Offer.objects.filter(pk=values["pk"]).exists()
        offer = Offer(pk=values["pk"] if is_free else None, organisation=organisation, uid=uuid.UUID(values["uid"]))
    for name in OFFER_COLUMNS:
        setattr(offer, name, values[name])
    offer.amount = Decimal(values["amount"]) if values["amount"] is not None else None
    offer.save()
    write_offer_rows(offer, values)
    return offer


def write_offer_rows(offer: Offer, values: Mapping) -> None:
    """Write what belongs to an offer, then say that the offer has changed."""
    organisation = offer.organisation
    offer.fields_of_action.set(FieldOfAction.objects.filter(slug__in=values["fields_of_action"]))
    write_languages(organisation, values["languages"], offer)
    write_times(organisation, values["opening_times"], offer)
    write_access(offer, values["access"])
    offer.save(update_fields=["updated_at"])


def write_offers(organisation: Organisation, rows: Rows) -> None:
    """Write all offers; what is not among them goes."""
    rows = list(rows)
    for offer in organisation.offers.exclude(uid__in=[row["uid"] for row in rows]):
        offer.delete()
    for row in rows:
        write_offer(organisation, row)


def _write_fields(organisation: Organisation, slugs: list[str]) -> None:
    organisation.fields_of_action.set(FieldOfAction.objects.filter(slug__in=slugs))


def _write_areas(organisation: Organisation, keys: list[str]) -> None:
    organisation.areas.set(Municipality.objects.filter(ags__in=keys))


def write_umbrellas(organisation: Organisation, keys: list[str]) -> None:
    """Keep of which networks the organisation is a member; those that it names anew are told, and may object."""
    before = set(organisation.umbrellas.values_list("pk", flat=True))
    named = list(Organisation.objects.filter(uid__in=keys).exclude(pk=organisation.pk))
    organisation.umbrellas.set(named)
    for umbrella in (one for one in named if one.is_shown and one.pk not in before):
        tell_of_member(umbrella=umbrella, member=organisation)


#: Part → name → how the rows beside the organisation are written; the counterpart of `snapshots.ROWS`.
WRITERS: Mapping[str, Mapping[str, Callable[[Organisation, Any], object]]] = {
    PartKey.IDENTITY: {"coordinates": write_coordinates},
    PartKey.DESCRIPTION: {"descriptions": write_descriptions},
    PartKey.FIELDS: {"fields_of_action": _write_fields, "areas": _write_areas, "umbrellas": write_umbrellas},
    PartKey.LANGUAGES: {"languages": write_languages},
    PartKey.OFFERS: {"offers": write_offers},
    PartKey.CAPACITY: {"opening_times": write_times},
    PartKey.TRANSPARENCY: {"transparency_notes": write_notes},
}


def write_part(organisation: Organisation, part: str, values: Mapping) -> None:
    """Write a free part as a snapshot keeps it; what an older snapshot did not know stays as it is."""
    columns = {name: values[name] for name in COLUMNS.get(part, ()) if name in values}
    if columns:
        write_columns(organisation, columns)
    for name, write in WRITERS.get(part, {}).items():
        if name in values:
            write(organisation, values[name])
