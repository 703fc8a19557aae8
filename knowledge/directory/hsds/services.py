"""An offer as the standard writes it."""

from django.utils import timezone

from knowledge.directory.enums import AccessKind
from knowledge.directory.hsds import mandates, places
from knowledge.directory.hsds.attributes import Attributes
from knowledge.directory.hsds.identities import as_uri, known, part_id
from knowledge.directory.hsds.organizations import basic_organization
from knowledge.directory.hsds.taxonomies import COST, FIELD, SERVICE, STATUS
from knowledge.directory.models import Offer

CURRENCY = "EUR"


def minimal_service(offer: Offer) -> dict:
    """Return when the offer changed, and of the rest only what the standard asks for; no query but the list's own."""
    return {
        "id": str(offer.uid),
        "name": offer.name,
        "status": _status(offer),
        "modified_date": offer.updated_at.isoformat(),
    }


def _status(offer: Offer) -> str:
    return "active" if offer.is_active else "inactive"


def basic_service(offer: Offer) -> dict:
    """Return what stands in the offer itself, without its parts."""
    organisation = offer.organisation
    return known(
        id=str(offer.uid),
        organization_id=str(organisation.uid),
        name=offer.name,
        description=offer.description,
        url=as_uri(offer.url),
        email=organisation.email,
        status=_status(offer),
        interpretation_services=", ".join(found.name for found in offer.languages.all() if found.with_interpreter),
        application_process=offer.registration,
        fees_description=": ".join(filter(None, (offer.get_cost_display(), offer.cost_note))),
        wait_time=offer.waiting,
        eligibility_description=_eligibility(offer),
        minimum_age=offer.minimum_age,
        maximum_age=offer.maximum_age,
        assured_date=_day(organisation.confirmed_at),
        last_modified=last_modified(offer).isoformat(),
    )


def full_service(offer: Offer, *, within_organization: bool = False) -> dict:
    """Return the whole offer, with its organisation unless it stands within it."""
    organisation = offer.organisation
    return basic_service(offer) | known(
        accreditations=mandates.accreditations(organisation),
        languages=places.languages(offer.uid, offer.languages.all()),
        schedules=places.schedules(offer.uid, offer.opening_times.all()),
        service_at_locations=places.offer_places(offer),
        service_areas=_areas(offer),
        cost_options=_costs(offer),
        required_documents=_documents(offer),
        attributes=_attributes(offer),
        organization={} if within_organization else basic_organization(organisation),
        target_group=offer.target_group,
        access_note=offer.access_note,
    )


def last_modified(offer: Offer):
    """Return when the offer or its organisation last changed."""
    return max(offer.updated_at, offer.organisation.updated_at)


def _eligibility(offer: Offer) -> str:
    """Return for whom the offer is and under which conditions, in sentences."""
    said = [offer.target_group, offer.access_note]
    for access in offer.access.all():
        said.append(f"{access}. {access.note}" if access.note else str(access))
    return "\n".join(filter(None, said))


def _areas(offer: Offer) -> list[dict]:
    return [
        {
            "id": part_id(offer.uid, "area", place.ags),
            "name": place.full_name,
            "extent": place.ags,
            "extent_type": "AGS",
        }
        for place in offer.organisation.areas.all()
    ]


def _costs(offer: Offer) -> list[dict]:
    amount = {"amount": float(offer.amount), "currency": CURRENCY} if offer.amount is not None else {}
    cost = known(option=offer.get_cost_display(), amount_description=offer.cost_note, **amount)
    return [{"id": part_id(offer.uid, "cost"), **cost}]


def _documents(offer: Offer) -> list[dict]:
    return [{"id": part_id(offer.uid, "document"), "document": offer.documents}] if offer.documents else []


def _attributes(offer: Offer) -> list[dict]:
    attributes = Attributes(offer.uid, "service", str(offer.uid))
    attributes.add(SERVICE, offer.kind, offer.get_kind_display())
    attributes.add(COST, offer.cost, offer.get_cost_display())
    for field in offer.fields_of_action.all():
        attributes.add(FIELD, field.slug, field.name)
    for access in offer.access.all():
        attributes.add(STATUS, access.status, access.get_status_display(), AccessKind(access.access).value)
    return attributes.found


def _day(moment) -> str | None:
    return timezone.localtime(moment).date().isoformat() if moment else None
