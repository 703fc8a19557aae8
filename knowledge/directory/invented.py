"""Invented organisations by the thousand, so that the directory is measured at a size that no region reaches soon."""

import datetime
import random
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from knowledge.directory import indexing
from knowledge.directory.enums import Assurance, EntryState, MandateKind, OrganisationKind, ServiceKind
from knowledge.directory.languages import FREQUENT
from knowledge.directory.models import DirectoryIndexPage, Mandate, Offer, Organisation, SpokenLanguage
from knowledge.topics.models import FieldOfAction
from portal.places.enums import MunicipalityKind
from portal.places.models import Municipality
from portal.shared.visibility import Audience
from search.models import OutboxEntry

#: Always the same organisations, so that two measurements compare.
_SEED = 2014
_BATCH = 2_000
_MUNICIPALITIES = 40
_FIELDS = 10
_NAMES = ("Brücken", "Heimat", "Nachbarschaft", "Dialog", "Zukunft", "Begegnung", "Horizont", "Wegweiser")
_FORMS = ("Verein", "Initiative", "Treffpunkt", "Netzwerk", "Beratungsstelle", "Werkstatt")


@transaction.atomic
def invent(count: int) -> None:
    """Fill an empty directory; the search gets to know of it as of any other, but is not asked to index it."""
    draw = random.Random(_SEED)  # noqa: S311 -- invented data, nothing secret.
    places, fields = _places(), _fields()
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        made = Organisation.objects.bulk_create([_organisation(number, draw, places) for number in numbers])
        _describe(made, draw, places, fields)


def directory_page() -> DirectoryIndexPage:
    """Return the page of the directory; without a demo there is a site with nothing but Wagtail's welcome page."""
    page = DirectoryIndexPage.objects.first()
    if page is None:
        root = Site.objects.get(is_default_site=True).root_page
        page = root.add_child(instance=DirectoryIndexPage(title="Verzeichnis", slug="verzeichnis"))
    return page


def some(count: int) -> list[Organisation]:
    """Return some of the invented organisations that readers find."""
    return list(Organisation.objects.shown().filter(audience=Audience.PUBLIC).order_by("slug")[:count])


def _places() -> list[Municipality]:
    return Municipality.objects.bulk_create(
        Municipality(
            ags=f"0899{number:04d}", land="08", name=f"Erdachtstadt {number}", kind=MunicipalityKind.MUNICIPALITY,
            population=20_000, area_as_of=datetime.date(2025, 12, 31),
        )
        for number in range(_MUNICIPALITIES)
    )  # fmt: skip


def _fields() -> list[FieldOfAction]:
    return FieldOfAction.objects.bulk_create(
        FieldOfAction(slug=f"feld-{number}", name=f"Handlungsfeld {number}", position=number)
        for number in range(_FIELDS)
    )


def _organisation(number: int, draw: random.Random, places: list[Municipality]) -> Organisation:
    name = f"{draw.choice(_FORMS)} {draw.choice(_NAMES)} {number}"
    return Organisation(
        name=name,
        slug=f"organisation-{number}",
        kind=draw.choice(OrganisationKind.values),
        state=draw.choices((EntryState.LIVE, EntryState.DORMANT, EntryState.DRAFT), (90, 6, 4))[0],
        audience=draw.choices(("public", "member"), (95, 5))[0],
        municipality=draw.choice(places),
        city="Erdachtstadt",
        summary=f"{name} begleitet Familien und junge Menschen auf ihrem Weg durch Schule, Ausbildung und Arbeit.",
        latitude=Decimal(draw.randint(4_900_000, 5_200_000)) / 100_000,
        longitude=Decimal(draw.randint(700_000, 1_100_000)) / 100_000,
        confirmed_at=timezone.now() - datetime.timedelta(days=draw.randint(0, 700)),
    )


def _describe(made: list[Organisation], draw: random.Random, places: list[Municipality], fields: list) -> None:
    # As changes leave them behind, since readers' numbers are kept until one of these grows.
    OutboxEntry.objects.bulk_create(_announced(indexing.ORGANISATION, one) for one in made)
    of_fields, at_work = Organisation.fields_of_action.through, Organisation.areas.through
    of_fields.objects.bulk_create(
        of_fields(organisation=one, fieldofaction=field) for one in made for field in draw.sample(fields, 2)
    )
    at_work.objects.bulk_create(at_work(organisation=one, municipality=draw.choice(places)) for one in made)
    Mandate.objects.bulk_create(_mandate(one, draw) for one in made for _ in range(draw.choice((0, 1, 1, 2))))
    offers = Offer.objects.bulk_create(_offer(one, draw) for one in made for _ in range(draw.choice((1, 2, 3))))
    OutboxEntry.objects.bulk_create(_announced(indexing.OFFER, one) for one in offers)
    own = [_language(one, None, code) for one in made for code in draw.sample(FREQUENT, 2)]
    offered = [_language(one.organisation, one, code) for one in offers for code in draw.sample(FREQUENT, 1)]
    SpokenLanguage.objects.bulk_create([*own, *offered])


def _mandate(one: Organisation, draw: random.Random) -> Mandate:
    today = timezone.localdate()
    return Mandate(
        organisation=one,
        kind=draw.choice(MandateKind.values),
        principal="Stadt Erdachtstadt",
        subject="Elternarbeit an Grundschulen",
        assurance=draw.choice(Assurance.values),
        valid_to=draw.choice((None, today - datetime.timedelta(days=90), today + datetime.timedelta(days=300))),
    )


def _offer(one: Organisation, draw: random.Random) -> Offer:
    kind = draw.choice(ServiceKind.values)
    return Offer(
        organisation=one,
        name=f"{kind} jeden {draw.choice(('Montag', 'Mittwoch', 'Freitag'))}",
        kind=kind,
        description="Offen für alle, die fragen möchten.",
        is_active=draw.random() > 0.1,
    )


def _language(one: Organisation, offer: Offer | None, code: str) -> SpokenLanguage:
    return SpokenLanguage(organisation=one, offer=offer, code=code)


def _announced(kind: str, thing: Organisation | Offer) -> OutboxEntry:
    return OutboxEntry(kind=kind, object_id=str(thing.pk), since=timezone.now(), version=1, done_version=1)
