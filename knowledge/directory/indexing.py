"""What the search may know of organisations and of what they offer; of the persons in an entry it knows nothing."""

import datetime
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import ServiceKind
from knowledge.directory.languages import language_name
from knowledge.directory.models import (
    Mandate,
    Offer,
    OfferAccess,
    OpeningTime,
    Organisation,
    Qualification,
    SelfDescription,
    SpokenLanguage,
)
from knowledge.directory.offer_facts import facts_of
from knowledge.directory.profiles import german_first
from knowledge.directory.quotes import quoted_mandates, quoted_qualifications
from knowledge.topics.models import FieldOfAction, Topic
from portal.places.models import Municipality
from search import door

ORGANISATION, OFFER = "organisation", "offer"
#: Unit: days. What ran out so lately is read once more, so that a run that failed is made up for by a later one.
_LATELY = 31


def organisation_record(organisation: Organisation) -> door.SearchRecord | None:
    """Describe an entry that readers find; its offers are records of their own, which its record merely mentions."""
    if not organisation.is_shown:
        return None
    offers = [offer for offer in organisation.offers.all() if offer.is_active]
    languages = [one for one in organisation.languages.all() if one.offer_id is None or one.offer.is_active]
    own = [one for one in languages if one.offer_id is None]
    return door.SearchRecord(
        kind=ORGANISATION,
        id=str(organisation.pk),
        url=organisation.get_absolute_url(),
        title=organisation.name,
        summary=organisation.summary,
        sections=tuple(_sections(organisation)),
        topics=tuple(door.Facet(topic.slug, topic.name) for topic in organisation.topics.all()),
        fields_of_action=_fields(organisation),
        municipality=_facet_of(organisation.municipality),
        areas=_areas(organisation),
        spoken=_languages(languages),
        services=tuple(dict.fromkeys(_service(offer) for offer in offers)),
        audience=organisation.audience,
        keywords=(
            organisation.short_name,
            organisation.own_language_name,
            str(organisation.get_kind_display()),
            *(facet.label for facet in _languages(own)),
        ),
        mentions=tuple(_mentions(offers, languages)),
    )


def _sections(organisation: Organisation) -> Iterator[door.Section]:
    heading = gettext("Who we are")
    for description in german_first(organisation.descriptions.all()):
        yield door.Section(heading, "wer-wir-sind", description.text)
    if organisation.responsibility:
        yield door.Section(gettext("What we are responsible for"), "wer-wir-sind", organisation.responsibility)
    if text := quoted_mandates(organisation, localdate()):
        yield door.Section(gettext("On whose behalf we act"), "auftrag", text)
    if text := quoted_qualifications(organisation, localdate()):
        yield door.Section(gettext("What we can do"), "qualifikation", text)
    if organisation.conditions:
        yield door.Section(gettext("How we work with authorities"), "zusammenarbeit", organisation.conditions)


def _mentions(offers: Iterable[Offer], languages: Iterable[SpokenLanguage]) -> Iterator[str]:
    for offer in offers:
        yield offer.name
        yield _service(offer).label
    yield from (facet.label for facet in _languages(languages))


def offer_record(offer: Offer) -> door.SearchRecord | None:
    """Describe an offer that takes place; where it names no languages, those of its organisation hold."""
    organisation = offer.organisation
    if not offer.is_active or not organisation.is_shown:
        return None
    own = list(offer.languages.all())
    languages = own or [one for one in organisation.languages.all() if one.offer_id is None]
    facts = [f"{fact['term']}: {fact['text']}" for fact in facts_of(offer)]
    if languages and not own:
        facts.append(gettext("Languages: %(names)s") % {"names": ", ".join(f.label for f in _languages(languages))})
    service = _service(offer)
    return door.SearchRecord(
        kind=OFFER,
        id=str(offer.pk),
        url=offer.get_absolute_url(),
        title=offer.name,
        summary=offer.description,
        sections=(door.Section("", "", "\n".join((service.label, *facts))),),
        fields_of_action=_fields(offer),
        organisation=organisation.name,
        municipality=_facet_of(organisation.municipality),
        areas=_areas(organisation),
        spoken=_languages(languages),
        services=(service,),
        audience=organisation.audience,
        keywords=(organisation.short_name,),
    )


def _languages(languages: Iterable[SpokenLanguage]) -> tuple[door.Facet, ...]:
    return tuple(dict.fromkeys(door.Facet(one.code, language_name(one.code)) for one in languages))


def _service(offer: Offer) -> door.Facet:
    return door.Facet(offer.kind, capfirst(str(offer.get_kind_display())))


def _fields(thing: Organisation | Offer) -> tuple[door.Facet, ...]:
    return tuple(door.Facet(field.slug, field.name) for field in thing.fields_of_action.all())


def _facet_of(place: Municipality | None) -> door.Facet | None:
    return door.Facet(place.ags, place.name) if place else None


def _areas(organisation: Organisation) -> tuple[door.Facet, ...]:
    return tuple(door.Facet(place.ags, place.name) for place in organisation.areas.all())


def _organisations() -> QuerySet[Organisation]:
    return (
        Organisation.objects.shown()
        .select_related("municipality")
        .prefetch_related(
            "descriptions",
            "mandates",
            "qualifications",
            "topics",
            "fields_of_action",
            "areas",
            "offers",
            "languages__offer",
        )
        .order_by("pk")
    )


def _offers() -> QuerySet[Offer]:
    return (
        Offer.objects.active()
        .select_related("organisation__municipality")
        .prefetch_related(
            "languages", "access", "opening_times", "fields_of_action", "organisation__languages", "organisation__areas"
        )
        .order_by("pk")
    )


def _visible(model) -> Callable[[object, Iterable[str]], set[str]]:
    def visible_to(user, ids: Iterable[str]) -> set[str]:
        found = model.objects.visible_to(user).filter(pk__in=list(ids))
        found = found.active() if model is Offer else found
        return {str(pk) for pk in found.values_list("pk", flat=True)}

    return visible_to


def changes() -> int:
    """Return a number that grows with every change of an entry or of what it offers."""
    return door.changes_of(ORGANISATION) + door.changes_of(OFFER)


def look_again_at_what_ended(on: datetime.date) -> None:
    """Have the index read entries anew whose mandate or qualification ran out, which is no change anybody saved."""
    lately = Q(valid_to__lt=on, valid_to__gte=on - datetime.timedelta(days=_LATELY))
    ended = [model.objects.filter(lately).values("organisation") for model in (Mandate, Qualification)]
    door.mark(Organisation.objects.shown().filter(Q(pk__in=ended[0]) | Q(pk__in=ended[1])))


def register() -> None:
    """Announce organisations and offers at the search's door."""
    pks = "pk"
    door.register(
        Organisation,
        kind=ORGANISATION,
        label=_("Organisation"),
        project=organisation_record,
        queryset=_organisations,
        visible_to=_visible(Organisation),
        depends_on=(
            *(
                door.Dependency(part, lambda row: [row.organisation_id])
                for part in (Offer, SpokenLanguage, SelfDescription, Mandate, Qualification)
            ),
            door.Dependency(FieldOfAction, lambda field: field.organisations.values_list(pks, flat=True)),
            door.Dependency(Topic, lambda topic: topic.organisations.values_list(pks, flat=True)),
            door.Dependency(Municipality, lambda place: _concerned(place).values_list(pks, flat=True)),
        ),
    )
    door.register(
        Offer,
        kind=OFFER,
        label=_("Offer of an organisation"),
        project=offer_record,
        queryset=_offers,
        visible_to=_visible(Offer),
        depends_on=(
            door.Dependency(Organisation, lambda one: one.offers.values_list(pks, flat=True)),
            door.Dependency(SpokenLanguage, _offers_spoken),
            door.Dependency(OfferAccess, lambda row: [row.offer_id]),
            door.Dependency(OpeningTime, lambda row: [row.offer_id] if row.offer_id else []),
            door.Dependency(FieldOfAction, lambda field: field.offers.values_list(pks, flat=True)),
            door.Dependency(
                Municipality,
                lambda place: Offer.objects.filter(organisation__in=_concerned(place)).values_list(pks, flat=True),
            ),
        ),
    )

    door.register_facet_names("spoken", _language_names)
    door.register_facet_names("service", _service_names)


def _concerned(place: Municipality) -> QuerySet[Organisation]:
    at_work = Organisation.areas.through.objects.filter(municipality=place).values("organisation")
    return Organisation.objects.filter(Q(municipality=place) | Q(pk__in=at_work))


def _language_names(tags: Iterable[str]) -> dict[str, str]:
    return {tag: name for tag in tags if (name := language_name(tag)) != tag}


def _service_names(kinds: Iterable[str]) -> dict[str, str]:
    labels = dict(ServiceKind.choices)
    return {kind: capfirst(str(labels[kind])) for kind in kinds if kind in labels}


def _offers_spoken(language: SpokenLanguage) -> Iterable:
    """A language of the organisation is one of its offers', too, where they name none."""
    if language.offer_id:
        return [language.offer_id]
    return Offer.objects.filter(organisation=language.organisation_id).values_list("pk", flat=True)
