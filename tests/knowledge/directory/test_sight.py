"""Who sees an entry where it is not looked up by a page: hits of the search once more, and one's own data."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.directory.enums import EntryState
from knowledge.directory.models import Offer, Organisation
from knowledge.directory.profiles import profile_of
from portal.accounts.own_data.registry import data_kinds
from search.registry import registry
from tests.factories import directory as made
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
STATES = {EntryState.LIVE: True, EntryState.DORMANT: True, EntryState.DRAFT: False, EntryState.ARCHIVED: False}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("audience", "readers"), [("public", {"nobody", "member"}), ("member", {"member"})])
def test_hits_are_looked_up_once_more_before_they_are_shown(state, audience, readers):
    club = made.organisation(state=state, audience=audience)
    offer = made.offer(club)
    for name, reader in {"nobody": AnonymousUser(), "member": UserFactory()}.items():
        seen = STATES[state] and name in readers
        for kind, found in (("organisation", club), ("offer", offer)):
            assert registry.get(kind).visible_to(reader, [str(found.pk)]) == ({str(found.pk)} if seen else set()), name


def test_an_offer_that_does_not_take_place_is_no_hit():
    offer = made.offer()
    Offer.objects.filter(pk=offer.pk).update(is_active=False)
    assert registry.get("offer").visible_to(AnonymousUser(), [str(offer.pk)]) == set()


@pytest.mark.parametrize("audience", ["public", "member"])
@pytest.mark.parametrize("state", STATES)
def test_a_profile_names_those_networks_and_members_that_its_reader_may_read(state, audience):
    other = made.organisation(state=state, audience=audience)
    above, below = made.organisation(), made.organisation()
    club = made.organisation(umbrellas=[above, other])
    below.umbrellas.set([club])
    other.umbrellas.set([club])
    for reader, is_member in ((AnonymousUser(), False), (UserFactory(), True)):
        seen = [other] if STATES[state] and (audience == "public" or is_member) else []
        profile = profile_of(club, reader)
        assert {*profile.umbrellas} == {above, *seen}
        assert {*profile.members} == {below, *seen}


def test_the_own_data_name_an_organisation_only_while_one_may_read_it():
    club = made.organisation(name="Haus der Zugvögel")
    person = UserFactory()
    club.remarks.create(text="Die Nummer stimmt nicht", email=person.email)
    assert "Haus der Zugvögel" in told(person)
    Organisation.objects.filter(pk=club.pk).update(state=EntryState.DRAFT)
    assert "Haus der Zugvögel" not in told(person)


def told(person) -> str:
    (remarks,) = [kind for kind in data_kinds() if kind.code == "directory_remarks"]
    return str(list(remarks.records(person)))
