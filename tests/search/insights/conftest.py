"""A small index, readers with a browser, and editors, for the tests of the insights."""

import pytest
from django.urls import reverse

from search.drain import drain
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture
def place(db):
    return MunicipalityFactory(name="Neuenbrück")


@pytest.fixture
def office(engine, place):
    """Make offices that are found at once; the local part of the address names the audience."""

    def make(name, audience="public"):
        made = DepartmentFactory(name=name, email=f"{audience}@kommune.example", municipality=place)
        drain()
        return made

    return make


@pytest.fixture
def ask(client):
    """Ask like a reader with a browser."""

    def asking(query, **kwargs):
        headers = {"User-Agent": BROWSER, **kwargs.pop("headers", {})}
        return client.get(reverse("search:results"), {"q": query, **kwargs}, headers=headers)

    return asking


@pytest.fixture
def editor(db):
    return UserFactory(editor=True, display_name="Zeynep Aydın")


@pytest.fixture
def author(db):
    return UserFactory(author=True, display_name="Jörg Größer")
