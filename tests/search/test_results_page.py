"""The results page from the address to the marked words."""

import pytest
from django.urls import reverse

from search.drain import drain
from tests.factories.places import DepartmentFactory

pytestmark = pytest.mark.django_db


def office(name, audience="public", **kwargs):
    return DepartmentFactory(name=name, email=f"{audience}@kommune.example", **kwargs)


def ask(client, **parameters):
    return client.get(reverse("search:results"), parameters)


def found(response) -> list[str]:
    return [hit.id for hit in response.context["results"].hits]


def test_a_hit_shows_its_section_and_marks_the_word(client, engine):
    hit = office("Ausländerbehörde")
    drain()
    response = ask(client, q="Behörde")
    assert found(response) == [str(hit.pk)]
    assert "Ausländer<mark>behörde</mark>" in response.text
    assert f'href="/aemter/{hit.pk}/#zustaendig"' in response.text
