"""Where and when: locations with address, telephone, languages, opening hours and accessibility."""

import uuid
from collections.abc import Iterable

from knowledge.directory.enums import Accessibility
from knowledge.directory.hsds.identities import as_uri, known, part_id
from knowledge.directory.models import Offer, OpeningTime, Organisation, SpokenLanguage

COUNTRY = "DE"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def phones(organisation: Organisation) -> list[dict]:
    """Return the organisation's own number; those of persons stand with the persons."""
    if not organisation.phone:
        return []
    return [{"id": part_id(organisation.uid, "phone"), "number": organisation.phone, "type": "voice"}]


def languages(owner: uuid.UUID, spoken: Iterable[SpokenLanguage]) -> list[dict]:
    """Return languages by their BCP 47 tags."""
    return [
        known(
            id=part_id(owner, "language", language.code),
            name=language.name,
            code=language.code,
            note=INTERPRETED if language.with_interpreter else "",
        )
        for language in spoken
    ]


#: Stands as the note of a language that is spoken by way of an interpreter; the importer knows it again.
INTERPRETED = "interpreter"


def schedules(owner: uuid.UUID, times: Iterable[OpeningTime]) -> list[dict]:
    """Return weekly hours (RFC 5545) in German local time; its offset changes twice a year and is not written."""
    return [
        known(
            id=part_id(owner, "schedule", f"{time.weekday}-{time.opens:%H%M}-{time.closes:%H%M}"),
            freq="WEEKLY",
            byday=_DAYS[time.weekday - 1],
            opens_at=f"{time.opens:%H:%M}",
            closes_at=f"{time.closes:%H:%M}",
            description=str(time),
            notes=time.note,
        )
        for time in times
    ]


def locations(organisation: Organisation, *, spoken, times) -> list[dict]:
    """Return the seat; an organisation without an address has a virtual one for its languages and hours."""
    seat = _seat(organisation) | known(
        languages=languages(organisation.uid, spoken), schedules=schedules(organisation.uid, times)
    )
    return [seat] if len(seat) > len(("id", "location_type")) else []


def _seat(organisation: Organisation) -> dict:
    has_address = bool(organisation.street or organisation.city)
    coordinates = {}
    if organisation.latitude is not None and organisation.longitude is not None:
        coordinates = {"latitude": float(organisation.latitude), "longitude": float(organisation.longitude)}
    return known(
        id=part_id(organisation.uid, "location"),
        location_type="physical" if has_address or coordinates else "virtual",
        addresses=[_address(organisation)] if has_address else [],
        **coordinates,
    )


def _address(organisation: Organisation) -> dict:
    place = organisation.municipality
    return {
        "id": part_id(organisation.uid, "address"),
        "address_1": organisation.street,
        "city": organisation.city,
        "state_province": place.get_land_display() if place else "",
        "postal_code": organisation.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }


def offer_places(offer: Offer) -> list[dict]:
    """Return where an offer takes place: the place it names, else the seat; and online where it is that too."""
    seat = _seat(offer.organisation)
    if offer.place:
        seat = known(id=part_id(offer.uid, "location"), location_type="physical", description=offer.place)
    places = [seat | known(accessibility=_accessibility(offer))] if _is_real(seat) or offer.accessibility else []
    if offer.is_online:
        virtual = known(id=part_id(offer.uid, "location-online"), location_type="virtual", url=as_uri(offer.url))
        places.append(virtual)
    return [
        {"id": part_id(offer.uid, "service-at-location", number), "location": place}
        for number, place in enumerate(places)
    ]


def _is_real(seat: dict) -> bool:
    return seat["location_type"] == "physical"


def _accessibility(offer: Offer) -> list[dict]:
    names = dict(Accessibility.choices)
    said = [
        {"id": part_id(offer.uid, "accessibility", code), "description": str(names[code]), "details": code}
        for code in offer.accessibility
        if code in names
    ]
    if offer.accessibility_note:
        said.append({"id": part_id(offer.uid, "accessibility"), "description": offer.accessibility_note})
    return said
