"""One's own entry as an expert: step by step, nothing shown before one agrees, everything taken back at once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.models import Consent, Expert
from knowledge.directory.people.links import link_of
from knowledge.directory.people.wording import seen_mark, wording_for
from tests.factories.accounts import UserFactory
from tests.factories.directory import consent, expert
from tests.factories.topics import FieldOfActionFactory

pytestmark = pytest.mark.django_db
START = "/konto/fachperson/"
CAN = {"headline": "Anerkennung von Zeugnissen", "competences": "Zehn Jahre Beratung."}


@pytest.fixture
def person(client):
    person = UserFactory(display_name="Selam Tesfay", email="selam@kommune.example")
    client.force_login(person)
    return person


def step(slug):
    return reverse("own_expert:step", args=[slug])


def found_by_others():
    return Expert.objects.visible_to(UserFactory(staff=True)).exists()


def test_from_nothing_to_being_found_in_four_steps(client, person, mailoutbox, django_capture_on_commit_callbacks):
    field = FieldOfActionFactory()
    assert client.get(START).status_code == 200
    assert client.get(step("themen"))["Location"] == step("koennen")
    assert client.post(step("koennen"), CAN)["Location"] == step("themen")
    sent = {"fields_of_action": [field.pk], "languages": "Deutsch, Tigrinya", "municipality": ""}
    assert client.post(step("themen"), sent)["Location"] == step("bedingungen")
    answer = client.post(step("bedingungen"), {"conditions": "Nur abends", "audience": "staff"})
    assert answer["Location"] == reverse("own_expert:agree")
    assert not found_by_others()
    mine = Expert.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("own_expert:agree"), {"seen": seen_mark(mine)})
    assert found_by_others()
    assert (mine.languages, mine.audience, list(mine.fields_of_action.all())) == (["de", "ti"], "staff", [field])
    assert mine.consents.get().wording == wording_for(mine)
    (mail,) = mailoutbox
    assert link_of(mine) in mail.body
    for address in (START, step("koennen"), reverse("own_expert:agree"), mine.get_absolute_url()):
        assert client.get(address).status_code in (200, 404)


def test_every_step_is_kept_when_somebody_goes_on_later(client, person):
    assert client.post(step("koennen"), {**CAN, "later": "1"})["Location"] == START
    assert Expert.objects.get().headline == CAN["headline"]
    assert CAN["headline"] in client.get(START).content.decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("headline", "Fragen an Selam Tesfay"),
        ("competences", "Ich, SELAM  TESFAY, berate."),
        ("competences", "Schreiben Sie an selam@kommune.example"),
        ("competences", "Rufen Sie an: 0170 1234567"),
        ("competences", "Anruf unter +49 170/12 34 567"),
        ("competences", "Anruf unter 0170.123.4567"),
        ("competences", "selam (at) kommune.example"),
        ("headline", "Tesfay-Selam berät"),
        ("headline", "Sel\u200bam Tesfay berät"),
    ],
)
def test_an_entry_reveals_nobody(client, person, name, text):
    answer = client.post(step("koennen"), {**CAN, name: text})
    assert answer.status_code == 422
    assert not Expert.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Seit 2010 im Dienst",
        "Seit 01.01.2026",
        "Ich bin (at) home",
        "§ 16g AufenthG, 3+2-Regelung",
        "Kurse 2024/2025 in B1",
    ],
)
def test_years_and_paragraphs_are_no_addresses(client, person, text):
    assert client.post(step("koennen"), {**CAN, "competences": text}).status_code == 302


def test_an_unknown_language_or_audience_is_refused(client, person):
    expert(person)
    assert client.post(step("themen"), {"languages": "Klingonisch-Nord"}).status_code == 422
    assert client.post(step("bedingungen"), {"conditions": "", "audience": "public"}).status_code == 422


def test_words_that_changed_must_be_read_again(client, person):
    expert(person, consenting=False)
    client.post(reverse("own_expert:agree"), {"seen": "0" * 16})
    assert not Consent.objects.exists()


def test_hiding_and_showing_again(client, person):
    expert(person)
    client.post(reverse("own_expert:visibility"), {"hide": "1"})
    assert not found_by_others()
    assert Consent.objects.live().exists()
    client.post(reverse("own_expert:visibility"), {"hide": "0"})
    assert found_by_others()


def test_taking_the_consent_back_keeps_the_entry_for_oneself(client, person):
    mine = expert(person)
    client.post(reverse("own_expert:withdraw"))
    assert not found_by_others()
    assert mine.headline in client.get(START).content.decode()
    client.post(reverse("own_expert:agree"), {"seen": seen_mark(mine)})
    assert found_by_others()


def test_deleting_asks_once_and_removes_everything(client, person):
    expert(person)
    assert client.get(reverse("own_expert:delete")).status_code == 200
    assert Expert.objects.exists()
    client.post(reverse("own_expert:delete"))
    assert not Expert.objects.exists()
    assert not Consent.objects.exists()
    assert client.get(reverse("own_expert:delete")).status_code == 404


def test_by_the_link_in_a_mail_the_consent_is_taken_back_without_signing_in(client):
    somebody = expert()
    path = link_of(somebody).partition("://")[2].partition("/")[2]
    assert somebody.person.display_name not in client.get(f"/{path}").content.decode()
    assert found_by_others()
    client.post(f"/{path}", {"act": "withdraw"})
    assert not found_by_others()
    client.post(f"/{path}", {"act": "give", "seen": seen_mark(somebody)})
    assert not found_by_others()


def test_renewing_near_the_end(client, person):
    mine = expert(person, consenting=False)
    consent(expert=mine, expires_at=timezone.now() + datetime.timedelta(days=5))
    client.post(reverse("own_expert:renew"), {"seen": seen_mark(mine)})
    assert mine.consents.count() == 2
    assert (mine.consents.live().get().expires_at - timezone.now()).days > 700


@pytest.mark.parametrize("name", ["visibility", "renew", "withdraw"])
def test_acts_on_an_entry_that_is_not_there(client, person, name):
    assert client.get(reverse(f"own_expert:{name}")).status_code == 405
    assert client.post(reverse(f"own_expert:{name}")).status_code == 404


def test_unknown_steps_are_no_pages(client, person):
    assert client.get(step("geheim")).status_code == 404


def test_whoever_owes_the_second_factor_writes_nothing(client):
    client.force_login(UserFactory(staff=True, second_factor=False))
    assert client.post(step("koennen"), CAN).status_code in (302, 403)
    assert not Expert.objects.exists()


@pytest.mark.parametrize(("state", "found_again"), [("left", False), ("suspended", True)])
def test_who_leaves_the_network_must_agree_anew_on_coming_back(state, found_again):
    somebody = expert().person
    for new_state in (state, "active"):
        somebody.state = new_state
        somebody.save(update_fields=["state"])
    assert found_by_others() is found_again
