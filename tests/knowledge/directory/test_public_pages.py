"""What readers see of the directory: the list with its filters, profiles, address cards, remarks."""

import datetime
import json
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import EntryState
from knowledge.directory.models import EntryRemark
from knowledge.directory.presentation import REMARKS_PER_HOUR
from portal.settings import base
from tests.factories import directory
from tests.factories.accounts import UserFactory
from tests.factories.pages import directory_index
from tests.factories.places import MunicipalityFactory
from tests.factories.topics import FieldOfActionFactory

pytestmark = pytest.mark.django_db
LIST = "/verzeichnis/"


@pytest.fixture(autouse=True)
def index():
    return directory_index()


def names(client, **query) -> list[str]:
    return [entry["organisation"].name for entry in client.get(LIST, query).context["entries"]]


@pytest.mark.parametrize("state", EntryState.values)
def test_readers_find_published_and_dormant_entries_alone(client, state):
    club = directory.organisation(state=state)
    is_shown = state in ("live", "dormant")
    assert names(client) == ([club.name] if is_shown else [])
    for address in (club.get_absolute_url(), reverse("directory_vcard", args=[club.slug])):
        assert client.get(address).status_code == (200 if is_shown else 404)


def test_entries_for_members_are_found_by_members_alone(client):
    club = directory.organisation(audience="member")
    assert names(client) == []
    assert client.get(club.get_absolute_url()).status_code == 404
    client.force_login(UserFactory())
    assert names(client) == [club.name]
    assert client.get(club.get_absolute_url()).status_code == 200


def test_a_closed_directory_closes_profiles_and_cards(client, index):
    club = directory.organisation()
    index.chosen_audience = "member"
    index.save()
    assert client.get(club.get_absolute_url()).status_code == 404
    assert client.get(reverse("directory_vcard", args=[club.slug])).status_code == 404


def test_every_filter_keeps_what_fits_and_nothing_else(client):
    field, place, seat = FieldOfActionFactory(slug="schule"), MunicipalityFactory(), MunicipalityFactory()
    fitting = directory.organisation(
        name="Passend", kind="council", municipality=seat, areas=[place], fields_of_action=[field], languages=["so"]
    )
    directory.offer(fitting, kind="parents", languages=["ti"])
    directory.mandate(fitting, assurance="confirmed")
    other = directory.organisation(name="Anders", languages=["de"])
    directory.offer(other, kind="advice")
    directory.mandate(other, valid_from=None, valid_to=datetime.date(2020, 1, 1))
    for query in (
        {"handlungsfeld": "schule"}, {"angebot": "parents"}, {"sprache": "so"}, {"sprache": "ti"},
        {"kommune": place.ags}, {"kommune": seat.ags}, {"art": "council"}, {"auftrag": "confirmed"},
        {"handlungsfeld": "schule", "angebot": "parents", "sprache": "ti", "auftrag": "confirmed"},
    ):  # fmt: skip
        assert names(client, **query) == ["Passend"], query
    assert names(client, auftrag="expired") == ["Anders"]
    assert names(client, art="council", sprache="de") == []
    assert names(client, sprache=["so", "de"]) == ["Anders", "Passend"]


def test_the_field_of_an_offer_is_enough(client):
    field = FieldOfActionFactory(slug="sprache")
    club = directory.organisation()
    directory.offer(club, fields_of_action=[field])
    directory.offer(club, fields_of_action=[field])
    assert names(client, handlungsfeld="sprache") == [club.name]
    assert count_of(client, "handlungsfeld", "sprache") == 1


def count_of(client, param: str, value: str, **query) -> int | None:
    for group in client.get(LIST, query).context["filters"]:
        for choice in group["choices"]:
            if (group["param"], choice["value"]) == (param, value):
                return choice["count"]
    return None


def test_an_offer_that_does_not_take_place_is_no_offer(client):
    club = directory.organisation()
    directory.offer(club, name="Ruht gerade", kind="parents", languages=["ti"], is_active=False)
    assert names(client, angebot="parents") == names(client, sprache="ti") == []
    assert count_of(client, "angebot", "parents") is None
    html = client.get(club.get_absolute_url()).text
    before, _, _after = html.partition("Ruht gerade")
    assert "<li>" in before[-10:], "It is named below the others, so that nobody looks for it in vain."
    assert "tigrinya" not in html.casefold()


def test_the_numbers_say_what_would_be_left(client):
    for languages in (["ti", "de"], ["de"], ["de"]):
        directory.organisation(languages=languages, kind="mso" if "ti" in languages else "council")
    assert count_of(client, "sprache", "de") == 3
    assert count_of(client, "sprache", "ti", art="council") is None
    assert count_of(client, "sprache", "de", art="council") == 2
    # The values of one filter widen, so its own choice does not lower its other numbers.
    assert count_of(client, "sprache", "de", sprache="ti") == 3


def test_the_numbers_of_a_place_count_an_organisation_once(client):
    place = MunicipalityFactory()
    directory.organisation(municipality=place, areas=[place])
    directory.organisation(areas=[place])
    assert count_of(client, "kommune", place.ags) == 2


DISTRICT, TOWN, OTHER_TOWN, UNNAMED_TOWN, CITY = "03499000", "03499001", "03499002", "03499003", "03498000"
#: What is chosen, and who is found: `district` and `town` work there, `other` has its seat in another town of it.
PLACES = {
    DISTRICT: {"district", "town", "other"},
    TOWN: {"district", "town"},
    OTHER_TOWN: {"district", "other"},
    UNNAMED_TOWN: {"district"},
    CITY: {"city"},
}


@pytest.mark.parametrize("chosen", PLACES)
def test_who_is_there_for_a_district_is_there_for_its_towns_and_its_towns_are_in_it(client, chosen):
    made = {ags: MunicipalityFactory(ags=ags) for ags in PLACES}
    directory.organisation(name="district", areas=[made[DISTRICT]])
    directory.organisation(name="town", municipality=made[TOWN])
    directory.organisation(name="other", municipality=made[OTHER_TOWN], kind="council")
    directory.organisation(name="city", municipality=made[CITY])
    assert set(names(client, kommune=chosen)) == PLACES[chosen]
    assert count_of(client, "kommune", chosen, kommune=chosen) == len(PLACES[chosen])
    # Beside other filters, and where nobody has chosen it yet.
    councils = len(PLACES[chosen] & {"other"})
    assert (count_of(client, "art", "council", kommune=chosen) or 0) == councils
    assert (count_of(client, "kommune", chosen) or 0) == (len(PLACES[chosen]) if chosen != UNNAMED_TOWN else 0)


def test_values_of_a_filter_stand_in_the_order_of_the_german_alphabet(client):
    for name in ("Zell", "Überlingen", "Ulm"):
        directory.organisation(municipality=MunicipalityFactory(name=name))
    (places,) = [group for group in client.get(LIST).context["filters"] if group["param"] == "kommune"]
    assert [choice["label"] for choice in places["choices"]] == ["Überlingen", "Ulm", "Zell"]


def test_kept_numbers_follow_a_change_at_once_and_differ_by_reader(client):
    directory.organisation(languages=["ti"])
    assert count_of(client, "sprache", "ti") == 1
    directory.organisation(languages=["ti"])
    directory.organisation(languages=["ti"], audience="member")
    assert count_of(client, "sprache", "ti") == 2
    client.force_login(UserFactory())
    assert count_of(client, "sprache", "ti") == 3


def test_chosen_filters_are_chips_that_can_be_taken_away(client):
    directory.organisation(languages=["ti"], kind="council")
    chips = client.get(LIST, {"sprache": "ti", "art": "council"}).context["chips"]
    assert [chip["url"] for chip in chips] == ["?art=council", "?sprache=ti"]
    assert chips[0]["label"] == "Tigrinya"


@pytest.mark.parametrize(
    "query",
    ["sprache=x", "sprache=und", "kommune=zzz", "art=%00", "auftrag=great", "seite=99999999999999", "seite=x",
     "sortierung=x", "handlungsfeld=%ff", "sprache=" + "a" * 5000, "kommune=%F0%9F%98%80"],
)  # fmt: skip
def test_no_address_is_an_error(client, query):
    directory.organisation()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(response.context["entries"]) == 1


def test_a_choice_without_hits_names_what_to_do(client):
    directory.organisation(kind="mso")
    html = client.get(LIST, {"art": "school"}).text
    assert "empty-state" in html
    assert 'role="search"' in html
    empty = client.get(LIST, {"art": "school"}).context["chips"]
    assert len(empty) == 1


def test_an_empty_directory_says_what_will_stand_here(client):
    assert reverse("contact") in client.get(LIST).text


def test_the_list_is_paginated_and_sorted(client):
    for number in range(25):
        directory.organisation(
            name=f"Verein {number:02}", confirmed_at=timezone.now() - datetime.timedelta(days=number)
        )
    assert names(client)[0] == "Verein 00"
    assert len(names(client)) == 20
    assert names(client, seite=2) == [f"Verein {number}" for number in range(20, 25)]
    assert names(client, sortierung="bestaetigt")[0] == "Verein 00"


#: Parts of a profile in the order in which a reader needs them.
PARTS = ["wer-wir-sind", "angebote", "auftrag", "qualifikation", "zusammenarbeit", "kontakt", "verlauf"]


def furnished(**fields):
    club = directory.organisation(text="Wir sind da.", languages=["de", "ti"], **fields)
    directory.offer(club, languages=["ti"], access={"DU": "open"}, times=[(1, datetime.time(9), datetime.time(12))])
    directory.mandate(club)
    directory.qualification(club)
    directory.registration(club)
    return club


def test_a_profile_begins_with_who_they_are_and_ends_with_how_current_it_is(client):
    html = client.get(furnished().get_absolute_url()).text
    places = [html.index(f'<section class="profile__part" id="{part}"') for part in PARTS]
    assert places == sorted(places)
    assert html.count("<h1") == 1


def test_dormant_entries_and_those_without_capacity_say_so(client):
    dormant = client.get(furnished(state="dormant").get_absolute_url())
    assert "notice--warning" in dormant.text
    resting = client.get(furnished(takes_requests=False).get_absolute_url())
    assert "notice--info" in resting.text
    assert "notice--" not in client.get(furnished().get_absolute_url()).text


def test_words_in_another_language_are_marked_as_such(client):
    club = directory.organisation(text="Deutsch zuerst")
    directory.description(club, "مرحبا", language="ar")
    html = client.get(club.get_absolute_url()).text
    assert re.search(r'lang="ar" dir="auto"><p>مرحبا', html)
    assert html.index("Deutsch zuerst") < html.index("مرحبا")


def test_members_of_an_umbrella_are_those_the_reader_may_see(client):
    umbrella = directory.organisation(kind="mso-umbrella")
    shown = directory.organisation(name="Offen", umbrellas=[umbrella])
    directory.organisation(name="Nur für Mitglieder", umbrellas=[umbrella], audience="member")
    directory.organisation(name="Noch Entwurf", umbrellas=[umbrella], state="draft")
    html = client.get(umbrella.get_absolute_url()).text
    assert shown.name in html
    assert "Nur für Mitglieder" not in html
    assert "Noch Entwurf" not in html
    assert umbrella.name in client.get(shown.get_absolute_url()).text


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u2028"


def test_nothing_that_organisations_write_is_markup(client):
    club = furnished(name=HOSTILE, summary=HOSTILE, conditions=HOSTILE, responsibility=HOSTILE, city=HOSTILE)
    directory.offer(club, name=HOSTILE, description=HOSTILE, place=HOSTILE)
    directory.mandate(club, subject=HOSTILE, reply=HOSTILE, assurance="disputed")
    directory.description(club, HOSTILE, language="en")
    html = client.get(club.get_absolute_url()).text + client.get(LIST).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
    assert json.loads(block)["name"] == HOSTILE
    assert "\u2028" not in block


def test_machines_read_the_facts_and_no_person(client):
    club = furnished(municipality=MunicipalityFactory(), city="Ravensfurt", email="verein@verein.example")
    person = directory.contact(club)
    html = client.get(club.get_absolute_url()).text
    block = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert block["email"] == "verein@verein.example"
    assert block["makesOffer"][0]["itemOffered"]["availableChannel"]["availableLanguage"] == ["ti"]
    assert person.name in html
    assert person.name not in json.dumps(block, ensure_ascii=False)
    assert not {"aggregateRating", "review", "award"} & set(block)


def test_persons_stand_on_pages_that_no_cache_keeps_and_only_with_what_they_agreed_to(client):
    club = furnished()
    person = directory.contact(club, shown=["name"])
    silent = directory.contact(club, consenting=False)
    response = client.get(club.get_absolute_url())
    assert person.name in response.text
    assert person.email not in response.text
    assert silent.name not in response.text
    assert response["Cache-Control"] == "no-store"
    person.consents.update(withdrawn_at=timezone.now())
    assert person.name not in client.get(club.get_absolute_url()).text


def test_passing_on_needs_nobody_else(client):
    club = furnished(name="Verein & Freunde")
    html = client.get(club.get_absolute_url()).text
    assert 'href="mailto:?subject=Verein%20%26%20Freunde' in html
    assert not re.search(r'(?:src|href)="https?://(?!testserver|verein\.example)', html.split("<main")[0])


def test_what_other_rooms_offer_stands_on_the_profile(client, monkeypatch):
    from knowledge.directory import profile_actions
    from knowledge.directory.profile_actions import ProfileAction, register_profile_action

    monkeypatch.setattr(profile_actions, "_providers", {})
    register_profile_action("ask", lambda one, user: ProfileAction("Fragen", f"/fragen/{one.slug}/"))
    register_profile_action("nothing", lambda one, user: None)
    club = furnished()
    assert f'<a class="button" href="/fragen/{club.slug}/">Fragen</a>' in client.get(club.get_absolute_url()).text


def remark_address(club) -> str:
    return f"{club.get_absolute_url()}rueckmeldung/"


def test_a_remark_reaches_the_organisation(client, django_capture_on_commit_callbacks):
    club = directory.organisation(email="verein@verein.example")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(remark_address(club), {"text": "Die Nummer ist falsch.", "email": "ich@kommune.example"})
    assert response["Location"].endswith("?gesendet=1")
    remark = EntryRemark.objects.get()
    assert (remark.organisation, remark.text, remark.handled_at) == (club, "Die Nummer ist falsch.", None)
    (letter,) = mail.outbox
    assert letter.to == ["verein@verein.example"]
    html = letter.alternatives[0].content
    for words in ("Die Nummer ist falsch.", "ich@kommune.example", club.get_absolute_url()):
        assert words in letter.body
        assert words in html
    assert client.get(response["Location"]).status_code == 200


def test_a_remark_on_an_entry_without_address_goes_to_the_editors(client, settings, django_capture_on_commit_callbacks):
    club = directory.organisation(email="")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(remark_address(club), {"text": "Gibt es nicht mehr."})
    assert mail.outbox[0].to == [settings.EDITOR_EMAIL]


def test_programs_are_thanked_and_not_listened_to(client):
    club = directory.organisation()
    response = client.post(remark_address(club), {"text": "Kauf", "website": "https://werbung.example"})
    assert response.status_code == 302
    assert not EntryRemark.objects.exists()
    assert not mail.outbox


def test_remarks_are_limited_and_nothing_typed_is_lost(client, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    club = directory.organisation()
    for _ in range(REMARKS_PER_HOUR):
        assert client.post(remark_address(club), {"text": "x"}).status_code == 302
    response = client.post(remark_address(club), {"text": "Noch etwas"})
    assert response.status_code == 429
    assert "Noch etwas" in response.text


@pytest.mark.parametrize("sent", [{}, {"text": " "}, {"text": "x" * 2001}, {"text": "gut", "email": "kaputt"}])
def test_a_remark_that_says_nothing_comes_back(client, sent):
    response = client.post(remark_address(directory.organisation()), sent)
    assert response.status_code == 422
    assert "error-summary" in response.text
    assert not EntryRemark.objects.exists()


def test_remarks_are_guarded_against_other_sites():
    club = directory.organisation()
    assert Client(enforce_csrf_checks=True).post(remark_address(club), {"text": "x"}).status_code == 403


@pytest.fixture
def many():
    """Ten entries with everything; a list or a profile must not cost more for them."""
    field, place = FieldOfActionFactory(), MunicipalityFactory()
    umbrella = directory.organisation(kind="mso-umbrella")
    for _ in range(10):
        club = furnished(municipality=place, areas=[place], fields_of_action=[field], umbrellas=[umbrella])
        directory.offer(club, languages=["ti", "de"], fields_of_action=[field])
        directory.contact(club)
    return club


#: Queries of an anonymous reader, with kept numbers; a change here is a decision.
COSTS = {LIST: 18, f"{LIST}?art=mso&sprache=ti": 18, "profile": 28}


@pytest.mark.parametrize("what", COSTS)
def test_pages_cost_what_is_written_here(client, many, django_assert_num_queries, what):
    address = many.get_absolute_url() if what == "profile" else what
    client.get(address)
    with django_assert_num_queries(COSTS[what]):
        assert client.get(address).status_code == 200
