"""Municipalities and departments for tests; the keys are invented and lie in ranges that no register uses."""

import datetime

import factory

from portal.places.enums import MunicipalityKind
from portal.places.models import Department, Municipality


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A municipality within a district; traits make it a city or a district."""

    class Meta:
        model = Municipality

    # The numbers come round again, because a long run needs more of them than a key has room for.
    ags = factory.Sequence(lambda number: f"0899{9000 + number % 1000}")
    name = factory.Sequence(lambda number: f"Neuenbrück {number}")
    kind = MunicipalityKind.MUNICIPALITY
    population = 18_400
    area_as_of = datetime.date(2025, 12, 31)

    class Params:
        city = factory.Trait(
            kind=MunicipalityKind.INDEPENDENT_CITY,
            ags=factory.Sequence(lambda number: f"05{900 + number % 100}000"),
            designation="Stadt",
        )
        district = factory.Trait(
            kind=MunicipalityKind.DISTRICT,
            ags=factory.Sequence(lambda number: f"09{700 + number % 300}000"),
            designation="Landkreis",
        )


class DepartmentFactory(factory.django.DjangoModelFactory):
    """An office of a municipality."""

    class Meta:
        model = Department

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda number: f"Fachdienst {number}")
    email = "fachdienst@kommune.example"
