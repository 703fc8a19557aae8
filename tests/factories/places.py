"""Municipalities and departments for tests; the keys are invented and lie in ranges that no register uses."""

import datetime

import factory

from portal.places.enums import MunicipalityKind
from portal.places.models import Department, Municipality


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A municipality within a district; traits make it a city or a district."""

    class Meta:
        model = Municipality

    ags = factory.Sequence(lambda number: f"0899{9000 + number:04d}"[:8])
    name = factory.Sequence(lambda number: f"Neuenbrück {number}")
    kind = MunicipalityKind.MUNICIPALITY
    population = 18_400
    area_as_of = datetime.date(2025, 12, 31)

    class Params:
        city = factory.Trait(
            kind=MunicipalityKind.INDEPENDENT_CITY,
            ags=factory.Sequence(lambda number: f"05{900 + number:03d}000"),
            designation="Stadt",
        )
        district = factory.Trait(
            kind=MunicipalityKind.DISTRICT,
            ags=factory.Sequence(lambda number: f"09{700 + number:03d}000"),
            designation="Landkreis",
        )


class DepartmentFactory(factory.django.DjangoModelFactory):
    """An office of a municipality."""

    class Meta:
        model = Department

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda number: f"Fachdienst {number}")
    email = "fachdienst@kommune.example"
