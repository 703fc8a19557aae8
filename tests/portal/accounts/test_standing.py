import datetime
import time

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from portal.accounts.actions.deletion import delete_due_accounts
from portal.accounts.actions.farewell import TooLateError, request_deletion, take_back_deletion
from portal.accounts.actions.standing import change_person, reinstate, sign_out_everywhere, suspend
from portal.accounts.enums import AccountState
from portal.accounts.models import User
from portal.accounts.session_limits import NOTED_EVERY, SEEN_KEY
from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory
from tests.portal.accounts.people import local_administrator, network_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory()


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person)
    # As if signing in lay some minutes back, so that the request is noted in the list of sessions.
    session = browser.session
    session[SEEN_KEY] = time.time() - 2 * NOTED_EVERY
    session.save()
    browser.get("/konto/")
    return browser


ACTORS = ["network", "local", "local elsewhere", "editor", "member", "without factor"]


def actor_named(name, place):
    return {
        "network": network_administrator,
        "local": lambda: local_administrator(place),
        "local elsewhere": lambda: local_administrator(MunicipalityFactory()),
        "editor": lambda: UserFactory(editor=True, municipality=place),
        "member": lambda: UserFactory(municipality=place),
        "without factor": lambda: UserFactory(roles=["administrator"], second_factor=False),
    }[name]()


@pytest.mark.parametrize("name", ACTORS)
def test_only_who_administers_a_person_suspends_them_lets_them_in_and_ends_sessions(name, place):
    person, actor = UserFactory(municipality=place), actor_named(name, place)
    acts = [
        lambda: suspend(by=actor, person=person, reason="Verdacht"),
        lambda: reinstate(by=actor, person=person, reason="Geklärt"),
        lambda: sign_out_everywhere(by=actor, person=person, reason="Telefon verloren"),
        lambda: change_person(by=actor, person=person, display_name="Neu", municipality=place),
    ]
    if name in ("network", "local"):
        for act in acts:
            act()
        logged = ["account.changed", "account.sessions_ended", "account.reinstated", "account.suspended"]
        assert list(AuditEntry.objects.values_list("action", flat=True)[:4]) == logged
        return
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    person.refresh_from_db()
    assert person.is_active
    assert not AuditEntry.objects.filter(action__startswith="account.").exists()


def test_suspending_signs_out_at_once_and_keeps_the_roles_for_later(place):
    administrator = network_administrator()
    person = UserFactory(roles=[("staff", place)])
    browsers = [signed_in(person), signed_in(person)]
    assert UserSession.objects.filter(user=person).count() == 2
    assert suspend(by=administrator, person=person, reason="Verdacht") == 2
    assert not UserSession.objects.filter(user=person).exists()
    for browser in browsers:
        assert browser.get("/konto/").status_code == 302
    person.refresh_from_db()
    assert (person.state, person.is_active) == (AccountState.SUSPENDED, False)
    assert person.live_roles == ()
    entry = AuditEntry.objects.get(action="account.suspended")
    assert (entry.before, entry.after, entry.reason) == ({"state": "active"}, {"state": "suspended"}, "Verdacht")
    reinstate(by=administrator, person=person, reason="Geklärt")
    person.refresh_from_db()
    assert len(person.live_roles) == 1


def test_nobody_suspends_themselves_and_so_one_administrator_is_always_left():
    one, other = network_administrator(), network_administrator()
    with pytest.raises(PermissionDenied):
        suspend(by=one, person=one, reason="Ich gehe")
    stale = User.objects.get(pk=other.pk)
    assert stale.administers_network
    suspend(by=one, person=other, reason="Streit")
    # The other one pressed the button at the same moment, with rights that were looked up before.
    with pytest.raises(PermissionDenied):
        suspend(by=stale, person=one, reason="Streit")
    one.refresh_from_db()
    assert one.administers_network


def test_the_administrator_of_a_municipality_has_no_say_over_people_of_the_network(place):
    actor, editor = local_administrator(place), UserFactory(editor=True, municipality=place)
    with pytest.raises(PermissionDenied):
        suspend(by=actor, person=editor, reason="Streit")


def test_the_administrator_of_a_municipality_moves_nobody_out_of_it(place):
    actor, person = local_administrator(place), UserFactory(municipality=place)
    for elsewhere in (MunicipalityFactory(), None):
        with pytest.raises(PermissionDenied):
            change_person(by=actor, person=person, display_name="Neu", municipality=elsewhere)


def test_what_did_not_change_is_not_logged(place):
    person = UserFactory(municipality=place)
    change_person(by=network_administrator(), person=person, display_name=person.display_name, municipality=place)
    assert not AuditEntry.objects.filter(action="account.changed").exists()


@pytest.mark.parametrize("offset", [0, 9])
def test_a_resident_who_administers_another_municipality_is_suspended_by_the_network_alone(client, place, offset):
    begins = timezone.localdate() + datetime.timedelta(days=offset)
    elsewhere = ("administrator", MunicipalityFactory(), {"valid_from": begins})
    person, actor = UserFactory(municipality=place, roles=[elsewhere]), local_administrator(place)
    with pytest.raises(PermissionDenied):
        suspend(by=actor, person=person, reason="Streit")
    client.force_login(actor)
    page = f"/personen/{person.pk}/"
    assert f"{page}sperren/" not in client.get(page).content.decode()
    assert client.get(f"{page}sperren/").status_code == client.get(f"{page}entsperren/").status_code == 404
    suspend(by=network_administrator(), person=person, reason="Verdacht")
    with pytest.raises(PermissionDenied):
        reinstate(by=actor, person=person, reason="Geklärt")


def test_a_colleague_who_administers_the_same_municipality_is_suspended_as_before(client, place):
    person, actor = local_administrator(place), local_administrator(place)
    client.force_login(actor)
    assert "/sperren/" in client.get(f"/personen/{person.pk}/").content.decode()
    suspend(by=actor, person=person, reason="Verdacht")
    reinstate(by=actor, person=person, reason="Geklärt")


def test_an_account_that_waits_for_its_deletion_is_suspended_and_goes_on_waiting(client, place, mailoutbox):
    actor, person = local_administrator(place), UserFactory(municipality=place, display_name="Jürgen Groß")
    farewell = request_deletion(by=person, keeps_name=False)
    client.force_login(actor)
    page = f"/personen/{person.pk}/"
    assert "/sperren/" in client.get(page).content.decode()
    assert client.post(f"{page}sperren/", {"reason": "Verdacht"}).status_code == 302
    entry = AuditEntry.objects.get(action="account.suspended")
    assert (entry.before, entry.after) == ({"state": "left"}, {"state": "suspended"})
    person.refresh_from_db()
    # What the person decided about the name holds on.
    assert person.credited_as == "ehemaliges Mitglied"
    with pytest.raises(TooLateError):
        take_back_deletion(farewell=farewell)
    assert client.post(f"{page}entsperren/", {"reason": "Geklärt"}).status_code == 302
    person.refresh_from_db()
    assert person.state == AccountState.LEFT
    assert take_back_deletion(farewell=farewell).is_active


def test_a_suspended_account_is_deleted_on_its_day():
    person = UserFactory()
    farewell = request_deletion(by=person, keeps_name=True)
    suspend(by=network_administrator(), person=person, reason="Verdacht")
    assert delete_due_accounts(at=timezone.now() + datetime.timedelta(days=40)) == 1
    farewell.refresh_from_db()
    assert farewell.done_at is not None


def test_suspending_and_letting_in_again_are_told_by_mail(place, mailoutbox, django_capture_on_commit_callbacks):
    person, actor = UserFactory(municipality=place), network_administrator()
    with django_capture_on_commit_callbacks(execute=True):
        suspend(by=actor, person=person, reason="Verdacht gegen Dritte")
    with django_capture_on_commit_callbacks(execute=True):
        reinstate(by=actor, person=person, reason="Geklärt")
    told = [(mail.to, mail.subject.partition("] ")[2]) for mail in mailoutbox]
    assert told == [([person.email], "Ihr Konto ist gesperrt"), ([person.email], "Ihr Konto ist wieder offen")]
    assert "Verdacht" not in mailoutbox[0].body


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.LEFT])
def test_only_active_accounts_are_suspended_and_only_suspended_ones_let_in(state):
    administrator, person = network_administrator(), UserFactory(state=state)
    with pytest.raises(PermissionDenied):
        suspend(by=administrator, person=person, reason="Verdacht")
    if state == AccountState.LEFT:
        with pytest.raises(PermissionDenied):
            reinstate(by=administrator, person=person, reason="Zurück")
