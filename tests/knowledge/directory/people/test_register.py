"""The register of experts: who finds whom, what is told of them, and the filters."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.models import Expert
from tests.factories.accounts import UserFactory
from tests.factories.directory import consent, expert
from tests.factories.places import MunicipalityFactory
from tests.factories.topics import FieldOfActionFactory

pytestmark = pytest.mark.django_db
LIST = "/fachpersonen/"
NOW = timezone.now()


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def titles(client, query="") -> set[str]:
    return {view.headline for view in client.get(f"{LIST}{query}").context["experts"]}


@pytest.mark.parametrize("name", ["list", "requests"])
def test_strangers_are_led_to_the_door(client, name):
    answer = client.get(reverse(f"experts:{name}"))
    assert answer.status_code == 302
    assert "/konto/anmelden/" in answer["Location"]


def test_an_entry_is_for_signed_in_people(client):
    found = expert()
    for address in (found.get_absolute_url(), f"{found.get_absolute_url()}anfragen/"):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in (302, 401, 405)


@pytest.mark.parametrize(
    ("entry", "for_members", "for_staff"),
    [
        ({}, True, True),
        ({"audience": "staff"}, False, True),
        ({"is_hidden": True}, False, False),
        ({"consenting": False}, False, False),
    ],
    ids=str,
)
def test_who_finds_whom(client, entry, for_members, for_staff):
    found = expert(**entry)
    for person, expected in ((UserFactory(), for_members), (UserFactory(staff=True), for_staff)):
        client.force_login(person)
        assert titles(client) == ({found.headline} if expected else set())
        assert client.get(found.get_absolute_url()).status_code == (200 if expected else 404)
        assert client.get(f"{found.get_absolute_url()}anfragen/").status_code == (200 if expected else 404)


@pytest.mark.parametrize(
    "given", [{"withdrawn_at": NOW}, {"expires_at": NOW - datetime.timedelta(days=1)}], ids=["withdrawn", "run out"]
)
def test_without_a_live_consent_nobody_is_found(client, member, given):
    found = expert(consenting=False)
    consent(expert=found, **given)
    assert titles(client) == set()
    assert client.get(found.get_absolute_url()).status_code == 404


def test_who_may_not_sign_in_is_not_found(client, member):
    found = expert()
    found.person.state = "suspended"
    found.person.save(update_fields=["state"])
    assert titles(client) == set()


def test_whoever_owes_the_second_factor_finds_nobody(client):
    expert()
    client.force_login(UserFactory(staff=True, second_factor=False))
    assert not Expert.objects.visible_to(UserFactory(staff=True, second_factor=False)).exists()


def test_neither_name_nor_address_stands_anywhere(client, member):
    found = expert(UserFactory(display_name="Selam Kanarivogel", email="kanari@kommune.example"))
    told = "".join(
        client.get(address).content.decode()
        for address in (LIST, found.get_absolute_url(), f"{found.get_absolute_url()}anfragen/")
    )
    assert found.headline in told
    assert "Kanari" not in told
    assert "kanari" not in told
    assert f'"{found.person_id}"' not in told


def test_filters_narrow_and_values_of_one_filter_widen(client, member):
    education, work = FieldOfActionFactory(), FieldOfActionFactory()
    place = MunicipalityFactory()
    one = expert(fields_of_action=[education], languages=["ti", "de"], municipality=place).headline
    two = expert(fields_of_action=[education, work], languages=["ar"]).headline
    three = expert(languages=["de"]).headline
    assert titles(client) == {one, two, three}
    assert titles(client, f"?handlungsfeld={education.slug}") == {one, two}
    assert titles(client, f"?handlungsfeld={work.slug}") == {two}
    assert titles(client, "?sprache=ti&sprache=ar") == {one, two}
    assert titles(client, f"?sprache=de&kommune={place.ags}") == {one}
    assert titles(client, f"?sprache=ar&kommune={place.ags}") == set()
    assert titles(client, "?sprache=xx&kommune=nichts&seite=99") == {one, two, three}


def test_filters_count_only_whom_the_reader_finds(client, member):
    expert(languages=["ti"])
    expert(languages=["ti", "so"], audience="staff")
    (group,) = [group for group in client.get(LIST).context["filters"] if group["param"] == "sprache"]
    assert [(choice["value"], choice["count"]) for choice in group["choices"]] == [("ti", 1)]


@pytest.mark.parametrize("count", [2, 12])
def test_the_list_costs_the_same_however_long_it_is(client, member, django_assert_num_queries, count):
    fields = [FieldOfActionFactory() for _number in range(3)]
    place = MunicipalityFactory()
    for _number in range(count):
        expert(fields_of_action=fields, municipality=place)
    client.get(LIST)
    with django_assert_num_queries(13):
        client.get(LIST)


def test_the_list_is_in_pages(client, member):
    for _number in range(21):
        expert()
    assert len(titles(client)) == 20
    assert len(titles(client, "?seite=2")) == 1


@pytest.mark.parametrize("fields", [0, 5])
def test_an_entry_costs_the_same_whatever_it_says(client, member, django_assert_num_queries, fields):
    found = expert(fields_of_action=[FieldOfActionFactory() for _number in range(fields)], languages=["de", "ti"])
    client.get(found.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(found.get_absolute_url())


def test_experts_and_what_they_are_told_apart_by_stand_in_the_order_of_the_german_alphabet(client, member):
    for name in ("Zell", "Überlingen", "Ulm"):
        expert(headline=f"{name}-Beratung", municipality=MunicipalityFactory(name=name))
    context = client.get(LIST).context
    assert [view.headline for view in context["experts"]] == ["Überlingen-Beratung", "Ulm-Beratung", "Zell-Beratung"]
    (places,) = [group for group in context["filters"] if group["param"] == "kommune"]
    assert [choice["label"] for choice in places["choices"]] == ["Überlingen", "Ulm", "Zell"]
