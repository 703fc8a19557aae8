"""Organisations that use every field which the interface tells."""

import datetime
from decimal import Decimal

from knowledge.directory.enums import AccessKind, Assurance, MandateKind, OrganisationKind
from knowledge.directory.models import OpeningTime, Organisation, TransparencyNote
from knowledge.topics.models import FieldOfAction
from tests.factories import directory
from tests.factories.places import MunicipalityFactory


def whole_organisation(**fields) -> Organisation:
    """Return an organisation with something in every part."""
    town = MunicipalityFactory()
    field, _ = FieldOfAction.objects.get_or_create(slug="bildung", defaults={"name": "Bildung"})
    values = {
        "short_name": "BB",
        "own_language_name": "ድልድይ",
        "legal_form": "ev",
        "founded_year": 1998,
        "municipality": town,
        "street": "Hafenstraße 3",
        "postal_code": "01234",
        "city": "Ravensfurt",
        "latitude": Decimal("52.5"),
        "longitude": Decimal("9.5"),
        "website": "https://bruecken.example/",
        "phone": "0123 456",
        "approaches": ["preventive"],
        "crosses_origins": True,
        "paid_staff": "<1",
        "has_freelancers": False,
        "volunteers": "11-50",
        "reachable": "abends ab 18 Uhr",
        "answers_within": 14,
        "takes_requests": False,
        "conditions": "Wir arbeiten nur gegen Honorar.",
        "has_protection_concept": True,
        "shows_reach": True,
        "members_class": "51-100",
        **fields,
    }
    made = directory.organisation(
        text="Wir verbinden Familien und Schulen.",
        languages=("ti", "de"),
        fields_of_action=[field],
        areas=[town],
        **values,
    )
    directory.description(made, "እንኳዕ ብደሓን መጻእኩም", language="ti")
    OpeningTime.objects.create(organisation=made, weekday=1, opens=datetime.time(17), closes=datetime.time(19))
    TransparencyNote.objects.create(organisation=made, item="2", url="https://bruecken.example/satzung")
    directory.registration(made, number="VR 4711", authority="Amtsgericht Ravensfurt")
    directory.registration(made, kind="azav", number="", authority="Zertifizierer")
    directory.mandate(made, speaks_for="Eltern aus Eritrea", not_for="alle Familien", funding="Stadt Ravensfurt")
    directory.mandate(
        made, kind=MandateKind.GRANT, assurance=Assurance.CONFIRMED, confirmed_by="Jugendamt",
        confirmed_on=datetime.date(2026, 2, 1), valid_to=datetime.date(2020, 1, 1), valid_from=None,
    )  # fmt: skip
    directory.qualification(made)
    directory.offer(
        made, name="Sprachmittlung am Abend", languages=("ti", "en"), fields_of_action=[field],
        access={"DU": AccessKind.OPEN, "AG": AccessKind.ON_CONDITION},
        times=[(2, datetime.time(18), datetime.time(20))],
        minimum_age=16, maximum_age=27, amount=Decimal("2.50"), cost="partly", cost_note="frei mit Ausweis",
        place="Stadtteilhaus", is_online=True, url="https://bruecken.example/online", accessibility=["step-free"],
        accessibility_note="Rampe am Hof", registration="per E-Mail", waiting="eine Woche", documents="Ausweis",
        target_group="Eltern mit Schulkindern", access_note="nach Anmeldung",
    )  # fmt: skip
    directory.offer(made, name="Ruhendes Angebot", is_active=False)
    return made


def umbrella(**fields) -> Organisation:
    """Return an umbrella organisation."""
    return directory.organisation(kind=OrganisationKind.UMBRELLA, **fields)
