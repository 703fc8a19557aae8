"""The entry as a whole: published when readers can use it, taken out, confirmed, brought back; and who keeps it."""

import pytest
from django.urls import reverse

from knowledge.directory.deciding import proofs
from knowledge.directory.enums import EntryState
from knowledge.directory.keeping.snapshots import snapshot_of
from knowledge.directory.models import Organisation, Representation
from knowledge.topics.models import FieldOfAction
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    made = make.organisation(slug="bruecken", name="Brücken", state=EntryState.DRAFT, city="Ravensfurt", text="Wir.")
    made.fields_of_action.add(FieldOfAction.objects.create(slug="bildung", name="Bildung"))
    return made


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)])


@pytest.fixture
def signed_in(client, keeper):
    client.force_login(keeper)
    return client


def address(name, *args):
    return reverse(f"keeping:{name}", args=["bruecken", *args])


def test_publishing_shows_the_entry_confirms_it_and_is_logged(signed_in, club, keeper):
    assert not Organisation.objects.visible_to(None or keeper).exists()
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE
    assert club.published_at is not None
    assert club.confirmed_at == club.published_at
    entry = AuditEntry.objects.get(action="directory.published")
    assert (entry.actor_id, entry.before, entry.after) == (keeper.pk, {"state": "draft"}, {"state": "live"})


@pytest.mark.parametrize(
    "lacks",
    [{"summary": ""}, {"city": ""}, {"email": ""}, {"name": ""}],
)
def test_an_entry_that_readers_cannot_use_is_not_published(signed_in, club, lacks):
    Organisation.objects.filter(pk=club.pk).update(**lacks)
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.DRAFT
    (need,) = signed_in.get(address("start")).context["needs"]
    assert signed_in.get(need.url).status_code == 200


def test_a_field_of_action_or_an_offer_is_needed(signed_in, club):
    club.fields_of_action.clear()
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.DRAFT
    make.offer(club)
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE


def test_opening_the_addresses_of_acts_changes_nothing(signed_in, club):
    for name in ("publish", "still_true", "unpublish"):
        signed_in.get(address(name))
    club.refresh_from_db()
    assert club.state == EntryState.DRAFT


def test_a_profile_taken_out_is_lost_to_nobody(signed_in, club):
    signed_in.post(address("publish"))
    signed_in.post(address("unpublish"))
    club.refresh_from_db()
    assert (club.state, club.summary) == (EntryState.DRAFT, "Wir begleiten Familien auf dem Weg durch die Schule.")
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE


def test_confirming_wakes_an_entry_that_rests(signed_in, club):
    Organisation.objects.filter(pk=club.pk).update(state=EntryState.DORMANT, confirmed_at=None)
    signed_in.post(address("still_true"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE
    assert club.confirmed_at is not None


def test_an_archived_entry_is_published_anew(signed_in, club):
    Organisation.objects.filter(pk=club.pk).update(state=EntryState.ARCHIVED)
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert (club.state, club.archived_at) == (EntryState.LIVE, None)


def test_the_preview_works_before_anything_is_published(signed_in):
    response = signed_in.get(address("preview"))
    assert response.status_code == 200
    assert "Brücken" in response.content.decode()


# History.


def test_an_earlier_version_is_compared_and_comes_back_and_that_can_be_undone(signed_in, club):
    offer = make.offer(club, name="Sprechstunde", languages=["ti"], access={"DU": "open"})
    typed = {"name": "Anders", "city": "Anderswo", "email": "neu@verein.example", "version": "1"}
    signed_in.post(address("part", "name-und-ort"), typed)
    signed_in.post(address("offer_remove", offer.pk), {"version": "2"})
    before = snapshot_of(Organisation.objects.get())
    page = signed_in.get(address("version", 1)).content.decode()
    assert "Ravensfurt" in page
    assert "Anderswo" in page
    assert "Sprechstunde" in page
    signed_in.post(address("version", 1), {"version": "3"})
    club.refresh_from_db()
    assert (club.name, club.city, club.version) == ("Brücken", "Ravensfurt", 4)
    assert club.offers.get().languages.get().code == "ti"
    signed_in.post(address("version", 3), {"version": "4"})
    assert snapshot_of(Organisation.objects.get()) == before
    assert AuditEntry.objects.filter(action="directory.restored").count() == 2


def test_a_version_is_not_brought_back_over_a_change_that_nobody_saw(signed_in, club):
    typed = {"name": "Anders", "city": "Anderswo", "email": "neu@verein.example"}
    signed_in.post(address("part", "name-und-ort"), typed | {"version": "1"})
    signed_in.post(address("part", "name-und-ort"), typed | {"city": "Neustadt", "version": "2"})
    signed_in.post(address("version", 1), {"version": "2"})
    club.refresh_from_db()
    assert club.city == "Neustadt"


def test_versions_hold_no_persons(signed_in, club):
    contact = make.contact(club, name="Selam Tesfay")
    signed_in.post(address("part", "qualifikation"), {"quality": "Supervision", "version": "1"})
    for version in club.versions.all():
        assert contact.name not in str(version.snapshot)
        assert contact.email not in str(version.snapshot)


def test_the_history_costs_the_same_however_long_it_is(signed_in, club, django_assert_max_num_queries):
    signed_in.post(address("part", "qualifikation"), {"quality": "0", "version": "1"})
    signed_in.get(address("versions"))
    with django_assert_max_num_queries(13):
        signed_in.get(address("versions"))
    for number in range(2, 6):
        signed_in.post(address("part", "qualifikation"), {"quality": str(number), "version": str(number)})
    with django_assert_max_num_queries(13):
        assert len(signed_in.get(address("versions")).context["versions"]) == 6


# Who keeps it.


def test_a_proof_is_given_and_checked_and_what_is_said_anew_is_checked_anew(signed_in, club, keeper):
    page = address("representation")
    assert signed_in.post(page, {"function": "", "proof": ""}).status_code == 422
    signed_in.post(page, {"function": "Vorsitz", "proof": "VR 1234"})
    proof = Representation.objects.get()
    assert (proof.person, proof.is_accepted) == (keeper, None)
    editor = UserFactory(editor=True)
    signed_in.force_login(editor)
    signed_in.post(
        reverse("directory_representation", args=[proof.pk]), {"is_accepted": "yes", "note": "Register gesehen"}
    )
    proof.refresh_from_db()
    assert (proof.is_accepted, proof.checked_by) == (True, editor)
    signed_in.force_login(keeper)
    signed_in.post(page, {"function": "Vorsitz", "proof": "VR 1234"})
    proof.refresh_from_db()
    assert proof.is_accepted is True
    signed_in.post(page, {"function": "Kasse", "proof": "VR 1234"})
    proof.refresh_from_db()
    assert proof.is_accepted is None


def test_several_people_keep_one_entry_and_each_sees_the_others(signed_in, club):
    other = UserFactory(roles=[("organisation_editor", club)], display_name="Amina Yusuf")
    page = signed_in.get(address("representation")).content.decode()
    assert "Amina Yusuf" in page
    assert reverse("people:organisation_invite", args=[club.pk]) in page
    signed_in.force_login(other)
    assert signed_in.get(address("start")).status_code == 200


def test_editors_who_help_out_give_no_proof(client, club):
    client.force_login(UserFactory(editor=True))
    client.post(address("representation"), {"function": "x", "proof": "y"})
    assert not Representation.objects.exists()


def test_one_organisation_is_opened_at_once_and_several_are_listed(client, club, keeper):
    client.force_login(keeper)
    assert client.get(reverse("keeping:home")).url == address("start")
    both = UserFactory(roles=[("organisation_editor", club), ("organisation_editor", make.organisation(name="Zwei"))])
    client.force_login(both)
    assert "Zwei" in client.get(reverse("keeping:home")).content.decode()
    client.force_login(UserFactory())
    assert client.get(reverse("keeping:home")).status_code == 200


@pytest.fixture
def withheld(club, keeper):
    """Return the proof of the person who keeps the entry, which was not enough."""
    proof = club.representations.create(person=keeper, function="Vorsitz", proof="VR 1")
    proofs.check_representation(
        by=UserFactory(editor=True), representation=proof, is_accepted=False, note="Nicht im Register."
    )
    proof.refresh_from_db()
    return proof


def test_whose_proof_was_not_enough_prepares_the_profile_but_does_not_publish_it(signed_in, club, withheld):
    typed = {"quality": "Supervision", "version": "1"}
    assert signed_in.post(address("part", "qualifikation"), typed).url != address("representation")
    club.refresh_from_db()
    assert club.quality == "Supervision"
    assert address("publish") not in signed_in.get(address("start")).content.decode()
    assert address("publish") not in signed_in.get(address("preview")).content.decode()
    assert signed_in.post(address("publish")).url == address("representation")
    club.refresh_from_db()
    assert club.state == EntryState.DRAFT


def test_whose_proof_was_not_enough_changes_nothing_that_readers_see(signed_in, club, keeper, withheld):
    Organisation.objects.update(state=EntryState.LIVE, confirmed_at=None)
    offer = make.offer(club)
    mandate = make.mandate(club)
    acts = {
        address("part", "qualifikation"): {"quality": "Anders", "version": "1"},
        address("offer_remove", offer.pk): {"version": "1"},
        address("offer_pause", offer.pk): {"version": "1"},
        address("unpublish"): {},
        address("still_true"): {},
        address("reply", "auftrag", mandate.pk): {"text": "Anders"},
    }
    for page, sent in acts.items():
        assert signed_in.post(page, sent).url == address("representation"), page
    club.refresh_from_db()
    offer.refresh_from_db()
    mandate.refresh_from_db()
    assert (club.state, club.quality, club.confirmed_at) == (EntryState.LIVE, "", None)
    assert (offer.is_active, mandate.reply) == (True, "")


def test_another_proof_opens_nothing_before_an_editor_finds_it_enough(signed_in, club, keeper, withheld):
    signed_in.post(address("representation"), {"function": "Kasse", "proof": "VR 2"})
    withheld.refresh_from_db()
    assert withheld.is_accepted is None
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.DRAFT
    editor = UserFactory(editor=True)
    proofs.check_representation(by=editor, representation=withheld, is_accepted=True, note="Register gesehen")
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE


def test_a_proof_that_nobody_has_looked_at_hinders_nothing(signed_in, club, keeper):
    club.representations.create(person=keeper, function="Vorsitz", proof="VR 1")
    signed_in.post(address("publish"))
    club.refresh_from_db()
    assert club.state == EntryState.LIVE


# Remarks of readers.


def test_a_remark_is_a_task_until_it_is_done_and_can_be_put_back(signed_in, club, keeper):
    remark = club.remarks.create(text="Die Telefonnummer stimmt nicht.")
    assert remark in signed_in.get(address("start")).context["remarks"]
    response = signed_in.post(address("remark", remark.pk), follow=True)
    remark.refresh_from_db()
    assert remark.handled_by == keeper
    assert response.context["remarks"] == []
    assert response.context["handled"] == remark
    signed_in.post(address("remark", remark.pk), {"zurueck": "1"})
    remark.refresh_from_db()
    assert remark.handled_at is None


def test_remarks_on_others_cannot_be_reached(signed_in):
    remark = make.organisation().remarks.create(text="Stimmt nicht.")
    signed_in.post(address("remark", remark.pk))
    remark.refresh_from_db()
    assert remark.handled_at is None
