"""An organisation as the standard and our profile write it; contact persons by their live consents alone."""

from collections.abc import Iterable

from django.utils import timezone

from knowledge.directory.enums import Approach, EntryState
from knowledge.directory.hsds import mandates, places
from knowledge.directory.hsds.attributes import Attributes
from knowledge.directory.hsds.identities import as_uri, known, part_id
from knowledge.directory.hsds.taxonomies import APPROACH, FIELD, KIND, LEGAL_FORM, TRANSPARENCY
from knowledge.directory.models import Organisation
from knowledge.directory.people.shown import ShownContact
from portal.accounts.adapter import own_address

#: Attribute of an organisation → fact under which it is told.
_FACTS = {
    "crosses_origins": "crosses-origins",
    "paid_staff": "paid-staff",
    "has_freelancers": "freelancers",
    "volunteers": "volunteers",
    "reachable": "reachable",
    "rooms": "rooms",
    "answers_within": "answers-within",
    "takes_requests": "takes-requests",
    "conditions": "conditions",
    "quality": "quality",
    "has_protection_concept": "protection-concept",
    "responsibility": "responsibility",
    "legal_basis": "legal-basis",
}


def minimal_organization(organisation: Organisation) -> dict:
    """Return when the entry changed, and of the rest only what the standard asks for; no query but the list's own."""
    return {
        "id": str(organisation.uid),
        "name": organisation.name,
        "description": organisation.summary,
        "modified_date": organisation.updated_at.isoformat(),
    }


def basic_organization(organisation: Organisation) -> dict:
    """Return what stands in the entry itself, without its parts."""
    umbrella = next(iter(organisation.umbrellas.all()), None)
    return known(
        id=str(organisation.uid),
        name=organisation.name,
        alternate_name=organisation.short_name,
        email=organisation.email,
        website=as_uri(organisation.website),
        year_incorporated=organisation.founded_year,
        legal_status=organisation.get_legal_form_display() if organisation.legal_form else "",
        uri=own_address(organisation.get_absolute_url()),
        parent_organization_id=str(umbrella.uid) if umbrella else "",
        own_language_name=organisation.own_language_name,
        summary=organisation.summary,
        is_dormant=organisation.state == EntryState.DORMANT,
        assured_date=_day(organisation.confirmed_at),
        last_modified=organisation.updated_at.isoformat(),
    ) | {"description": _description(organisation)}


def full_organization(organisation: Organisation, contacts: Iterable[ShownContact], services: list[dict]) -> dict:
    """Return the whole entry; `services` as its caller wants them."""
    return basic_organization(organisation) | known(
        phones=places.phones(organisation),
        locations=places.locations(
            organisation, spoken=organisation.own_languages, times=organisation.own_opening_times
        ),
        contacts=_contacts(organisation, contacts),
        programs=mandates.programs(organisation),
        funding=mandates.funding(organisation),
        organization_identifiers=mandates.identifiers(organisation),
        qualifications=mandates.qualifications(organisation),
        descriptions=[{"language": said.language, "text": said.text} for said in organisation.descriptions.all()],
        attributes=_attributes(organisation),
        services=services,
    )


def _description(organisation: Organisation) -> str:
    """Return who they are in German; the standard asks for a text, so the sentence stands in where there is none."""
    own_words = {said.language: said.text for said in organisation.descriptions.all()}
    return own_words.get("de") or next(iter(own_words.values()), "") or organisation.summary


def _contacts(organisation: Organisation, contacts: Iterable[ShownContact]) -> list[dict]:
    return [
        known(
            # Counted and not derived from the person, whose name must not live on in a name of a thing.
            id=part_id(organisation.uid, "contact", number),
            name=shown.name,
            title=shown.function,
            email=shown.email,
            phones=_numbers(organisation, number, shown.phone),
        )
        for number, shown in enumerate(contacts)
    ]


def _numbers(organisation: Organisation, number: int, phone: str) -> list[dict]:
    return [{"id": part_id(organisation.uid, "contact-phone", number), "number": phone}] if phone else []


def _attributes(organisation: Organisation) -> list[dict]:
    attributes = Attributes(organisation.uid, "organization", str(organisation.uid))
    attributes.add(KIND, organisation.kind, organisation.get_kind_display())
    if organisation.legal_form:
        attributes.add(LEGAL_FORM, organisation.legal_form, organisation.get_legal_form_display())
    for field in organisation.fields_of_action.all():
        attributes.add(FIELD, field.slug, field.name)
    names = dict(Approach.choices)
    for approach in organisation.approaches:
        attributes.add(APPROACH, approach, str(names.get(approach, approach)))
    for note in organisation.transparency_notes.all():
        attributes.add(TRANSPARENCY, note.item, note.get_item_display(), note.url)
    _add_facts(attributes, organisation)
    return attributes.found


def _add_facts(attributes: Attributes, organisation: Organisation) -> None:
    attributes.add_fact("ags", organisation.municipality.ags if organisation.municipality else "")
    for place in organisation.areas.all():
        attributes.add_fact("area", place.ags)
    for umbrella in organisation.umbrellas.all():
        attributes.add_fact("member-of", str(umbrella.uid))
    for name, fact in _FACTS.items():
        attributes.add_fact(fact, getattr(organisation, name))
    if organisation.shows_reach:
        attributes.add_fact("members", organisation.members_class)
        attributes.add_fact("reached", organisation.reached_class)


def _day(moment) -> str | None:
    return timezone.localtime(moment).date().isoformat() if moment else None
