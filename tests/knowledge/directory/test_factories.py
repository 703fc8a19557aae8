"""The makers of entries for tests."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.directory.models import Contact, Expert, Offer
from tests.factories import directory

pytestmark = pytest.mark.django_db


def test_makers_make_what_readers_find():
    club = directory.organisation(text="Wir sind Nachbarn.", languages=["de", "ti"])
    directory.offer(club, languages=["ti"], access={"DU": "open"}, times=[(1, datetime.time(9), datetime.time(12))])
    directory.mandate(club), directory.qualification(club), directory.registration(club)
    named = directory.contact(club)
    directory.contact(club, consenting=False)
    directory.expert()
    reader = AnonymousUser()
    assert type(club).objects.visible_to(reader).get() == club
    assert Offer.objects.visible_to(reader).get().languages.get().code == "ti"
    assert list(Contact.objects.visible_to(reader)) == [named]
    assert not Expert.objects.visible_to(reader).exists()
