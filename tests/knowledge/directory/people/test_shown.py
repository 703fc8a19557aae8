"""What is shown of contact persons: only under a live consent, only to readers of the entry, only the agreed fields."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from knowledge.directory.models.people import CONTACT_FIELDS
from knowledge.directory.people.shown import shown_contacts
from tests.factories.accounts import UserFactory
from tests.factories.directory import consent, contact, organisation

pytestmark = pytest.mark.django_db
NOW = timezone.now()
A_DAY = datetime.timedelta(days=1)
ANYBODY = AnonymousUser()


def shown(of, user=ANYBODY):
    return shown_contacts([of], user)[of.pk]


@pytest.mark.parametrize("fields", [("name",), ("function", "phone"), ("email",), CONTACT_FIELDS])
def test_only_the_agreed_fields_are_there(fields):
    person = contact(shown=fields)
    (found,) = shown(person.organisation)
    assert {name: getattr(found, name) for name in CONTACT_FIELDS} == {
        name: getattr(person, name) if name in fields else "" for name in CONTACT_FIELDS
    }


@pytest.mark.parametrize(
    "given",
    [
        {"withdrawn_at": NOW},
        {"expires_at": NOW - A_DAY},
        {"given_at": NOW + A_DAY},
        {"fields": []},
        {"fields": ["competences"]},
    ],
    ids=["withdrawn", "run out", "not yet given", "to nothing", "to something else"],
)
def test_without_a_live_consent_to_something_nobody_is_there(given):
    person = contact(consenting=False)
    consent(contact=person, **given)
    assert shown(person.organisation) == []


def test_who_never_agreed_is_not_there():
    assert shown(contact(consenting=False).organisation) == []


@pytest.mark.parametrize(
    ("entry", "for_anybody", "for_members"),
    [
        ({}, 1, 1),
        ({"audience": "member"}, 0, 1),
        ({"state": "dormant"}, 1, 1),
        ({"state": "draft"}, 0, 0),
        ({"state": "archived"}, 0, 0),
    ],
    ids=str,
)
def test_contacts_are_read_by_those_who_read_the_entry(entry, for_anybody, for_members):
    of = contact(organisation(**entry)).organisation
    assert len(shown(of)) == for_anybody
    assert len(shown(of, UserFactory())) == for_members


@pytest.mark.parametrize("count", [1, 7])
def test_one_query_however_many_there_are(count, django_assert_num_queries):
    entries = [organisation() for _number in range(count)]
    for of in entries:
        contact(of)
        contact(of)
    with django_assert_num_queries(1):
        found = shown_contacts(entries, ANYBODY)
    assert {pk: len(people) for pk, people in found.items()} == {of.pk: 2 for of in entries}


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"name": "Andere Person"}, False),
        ({"email": "anders@verein.example"}, False),
        ({"phone": ""}, True),
        ({"function": "Kasse"}, True),
        ({"phone": "0999 1234567"}, False),
    ],
    ids=str,
)
def test_a_consent_holds_for_the_details_that_the_person_saw(change, stays):
    person = contact(shown=("name", "phone"))
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    assert bool(shown(person.organisation)) is stays
