"""Sentences on mandates and qualifications, cards for address books, and the sketch of where they are."""

import datetime
from decimal import Decimal

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from knowledge.directory.enums import Assurance, MandateKind
from knowledge.directory.facts import mandate_statement, qualification_statement, registration_statement
from knowledge.directory.linked_data import linked_data_of
from knowledge.directory.maps import HEIGHT, WIDTH, sketch_of
from knowledge.directory.models import Mandate, Offer, OpeningTime, Organisation, Qualification, Registration
from knowledge.directory.offer_facts import cost_in_words, times_in_words
from knowledge.directory.people.shown import ShownContact
from knowledge.directory.profiles import Profile
from knowledge.directory.vcards import vcard_of
from portal.shared.html import linked_data

TODAY = datetime.date(2026, 11, 24)
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.mark.parametrize("kind", MandateKind.values)
def test_every_kind_of_mandate_is_a_whole_sentence_with_its_principal(kind):
    said = mandate_statement(Mandate(kind=kind, subject="Elternarbeit.", principal="Stadt Ravensfurt"), TODAY)
    assert said.lead.endswith("Elternarbeit.")
    assert any("Stadt Ravensfurt" in sentence for sentence in said.details)
    assert all(sentence.endswith(".") and not sentence.endswith("..") for sentence in (said.lead, *said.details))


@pytest.mark.parametrize("assurance", Assurance.values)
def test_who_says_so_stands_beside_every_statement(assurance):
    mandate = Mandate(
        kind="municipal", subject="x", assurance=assurance, confirmed_by="Jugendamt", confirmed_on=TODAY, reply="Doch."
    )
    said = mandate_statement(mandate, TODAY)
    assert said.standing
    assert ("Jugendamt" in said.standing) is (assurance == Assurance.CONFIRMED)
    assert said.is_in_doubt is (assurance == Assurance.DISPUTED)
    assert said.reply == "Doch."


def test_what_is_confirmed_and_what_is_declared_never_sound_alike():
    standings = {mandate_statement(Mandate(kind="grant", assurance=a), TODAY).standing for a in Assurance}
    assert len(standings) == len(Assurance)


@pytest.mark.parametrize("end", [TODAY, YESTERDAY, None])
def test_a_statement_whose_time_is_over_says_so_instead_of_being_confirmed(end):
    is_over = end == YESTERDAY
    for said in (
        mandate_statement(Mandate(kind="grant", assurance="confirmed", confirmed_by="Amt", valid_to=end), TODAY),
        qualification_statement(
            Qualification(kind="advice", assurance="confirmed", confirmed_by="Amt", valid_to=end), TODAY
        ),
        registration_statement(Registration(kind="azav", assurance="evidenced", valid_to=end), TODAY),
    ):
        assert (said.state == "expired") is is_over
        assert ("23. November 2026" in said.standing) is is_over


def test_the_register_is_named_with_number_and_court():
    said = registration_statement(
        Registration(kind="vereinsregister", number="VR 1", authority="Amtsgericht Ravensfurt"), TODAY
    )
    assert said.lead.endswith(": VR 1, Amtsgericht Ravensfurt")


def test_a_free_offer_shows_no_amount_that_was_left_behind():
    assert "45" not in cost_in_words(Offer(cost="free", amount=Decimal("45.00")))
    assert "45,00" in cost_in_words(Offer(cost="paid", amount=Decimal("45.00")))


def test_times_are_said_as_people_say_them():
    time = OpeningTime(weekday=1, opens=datetime.time(9), closes=datetime.time(12, 30), note="nach Anmeldung")
    assert "9:00" in times_in_words([time])
    assert "12:30" in times_in_words([time])
    assert "(nach Anmeldung)" in times_in_words([time])


_LATER = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(_TEXT, _TEXT, _TEXT)
def test_no_text_begins_a_field_of_a_card_that_nobody_meant(name, phone, function):
    organisation = Organisation(name=name or "x", slug="x", phone=phone, summary=function)
    written = vcard_of(organisation, [ShownContact(name, function, "", phone, _LATER)], address="https://x.example/")
    cards = list(vobject.readComponents(written))
    assert len(cards) == 2
    allowed = {"version", "n", "fn", "org", "uid", "source", "note", "email", "tel", "url", "adr", "title"}
    assert all(line.name.lower() in allowed for card in cards for line in card.getChildren())


def test_a_card_holds_what_a_person_agreed_to():
    contact = ShownContact("Selam Tesfay", "Vorsitz", "", "0299 1", _LATER)
    _club, person = vobject.readComponents(
        vcard_of(Organisation(name="Verein", slug="v"), [contact], address="https://x.example/")
    )
    assert (person.fn.value, person.title.value, person.tel.value) == ("Selam Tesfay", "Vorsitz", "0299 1")
    assert not hasattr(person, "email")


@given(_TEXT)
def test_a_block_for_machines_cannot_be_ended_from_within(text):
    block = linked_data({"name": f"</script><!--{text}"})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert ">" not in inside


@pytest.mark.django_db
def test_what_is_unknown_is_left_out_for_machines():
    organisation = Organisation.objects.create(name="Verein", slug="v")
    profile = Profile(organisation, [], [], [], [], [], [], [], [], [], [], [], [])
    told = linked_data_of(profile, address="https://x.example/verzeichnis/v/")
    assert set(told) == {"@context", "@type", "@id", "identifier", "name", "url", "mainEntityOfPage"}


_DEGREES = st.tuples(st.decimals(47, 55, places=5), st.decimals(6, 15, places=5))


@given(st.lists(_DEGREES, min_size=2, max_size=20))
def test_everything_on_the_sketch_lies_within_it(places):
    organisations = [Organisation(name=str(n), latitude=lat, longitude=lon) for n, (lat, lon) in enumerate(places)]
    sketch = sketch_of(list(enumerate(organisations, 1)))
    assert [dot.number for dot in sketch.dots] == list(range(1, len(places) + 1))
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in sketch.dots)
    assert 0 < sketch.scale_length <= WIDTH


def test_north_is_up_and_few_places_make_no_sketch():
    north = Organisation(name="n", latitude=Decimal(53), longitude=Decimal(9))
    south = Organisation(name="s", latitude=Decimal(50), longitude=Decimal(9))
    nowhere = Organisation(name="x")
    dots = sketch_of([(1, north), (2, south), (3, nowhere)]).dots
    assert dots[0].y < dots[1].y
    assert len(dots) == 2
    assert sketch_of([(1, north), (2, nowhere)]) is None
