"""Leaving and deletion: nothing opens any more, contributions stay, and what is deleted is nowhere any more."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import APIToken, Page, PageLogEntry, UploadedFile
from wagtail.users.models import UserProfile

from portal.accounts.actions import deletion
from portal.accounts.actions.consents import give_consent
from portal.accounts.actions.deletion import delete_due_accounts, forget_old_consents
from portal.accounts.actions.farewell import (
    LastAdministratorError,
    TooLateError,
    leave,
    may_be_deleted_after_leaving,
    request_deletion,
    request_deletion_after_leaving,
    take_back_deletion,
)
from portal.accounts.actions.roles import grant_role
from portal.accounts.enums import AccountState
from portal.accounts.models import WAITING_DAYS, Consent, Farewell, Invitation, JoinRequest, User
from portal.accounts.own_data.letters import _name_sentence
from portal.accounts.own_data.links import find_farewell, find_leave, link_to_delete, link_to_take_back
from portal.audit.checking import check
from portal.audit.models import AuditEntry
from portal.home.models import ReaderMessage
from portal.shared.models import PortalDocument
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-Passwort"
KEEP, DROP = {"name_stays": "keep"}, {"name_stays": "drop"}


def signed_in(person) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def is_in(client) -> bool:
    return client.get(reverse("account_overview")).status_code == 200


def go(client, name, choice, capture) -> object:
    with capture(execute=True):
        return client.post(reverse(name), choice, follow=True)


def after_the_wait(days=WAITING_DAYS):
    return timezone.now() + datetime.timedelta(days=days)


@pytest.mark.parametrize("name", ["account_leave", "account_delete"])
def test_who_goes_is_signed_out_everywhere_at_once(name, django_capture_on_commit_callbacks):
    person = UserFactory()
    here, there = signed_in(person), signed_in(person)
    answer = go(here, name, KEEP, django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert answer.status_code == 200
    assert (is_in(here), is_in(there)) == (False, False)
    assert (person.state, person.is_active) == (AccountState.LEFT, False)
    assert not is_in_again(person)


def is_in_again(person) -> bool:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return is_in(client)


@pytest.mark.parametrize("name", ["account_leave", "account_delete"])
def test_roles_end_with_the_rights_that_follow_from_them(name, client):
    UserFactory(administrator=True)
    person = UserFactory(roles=["administrator", "editor"])
    act = {"account_leave": leave, "account_delete": request_deletion}[name]
    act(by=person, keeps_name=True)
    person.refresh_from_db()
    assert not person.role_assignments.current_or_coming().exists()
    assert not person.is_superuser
    assert not person.groups.exists()


@pytest.mark.parametrize(("choice", "name"), [(KEEP, "Jürgen Groß"), (DROP, "ehemaliges Mitglied")])
def test_the_person_decides_what_stands_beside_contributions(choice, name, django_capture_on_commit_callbacks):
    person = UserFactory(display_name="Jürgen Groß")
    go(signed_in(person), "account_leave", choice, django_capture_on_commit_callbacks)
    person.refresh_from_db()
    assert person.credited_as == name
    assert str(person) == name


def test_contributions_stay(client):
    person = UserFactory(editor=True)
    document = PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"x", name="a.txt"), uploaded_by_user=person
    )
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Seite", slug="s", owner=person))
    revision = page.save_revision(user=person)
    request_deletion(by=person, keeps_name=False)
    delete_due_accounts(at=after_the_wait())
    for thing, field in ((document, "uploaded_by_user_id"), (page, "owner_id"), (revision, "user_id")):
        thing.refresh_from_db()
        assert getattr(thing, field) == person.pk


def test_the_editing_interface_calls_them_former_members(client):
    person = UserFactory(editor=True, display_name="Jürgen Groß")
    home = Page.objects.get(depth=2)
    home.save_revision(user=person, log_action=True)
    leave(by=person, keeps_name=False)
    client.force_login(UserFactory(administrator=True))
    text = client.get(f"/redaktion/pages/{home.pk}/history/").content.decode()
    assert PageLogEntry.objects.filter(user=person).exists()
    assert "Jürgen Groß" not in text
    assert "ehemaliges Mitglied" in text


def test_consents_end_but_what_an_account_needs_waits_for_its_deletion():
    for act, is_live in ((leave, False), (request_deletion, True)):
        person = UserFactory()
        rules = give_consent(person=person, purpose="rules", text="Regeln")
        other = Consent.objects.create(person=person, purpose="directory_name", text="Verzeichnis")
        act(by=person, keeps_name=True)
        rules.refresh_from_db()
        other.refresh_from_db()
        assert (rules.withdrawn_at is None) is is_live
        assert other.withdrawn_at is not None


@pytest.mark.parametrize("name", ["account_leave", "account_delete"])
def test_the_last_administrator_of_the_network_stays_and_reads_why(name):
    person = UserFactory(administrator=True, second_factor=False)
    UserFactory(roles=[("administrator", MunicipalityFactory())])
    gone = UserFactory(administrator=True)
    gone.state = AccountState.SUSPENDED
    gone.save(update_fields=["state"])
    client = signed_in(person)
    answer = client.post(reverse(name), KEEP)
    person.refresh_from_db()
    assert answer.status_code == 422
    assert person.state == AccountState.ACTIVE
    assert answer.context["form"].non_field_errors()
    grant_role(by=UserFactory(administrator=True), person=UserFactory(), role="editor")
    assert client.post(reverse(name), KEEP).status_code == 302


def test_both_of_the_last_two_cannot_go():
    one, two = UserFactory(administrator=True), UserFactory(administrator=True)
    leave(by=one, keeps_name=True)
    with pytest.raises(LastAdministratorError):
        leave(by=two, keeps_name=True)
    assert not Farewell.objects.filter(person=two).exists()


def test_without_a_choice_nobody_goes():
    person = UserFactory()
    answer = signed_in(person).post(reverse("account_leave"), {})
    person.refresh_from_db()
    assert answer.status_code == 422
    assert person.state == AccountState.ACTIVE


@pytest.mark.parametrize("name", ["account_leave", "account_delete"])
def test_before_going_the_password_is_asked_once_more(name, client):
    person = UserFactory()
    client.force_login(person)
    for answer in (client.get(reverse(name)), client.post(reverse(name), KEEP)):
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
    person.refresh_from_db()
    assert person.state == AccountState.ACTIVE


@pytest.mark.parametrize(
    ("name", "action"), [("account_leave", "account.left"), ("account_delete", "account.deletion_requested")]
)
def test_the_log_says_who_went_and_a_mail_confirms_it(name, action, mailoutbox, django_capture_on_commit_callbacks):
    person = UserFactory(display_name="Jürgen Groß")
    go(signed_in(person), name, DROP, django_capture_on_commit_callbacks)
    entry = AuditEntry.objects.get(action=action)
    assert (entry.actor_id, entry.actor_name) == (person.pk, "Jürgen Groß")
    assert (entry.before["state"], entry.after["state"], entry.after["name_stays"]) == ("active", "left", False)
    assert [mail.to for mail in mailoutbox] == [[person.email]]
    person.refresh_from_db()
    assert _name_sentence(person) in mailoutbox[0].body


def test_the_link_in_the_mail_takes_the_deletion_back_by_a_button_only(mailoutbox, django_capture_on_commit_callbacks):
    person = UserFactory(editor=True, second_factor=False)
    go(signed_in(person), "account_delete", KEEP, django_capture_on_commit_callbacks)
    link = next(word for word in mailoutbox[0].body.split() if "/loeschen/zuruecknehmen/" in word)
    path = "/" + link.split("/", 3)[3]
    client = Client()
    assert client.get(path).status_code == 200
    person.refresh_from_db()
    assert person.state == AccountState.LEFT
    assert client.post(path)["Location"] == reverse("account_login")
    person.refresh_from_db()
    assert person.state == AccountState.ACTIVE
    assert not person.live_roles
    assert is_in_again(person)
    assert AuditEntry.objects.filter(action="account.deletion_withdrawn").exists()
    assert client.post(path).status_code == 404
    assert delete_due_accounts(at=after_the_wait()) == 0


def test_a_link_that_was_changed_opens_nothing(client):
    farewell = request_deletion(by=UserFactory(), keeps_name=True)
    path = "/" + link_to_take_back(farewell).split("/", 3)[3]
    assert client.get(path[:-3] + "xx/").status_code == 404
    assert client.get(path).status_code == 200
    assert find_farewell("unsinn") is None


def link_in(mail, part) -> str:
    link = next(word for word in mail.body.split() if part in word)
    return "/" + link.split("/", 3)[3]


def test_who_left_has_the_data_deleted_without_anybodys_help(mailoutbox, django_capture_on_commit_callbacks):
    person = UserFactory()
    answer = go(signed_in(person), "account_leave", DROP, django_capture_on_commit_callbacks)
    assert "30 Tage lang" in answer.content.decode()
    path, client = link_in(mailoutbox[0], "/verlassen/loeschen/"), Client()
    assert client.get(path).status_code == 200
    assert not Farewell.objects.filter(kind="delete").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path)["Location"] == reverse("account_deletion_requested")
    assert client.get(path).status_code == client.post(path).status_code == 404
    entry = AuditEntry.objects.get(action="account.deletion_requested")
    assert (entry.actor_id, entry.after["name_stays"]) == (person.pk, False)
    assert mailoutbox[1].to == [person.email]
    assert "/loeschen/zuruecknehmen/" in mailoutbox[1].body
    assert delete_due_accounts(at=after_the_wait()) == 1
    person.refresh_from_db()
    assert person.email.endswith(".invalid")
    assert client.get(path).status_code == 404


def test_taking_that_back_opens_no_account_since_its_person_had_left(mailoutbox, django_capture_on_commit_callbacks):
    person, client = UserFactory(), Client()
    with django_capture_on_commit_callbacks(execute=True):
        leave(by=person, keeps_name=True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link_in(mailoutbox[0], "/verlassen/loeschen/"))
    path = link_in(mailoutbox[1], "/loeschen/zuruecknehmen/")
    assert "Konto bleibt geschlossen" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/"
    person.refresh_from_db()
    assert person.state == AccountState.LEFT
    assert delete_due_accounts(at=after_the_wait()) == 0
    # The wish can come up again.
    assert client.get(link_in(mailoutbox[0], "/verlassen/loeschen/")).status_code == 200


def test_who_is_back_after_leaving_takes_a_later_deletion_back_as_everybody_does():
    person = UserFactory()
    left = leave(by=person, keeps_name=False)
    person.refresh_from_db()
    person.state = AccountState.ACTIVE
    person.save(update_fields=["state"])
    assert not may_be_deleted_after_leaving(Farewell.objects.get(pk=left.pk))
    farewell = request_deletion(by=person, keeps_name=False)
    back = take_back_deletion(farewell=farewell)
    assert (back.state, back.credited_as) == (AccountState.ACTIVE, back.display_name)


def test_the_link_to_delete_takes_nothing_back_and_is_too_old_after_its_time(client):
    left = leave(by=UserFactory(), keeps_name=True)
    token = link_to_delete(left).rstrip("/").rpartition("/")[2]
    assert find_leave(token) == left
    assert find_farewell(token) is None
    assert client.get(reverse("account_delete_after_leaving", args=["unsinn"])).status_code == 404
    with time_machine.travel(after_the_wait(WAITING_DAYS + 1)):
        assert find_leave(token) is None


def test_who_was_suspended_after_leaving_asks_for_nothing_more():
    person = UserFactory()
    left = leave(by=person, keeps_name=True)
    User.objects.filter(pk=person.pk).update(state=AccountState.SUSPENDED)
    with pytest.raises(TooLateError):
        request_deletion_after_leaving(farewell=left)


def test_after_the_waiting_period_the_link_is_too_old():

    token = link_to_take_back(request_deletion(by=UserFactory(), keeps_name=True)).rstrip("/").rpartition("/")[2]
    with time_machine.travel(after_the_wait(WAITING_DAYS + 1)):
        assert find_farewell(token) is None


def test_who_was_suspended_meanwhile_does_not_come_back_by_the_link():
    person = UserFactory()
    farewell = request_deletion(by=person, keeps_name=True)
    User.objects.filter(pk=person.pk).update(state=AccountState.SUSPENDED)
    with pytest.raises(TooLateError):
        take_back_deletion(farewell=farewell)
    assert delete_due_accounts(at=after_the_wait()) == 1


def test_nobody_goes_twice():
    person = UserFactory()
    leave(by=person, keeps_name=True)
    with pytest.raises(PermissionDenied):
        request_deletion(by=person, keeps_name=True)


@pytest.mark.parametrize(("days", "deleted"), [(WAITING_DAYS - 1, 0), (WAITING_DAYS, 1), (WAITING_DAYS + 9, 1)])
def test_deletion_waits_for_its_day(days, deleted):
    request_deletion(by=UserFactory(), keeps_name=False)
    assert delete_due_accounts(at=after_the_wait(days)) == deleted
    assert delete_due_accounts(at=after_the_wait(days)) == 0


def test_who_was_taken_in_again_is_not_deleted():
    person = UserFactory()
    farewell = request_deletion(by=person, keeps_name=False)
    person.refresh_from_db()
    person.state = AccountState.ACTIVE
    person.save(update_fields=["state"])
    assert delete_due_accounts(at=after_the_wait()) == 0
    farewell.refresh_from_db()
    assert farewell.cancelled_at is not None


TRACE = "zanzibarit"
ADDRESS = f"{TRACE}@kommune.example"


def person_with_traces():
    """A person whose name, address and numbers carry a word that stands nowhere else."""
    person = UserFactory(editor=True, email=ADDRESS, display_name=f"Frau {TRACE}", municipality=MunicipalityFactory())
    EmailAddress.objects.create(user=person, email=f"zweite.{ADDRESS}", verified=True)
    SocialAccount.objects.create(user=person, provider="oidc", uid=TRACE, extra_data={"name": TRACE})
    UserSession.objects.create(user=person, session_key=TRACE, ip="192.0.2.7", user_agent=TRACE)
    APIToken.objects.create(user=person, name=TRACE, key_hash=TRACE, prefix="x")
    UserProfile.objects.create(user=person, avatar=ContentFile(b"GIF89a", name=f"{TRACE}.gif"))
    UploadedFile.objects.create(uploaded_by_user=person, file=ContentFile(b"x", name=f"{TRACE}.txt"))
    Invitation.objects.create(email=ADDRESS, display_name=TRACE, token_digest="d" * 64, accepted_by=person)
    JoinRequest.objects.create(email=ADDRESS, display_name=TRACE, purpose=TRACE)
    ReaderMessage.objects.create(kind="question", text="Frage", name=TRACE, email=ADDRESS)
    log(instance=person, action="wagtail.edit", user=UserFactory(administrator=True))
    return person


def traces():
    """Every column of every row that carries the word, but for the log, which is final."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model is AuditEntry or model._meta.proxy or not model._meta.managed:
            continue
        for row in model._default_manager.values():
            found += [f"{model._meta.label}.{name}" for name, value in row.items() if TRACE in str(value)]
    return found


def test_after_the_deletion_nothing_points_to_the_person_any_more():
    person = person_with_traces()
    avatar = person.wagtail_userprofile.avatar
    assert len(traces()) >= 12
    request_deletion(by=person, keeps_name=False)
    assert delete_due_accounts(at=after_the_wait()) == 1
    person.refresh_from_db()
    assert traces() == []
    assert not avatar.storage.exists(avatar.name)
    assert person.credited_as == "ehemaliges Mitglied"
    assert person.email.endswith(".invalid")
    assert (person.municipality, person.last_login, person.has_usable_password()) == (None, None, False)
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_entry_about_the_deletion_names_nobody_and_the_log_stays_whole():
    person = person_with_traces()
    request_deletion(by=person, keeps_name=False)
    before = AuditEntry.objects.count()
    delete_due_accounts(at=after_the_wait())
    written = AuditEntry.objects.filter(number__gt=before)
    assert [entry.action for entry in written] == ["account.deleted"]
    assert not any(TRACE in str(entry.content()) for entry in written)
    assert written[0].object_id == str(person.pk)
    assert check().fault is None


def test_a_name_that_was_to_stay_stays():
    person = UserFactory(display_name="Jürgen Groß")
    request_deletion(by=person, keeps_name=True)
    delete_due_accounts(at=after_the_wait())
    person.refresh_from_db()
    assert person.credited_as == "Jürgen Groß"
    assert person.email.endswith(".invalid")


def test_two_deleted_people_do_not_stand_in_each_others_way():
    for _number in range(2):
        request_deletion(by=UserFactory(), keeps_name=False)
    assert delete_due_accounts(at=after_the_wait()) == 2


class Killed(BaseException):
    """The process ends in the middle of the work."""


def test_work_that_was_interrupted_is_taken_up_again(monkeypatch):
    people = [UserFactory(display_name=f"Person {number}") for number in range(3)]
    for person in people:
        request_deletion(by=person, keeps_name=False)
    whole = deletion._make_nobodys

    def killed_at_the_second(person):
        whole(person)
        if person.pk == people[1].pk:
            raise Killed

    monkeypatch.setattr(deletion, "_make_nobodys", killed_at_the_second)
    with pytest.raises(Killed):
        delete_due_accounts(at=after_the_wait())
    names = [User.objects.get(pk=person.pk).display_name for person in people]
    assert names == ["", "Person 1", "Person 2"]
    assert EmailAddress.objects.filter(user=people[1]).exists()
    monkeypatch.undo()
    assert delete_due_accounts(at=after_the_wait()) == 2
    assert not User.objects.exclude(display_name="").filter(pk__in=[person.pk for person in people]).exists()
    assert AuditEntry.objects.filter(action="account.deleted").count() == 3
    assert check().fault is None


def test_consents_can_be_proved_for_three_years_after_the_deletion():
    person = UserFactory()
    give_consent(person=person, purpose="rules", text="Regeln")
    request_deletion(by=person, keeps_name=False)
    delete_due_accounts(at=after_the_wait())
    consent = Consent.objects.get(person=person)
    assert consent.withdrawn_at is not None
    assert forget_old_consents(at=after_the_wait(3 * 365)) == 0
    assert forget_old_consents(at=after_the_wait(3 * 366 + WAITING_DAYS)) == 1


def test_the_nightly_command_deletes_what_is_due(capsys):
    person = UserFactory()
    farewell = request_deletion(by=person, keeps_name=False)
    Farewell.objects.filter(pk=farewell.pk).update(due_on=timezone.localdate())
    call_command("accounts", "tidy")
    farewell.refresh_from_db()
    assert farewell.done_at is not None


def test_the_database_keeps_one_open_wish_per_person():
    person = UserFactory()
    request_deletion(by=person, keeps_name=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Farewell.objects.create(person=person, kind="delete", due_on=timezone.localdate())


@pytest.mark.parametrize("name", ["account_leave", "account_delete"])
def test_leaving_asks_once_more_who_it_is(client, name):
    person = UserFactory()
    assert reverse("account_login") in client.post(reverse(name), KEEP)["Location"]
    client.force_login(person)
    assert reverse("account_reauthenticate") in client.post(reverse(name), KEEP)["Location"]
    person.refresh_from_db()
    assert person.state == AccountState.ACTIVE
