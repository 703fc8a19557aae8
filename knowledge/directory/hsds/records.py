"""Fetches what the public may read, with all parts in as many queries for one record as for a hundred."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from knowledge.directory.hsds.organizations import full_organization
from knowledge.directory.hsds.services import full_service
from knowledge.directory.models import Offer, OpeningTime, Organisation, SpokenLanguage
from knowledge.directory.people.shown import shown_contacts
from portal.places.models import Municipality

#: Whoever asks, whatever their session: programs get what everybody gets.
EVERYBODY = AnonymousUser()
#: So many whole records are read at once while everything is exported.
AT_ONCE = 200


def public_organisations() -> QuerySet[Organisation]:
    """Return the organisations that everybody may read, in a lasting order."""
    return Organisation.objects.visible_to(EVERYBODY).order_by("sorted_as", "name", "pk")


def public_offers() -> QuerySet[Offer]:
    """Return the offers of these organisations, in a lasting order."""
    return Offer.objects.visible_to(EVERYBODY).order_by("name", "pk")


def with_basics(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Fetch what the basic form of an organisation needs."""
    return organisations.prefetch_related("descriptions", _umbrellas())


def whole_organisations(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Fetch what the full form of an organisation needs."""
    return with_basics(organisations.select_related("municipality")).prefetch_related(
        "fields_of_action",
        Prefetch("areas", Municipality.objects.order_by("ags")),
        "registrations",
        "mandates",
        "qualifications",
        "transparency_notes",
        Prefetch("languages", SpokenLanguage.objects.filter(offer=None), to_attr="own_languages"),
        Prefetch("opening_times", OpeningTime.objects.filter(offer=None), to_attr="own_opening_times"),
    )


def offers_with_basics(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Fetch what the basic form of an offer needs."""
    return offers.select_related("organisation").prefetch_related("access", "languages")


def whole_offers(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Fetch what the full form of an offer needs, its organisation included."""
    return (
        offers.select_related("organisation__municipality")
        .prefetch_related("access", "languages", "opening_times", "fields_of_action", "organisation__registrations")
        .prefetch_related("organisation__descriptions", Prefetch("organisation__umbrellas", public_organisations()))
        .prefetch_related(Prefetch("organisation__areas", Municipality.objects.order_by("ags")))
    )


def organizations_as_json(organisations: Iterable[Organisation], *, full_services: bool) -> list[dict]:
    """Return whole organisations with their offers: by name alone, or whole as well."""
    organisations = list(organisations)
    contacts = shown_contacts(organisations, EVERYBODY)
    offers = public_offers().filter(organisation__in=organisations)
    services: dict[int, list[dict]] = {organisation.pk: [] for organisation in organisations}
    if full_services:
        for offer in whole_offers(offers):
            services[offer.organisation_id].append(full_service(offer, within_organization=True))
    else:
        for owner, uid, name in offers.values_list("organisation_id", "uid", "name"):
            services[owner].append({"id": str(uid), "name": name})
    return [full_organization(found, contacts[found.pk], services[found.pk]) for found in organisations]


def everything() -> Iterator[dict]:
    """Give every public organisation whole, with its whole offers, a few at a time."""
    keys = list(public_organisations().values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = whole_organisations(public_organisations().filter(pk__in=keys[start : start + AT_ONCE]))
        yield from organizations_as_json(some, full_services=True)


def _umbrellas() -> Prefetch:
    return Prefetch("umbrellas", public_organisations())
