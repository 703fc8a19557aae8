"""Offices that are found by those whom they are meant for, and people who watch them."""

import datetime
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from portal.places.models import Department
from portal.shared.visibility import labels_for
from search import door
from search.drain import drain
from search.queries import parse_request
from search.registry import registry
from search.saved.actions import save_search
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.search.kinds import DEPARTMENT, department_record


def _dated_record(office):
    """The day in an office's name, if any, is the record's."""
    record = department_record(office)
    day = re.search(r"\d{4}-\d\d-\d\d", office.name)
    if record is None or not day:
        return record
    return replace(record, date=datetime.date.fromisoformat(day[0]))


def _visible(user, ids):
    rows = Department.objects.filter(pk__in=list(ids)).values_list("pk", "email")
    return {str(pk) for pk, email in rows if email.partition("@")[0] in labels_for(user)}


@pytest.fixture
def offices(engine):
    """Make offices that are found at once by their audience, and change whom they are meant for."""
    registry.remove(DEPARTMENT)
    door.register(
        Department,
        kind=DEPARTMENT,
        label="Amt",
        project=_dated_record,
        queryset=lambda: Department.objects.select_related("municipality").order_by("pk"),
        visible_to=_visible,
    )
    place = MunicipalityFactory()

    class Offices:
        def __call__(self, name, audience="public"):
            made = DepartmentFactory(name=name, email=f"{audience}@kommune.example", municipality=place)
            drain()
            return made

        def open_to(self, office, audience):
            office.email = f"{audience}@kommune.example" if audience else ""
            office.save()
            drain()

        def rename(self, office, name):
            office.name = name
            office.save()
            drain()

    return Offices()


@pytest.fixture
def member(db):
    return UserFactory()


@pytest.fixture
def watch(offices):
    """Save a search for a person."""

    def save(person, query="Amt", frequency="daily", *, name="", at=None, **filters):
        request = parse_request({"q": [query], "art": [DEPARTMENT], **{k: [v] for k, v in filters.items()}})
        name = name or f"Suche nach {query}"
        return save_search(by=person, request=request, name=name, frequency=frequency, at=at or timezone.now())[0]

    return save
