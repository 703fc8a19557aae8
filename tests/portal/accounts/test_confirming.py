"""Giving rights asks once more who it is, and loses nothing that was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Invitation
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory
from tests.portal.accounts.people import local_administrator, network_administrator, organisation, working_group

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"


@pytest.fixture
def place():
    return MunicipalityFactory(name="Ravensfurt")


def asks(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_reauthenticate"))


def confirm(client, asked):
    return client.post(asked["Location"], {"password": PASSWORD})


def role_at(place) -> dict:
    today = timezone.localdate().strftime("%d.%m.%Y")
    return {"target": f"municipality:{place.pk}", "valid_from": today, "reason": "Neu im Amt"}


@pytest.mark.parametrize("role", ["staff", "administrator", "editor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_before_a_role_is_given_the_password_is_asked_once_more(client, place, role, method):
    client.force_login(network_administrator())
    person = UserFactory(municipality=place)
    pages = [
        f"/personen/{person.pk}/rolle-geben/?rolle={role}",
        f"/personen/einladen/?rolle={role}",
        f"/personen/gruppe/{working_group().pk}/einladen/",
        f"/personen/organisation/{organisation().pk}/einladen/",
    ]
    for page in pages:
        assert asks(getattr(client, method)(page, {"email": "neu@k.example"} if method == "post" else {})), page
    assert not person.role_assignments.exists()
    assert not Invitation.objects.exists()


def test_a_mere_member_is_invited_without_it(client):
    client.force_login(network_administrator())
    assert client.get("/personen/einladen/?rolle=mitglied").status_code == 200
    assert client.post("/personen/einladen/?rolle=mitglied", {"email": "neu@k.example"}).status_code == 302
    assert Invitation.objects.exists()


def test_who_confirms_comes_back_to_the_form(client, place):
    client.force_login(local_administrator(place))
    path = f"/personen/{UserFactory(municipality=place).pk}/rolle-geben/?rolle=administrator"
    assert confirm(client, client.get(path))["Location"] == path
    assert client.get(path).status_code == 200


def test_what_was_sent_when_the_confirmation_had_run_out_is_done_afterwards(client, place):
    client.force_login(local_administrator(place))
    person = UserFactory(municipality=place)
    path = f"/personen/{person.pk}/rolle-geben/?rolle=administrator"
    asked = client.post(path, role_at(place))
    assert asks(asked)
    assert not person.role_assignments.exists()
    assert confirm(client, asked)["Location"] == f"/personen/{person.pk}/"
    assert [(held.role, held.reason) for held in person.role_assignments.all()] == [("administrator", "Neu im Amt")]


def test_a_wrong_password_gives_nothing(client, place):
    client.force_login(local_administrator(place))
    person = UserFactory(municipality=place)
    asked = client.post(f"/personen/{person.pk}/rolle-geben/?rolle=staff", role_at(place))
    assert client.post(asked["Location"], {"password": "falsch-aber-lang"}).status_code == 200
    assert not person.role_assignments.exists()


def test_who_turned_away_and_confirms_something_else_later_gives_nothing(client, place):
    administrator = local_administrator(place)
    client.force_login(administrator)
    person = UserFactory(municipality=place)
    assert asks(client.post(f"/personen/{person.pk}/rolle-geben/?rolle=staff", role_at(place)))
    leaving = reverse("account_leave")
    assert confirm(client, client.get(leaving))["Location"] == leaving
    assert not person.role_assignments.exists()


def test_an_outsider_learns_by_the_question_nothing(client, place):
    person = UserFactory(municipality=place)
    for outsider in (UserFactory(), local_administrator(MunicipalityFactory())):
        client.force_login(outsider)
        assert client.get(f"/personen/{person.pk}/rolle-geben/?rolle=staff").status_code == 404


def test_the_second_factor_confirms_where_there_is_no_password(client, place):
    administrator = local_administrator(place)
    administrator.set_unusable_password()
    administrator.save()
    client.force_login(administrator)
    asked = client.get(f"/personen/{UserFactory(municipality=place).pk}/rolle-geben/?rolle=staff")
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_new_role_is_told_by_mail(client, place, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(network_administrator())
    path = "/personen/{}/rolle-geben/?rolle=staff"
    fresh, equipped = UserFactory(municipality=place), UserFactory(municipality=place, second_factor=True)
    confirm(client, client.get(path.format(fresh.pk)))
    for person in (fresh, equipped):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(path.format(person.pk), {**role_at(place), "valid_to": "1. Dezember 2099"})
    assert [mail.to for mail in mailoutbox] == [[fresh.email], [equipped.email]]
    assert mailoutbox[0].subject.endswith("Neue Rolle: Beschäftigte der Kommunen")
    assert "1. Dezember 2099" in mailoutbox[0].body
    assert "Ravensfurt" in mailoutbox[0].body
    assert "Neu im Amt" not in mailoutbox[0].body
    assert [reverse("mfa_index") in mail.body for mail in mailoutbox] == [True, False]
