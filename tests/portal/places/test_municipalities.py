"""The key of a municipality is guarded by form and database alike; names tell districts from towns."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from portal.places.enums import CITY_STATES, Land
from portal.places.models import Department, Municipality
from tests.factories.places import DepartmentFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def municipality(ags, **values):
    return Municipality(
        ags=ags, name="Neuenbrück", kind="municipality", area_as_of=datetime.date(2025, 12, 31), **values
    )


@pytest.mark.parametrize("ags", ["01001000", "05315000", "08111000", "11000000", "16077055"])
def test_a_real_key_passes_form_and_database(ags):
    place = municipality(ags)
    place.full_clean()
    place.save()
    assert place.land == ags[:2]
    assert place.get_land_display() == Land(ags[:2]).label


@pytest.mark.parametrize(
    "ags",
    [
        "1001000",
        "0100100",
        "010010000",
        "00001000",
        "17001000",
        "99001000",
        "0A001000",
        "",
        "01001 00",
        "01001000\n",
        "0100100٣",
    ],
)
def test_a_wrong_key_is_refused_by_form_and_database(ags):
    with pytest.raises(ValidationError) as refused:
        municipality(ags).full_clean()
    assert "ags" in refused.value.message_dict
    # A key that is too long is a data error to PostgreSQL and a broken constraint to SQLite.
    with pytest.raises(DatabaseError), transaction.atomic():
        Municipality.objects.bulk_create([municipality(ags, land=ags[:2])])


def test_the_land_is_that_of_the_key():
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.bulk_create([municipality("05315000", land="06")])
    place = MunicipalityFactory(ags="05901004")
    place.ags = "06901004"
    place.save(update_fields=["ags"])
    place.refresh_from_db()
    assert place.land == "06"


def test_a_key_is_given_once():
    MunicipalityFactory(ags="05901004")
    with pytest.raises(IntegrityError), transaction.atomic():
        MunicipalityFactory(ags="05901004")


def test_a_district_is_told_from_the_town_of_the_same_name():
    town = MunicipalityFactory(name="Regen", designation="Stadt")
    district = MunicipalityFactory(district=True, name="Regen")
    assert [str(town), str(district)] == ["Regen", "Landkreis Regen"]


def test_a_municipality_cannot_become_its_own_successor():
    first = MunicipalityFactory()
    second = MunicipalityFactory(successor=first)
    first.successor = second
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert "successor" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.filter(pk=first.pk).update(successor=first.pk)


def test_following_successors_leads_to_the_present():
    present = MunicipalityFactory()
    before = MunicipalityFactory(successor=present)
    long_ago = MunicipalityFactory(successor=before)
    assert long_ago.present() == before.present() == present.present() == present


def test_a_department_stands_once_in_a_municipality():
    office = DepartmentFactory(name="Schulamt")
    assert str(office) == f"Schulamt, {office.municipality}"
    with pytest.raises(ValidationError):
        Department(municipality=office.municipality, name="Schulamt").full_clean()
    DepartmentFactory(name="Schulamt")


def test_departments_go_with_their_municipality_and_predecessors_stay():
    office = DepartmentFactory()
    before = MunicipalityFactory(successor=office.municipality)
    office.municipality.delete()
    before.refresh_from_db()
    assert before.successor is None
    assert not Department.objects.exists()


def test_there_are_sixteen_lands_and_two_city_states():
    assert len(Land) == 16
    assert {land.label for land in CITY_STATES} == {"Hamburg", "Berlin"}
