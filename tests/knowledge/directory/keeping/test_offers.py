"""Offers: added, changed, paused, removed and taken back, all at once and never unseen."""

import pytest
from django.urls import reverse

from knowledge.directory.models import Offer
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
EMPTY = {
    "name": "Sprechstunde", "kind": "advice", "description": "Wir beraten.", "cost": "free", "amount": "",
    **{f"day_{day}": "" for day in range(1, 8)},
}  # fmt: skip


@pytest.fixture
def club():
    return make.organisation(slug="bruecken")


@pytest.fixture
def signed_in(client, club):
    client.force_login(UserFactory(roles=[("organisation_editor", club)]))
    return client


def address(name, *args):
    return reverse(f"keeping:{name}", args=["bruecken", *args])


def test_an_offer_is_added_with_access_cost_times_languages_and_accessibility(signed_in, club):
    typed = EMPTY | {
        "cost": "paid", "amount": "12,50", "day_2": "17–19", "spoken": ["ti"], "interpreted": "Dari",
        "accessibility": ["step-free"], "access_DU": "open", "access_FB": "on-condition", "note_FB": "mit Bescheid",
        "minimum_age": "16", "version": "1",
    }  # fmt: skip
    assert signed_in.post(address("offer_new"), typed).status_code == 302
    (offer,) = club.offers.all()
    assert (str(offer.amount), offer.minimum_age, offer.accessibility) == ("12.50", 16, ["step-free"])
    assert set(offer.access.values_list("status", "access", "note")) == {
        ("DU", "open", ""), ("FB", "on-condition", "mit Bescheid"),
    }  # fmt: skip
    assert set(offer.languages.values_list("code", "with_interpreter")) == {("ti", False), ("prs", True)}
    assert [f"{row.opens:%H:%M}" for row in offer.opening_times.all()] == ["17:00"]
    # Read again by its form, it says the same.
    page = signed_in.get(address("offer", offer.pk)).content.decode()
    assert "17:00–19:00" in page
    assert "12,50" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"name": ""}, "name"), ({"minimum_age": "30", "maximum_age": "20"}, "__all__"), ({"day_1": "25–26"}, "day_1"),
     ({"day_1": "12–9"}, "day_1"), ({"amount": "viel"}, "amount")],
)  # fmt: skip
def test_a_wrong_entry_is_said_and_nothing_is_saved(signed_in, club, typed, field):
    response = signed_in.post(address("offer_new"), EMPTY | {"version": "1"} | typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not club.offers.exists()


def test_an_offer_can_pause_and_take_place_again(signed_in, club):
    offer = make.offer(club)
    signed_in.post(address("offer_pause", offer.pk), {"version": "1"})
    offer.refresh_from_db()
    assert not offer.is_active
    signed_in.post(address("offer_pause", offer.pk), {"weiter": "1", "version": "2"})
    offer.refresh_from_db()
    assert offer.is_active


def test_a_removed_offer_is_taken_back_under_its_old_address(signed_in, club):
    offer = make.offer(club, languages=["ti"], access={"DU": "open"}, times=[(1, "09:00", "12:00")])
    anchor = offer.anchor
    assert signed_in.get(address("offer_remove", offer.pk)).status_code == 200
    assert Offer.objects.exists()
    signed_in.post(address("offer_remove", offer.pk), {"version": "1"})
    assert not Offer.objects.exists()
    page = signed_in.get(address("part", "angebote"))
    (removed,) = page.context["removed"]
    signed_in.post(address("offer_take_back"), {"uid": removed["uid"], "version": removed["number"], "stand": "2"})
    (back,) = club.offers.all()
    assert (back.uid, back.anchor) == (offer.uid, anchor)
    assert back.languages.get().code == "ti"
    assert back.access.get().status == "DU"
    assert f"{back.opening_times.get().closes:%H:%M}" == "12:00"


def test_two_people_may_change_two_offers_but_not_one_unseen(signed_in, club):
    first, second = make.offer(club, name="Erstes"), make.offer(club, name="Zweites")
    assert signed_in.post(address("offer", first.pk), EMPTY | {"name": "Neu", "version": "1"}).status_code == 302
    assert signed_in.post(address("offer", second.pk), EMPTY | {"name": "Auch neu", "version": "1"}).status_code == 302
    response = signed_in.post(address("offer", first.pk), EMPTY | {"name": "Alter Tab", "version": "1"})
    assert response.status_code == 409
    assert "Alter Tab" in response.content.decode()
    first.refresh_from_db()
    assert first.name == "Neu"


def test_an_offer_is_neither_removed_nor_paused_nor_taken_back_after_a_colleague_changed_it(signed_in, club):
    offer = make.offer(club, name="Erstes")
    assert signed_in.get(address("offer_remove", offer.pk)).context["version"] == 1
    signed_in.post(address("offer", offer.pk), EMPTY | {"name": "Von der Kollegin", "version": "1"})
    response = signed_in.post(address("offer_remove", offer.pk), {"version": "1"})
    assert response.status_code == 409
    signed_in.post(address("offer_pause", offer.pk), {"version": "1"})
    offer.refresh_from_db()
    assert (offer.name, offer.is_active) == ("Von der Kollegin", True)
    signed_in.post(address("offer_take_back"), {"uid": str(offer.uid), "version": "1", "stand": "1"})
    offer.refresh_from_db()
    assert offer.name == "Von der Kollegin"
    # Having seen it, the person removes it.
    assert (
        signed_in.post(address("offer_remove", offer.pk), {"version": response.context["version"]}).status_code == 302
    )
    assert not Offer.objects.exists()


def test_a_form_that_comes_back_with_errors_does_not_pass_for_one_read_just_now(signed_in, club):
    offer = make.offer(club, name="Erstes")
    signed_in.post(address("offer", offer.pk), EMPTY | {"name": "Von der Kollegin", "version": "1"})
    response = signed_in.post(address("offer", offer.pk), EMPTY | {"name": "", "version": "1"})
    assert (response.status_code, response.context["version"]) == (422, 1)
    assert signed_in.post(address("offer", offer.pk), EMPTY | {"name": "Alt", "version": "1"}).status_code == 409


def test_a_form_that_is_sent_twice_makes_one_offer(signed_in, club):
    uid = str(signed_in.get(address("offer_new")).context["uid"])
    for _click in range(2):
        assert signed_in.post(address("offer_new"), EMPTY | {"version": "1", "uid": uid}).status_code == 302
    assert str(club.offers.get().uid) == uid
    # Sent once more with other words, it is no click but a change, which is not saved unseen.
    response = signed_in.post(address("offer_new"), EMPTY | {"version": "1", "uid": uid, "name": "Anders"})
    assert response.status_code == 409
    assert club.offers.get().name == "Sprechstunde"


def test_a_new_offer_never_takes_the_key_of_anothers(signed_in, club):
    other = make.offer(name="Von anderen")
    signed_in.post(address("offer_new"), EMPTY | {"version": "1", "uid": str(other.uid)})
    other.refresh_from_db()
    assert other.name == "Von anderen"
    assert club.offers.get().uid != other.uid


def test_the_line_ends_of_browsers_change_nothing(signed_in, club):
    offer = make.offer(club, name="Sprechstunde", cost="free", description="Erste Zeile\nzweite Zeile")
    typed = EMPTY | {"description": "Erste Zeile\r\nzweite Zeile", "version": "1"}
    signed_in.post(address("offer", offer.pk), typed)
    club.refresh_from_db()
    assert club.version == 1


def test_the_offers_of_others_cannot_be_reached(signed_in):
    other = make.offer()
    for name in ("offer", "offer_pause", "offer_remove"):
        assert signed_in.post(address(name, other.pk), EMPTY).status_code == 404
    assert signed_in.post(address("offer_take_back"), {"uid": str(other.uid), "version": "1"}).status_code == 404
    assert Offer.objects.filter(pk=other.pk, is_active=True).exists()


def test_the_list_of_offers_costs_the_same_however_many_there_are(signed_in, club, django_assert_max_num_queries):
    make.offer(club)
    signed_in.get(address("part", "angebote"))
    with django_assert_max_num_queries(13):
        signed_in.get(address("part", "angebote"))
    for _number in range(5):
        make.offer(club, languages=["ti"])
    with django_assert_max_num_queries(13):
        signed_in.get(address("part", "angebote"))
