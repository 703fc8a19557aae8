"""Municipalities in the editing interface."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission

from portal.places.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

PLACES = "/redaktion/snippets/places/municipality/"


@pytest.fixture
def editor(client):
    user = UserFactory()
    user.user_permissions.set(
        [
            Permission.objects.get(codename="access_admin"),
            *Permission.objects.filter(content_type__app_label="places", content_type__model="municipality"),
        ]
    )
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["", "add/", "edit", "history", "usage", "?q=Neuen", "?kind=municipality&land=08"])
def test_every_page_opens_for_an_editor(client, editor, page):
    office = DepartmentFactory()
    path = f"{PLACES}{page}/{office.municipality.pk}/" if page in {"edit", "history", "usage"} else f"{PLACES}{page}"
    assert client.get(path).status_code == 200


def test_people_without_rights_do_not_get_in(client):
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(PLACES).status_code == 302


def test_the_list_is_searched_by_name_and_key(client, editor):
    MunicipalityFactory(ags="05901004", name="Talheim")
    MunicipalityFactory(ags="05901008", name="Gutau")
    for query in ("Talheim", "05901004"):
        rows = client.get(f"{PLACES}?q={query}").context["object_list"]
        assert [place.name for place in rows] == ["Talheim"]


def posted(**values):
    return {
        "name": "Talheim", "designation": "Stadt", "ags": "05901004", "kind": "municipality", "population": "12003",
        "area_as_of": "31.12.2025", "successor": "", "departments-TOTAL_FORMS": 1, "departments-INITIAL_FORMS": 0,
        "departments-MIN_NUM_FORMS": 0, "departments-MAX_NUM_FORMS": 1000, "departments-0-name": "Schulamt",
        "departments-0-email": "schulamt@talheim.example", "departments-0-id": "", **values,
    }  # fmt: skip


def test_a_municipality_is_entered_with_its_departments(client, editor):
    assert client.post(f"{PLACES}add/", posted()).status_code == 302
    place = Municipality.objects.get(ags="05901004")
    assert place.land == "05"
    assert [office.name for office in place.departments.all()] == ["Schulamt"]


def test_a_wrong_key_is_refused_in_the_form(client, editor):
    response = client.post(f"{PLACES}add/", posted(ags="5901004"))
    assert response.status_code == 200
    assert not Municipality.objects.exists()


def test_the_list_is_exported_with_leading_zeros(client, editor):
    MunicipalityFactory(ags="05901004", name="Talheim")
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{PLACES}?export=csv")).decode())))
    assert rows[1][:2] == ["05901004", "Talheim"]
