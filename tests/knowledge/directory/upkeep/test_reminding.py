"""The yearly question: asked once, reminded, with consequences; safe to repeat, after a crash, without mail server."""

import datetime
import re
import smtplib
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import ConfirmationAnswer, EntryState
from knowledge.directory.models import Confirmation, Organisation
from knowledge.directory.upkeep.links import link_to_confirm, read_link
from knowledge.directory.upkeep.reminding import remind
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
START = datetime.datetime(2025, 3, 10, 9, tzinfo=datetime.UTC)


def after(days):
    return START + datetime.timedelta(days=days)


@pytest.fixture
def club():
    return make.organisation(name="Brücken", slug="bruecken", email="buero@verein.example", confirmed_at=START)


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)], email="amina@verein.example")


def state():
    return Organisation.objects.get().state


def run_days(*days):
    for day in days:
        remind(at=after(day))


def confirm_path(text):
    return re.search(r"/verzeichnis-bestaetigen/[\w:=-]+/", text)[0]


def test_nobody_is_asked_within_a_year_and_everybody_once_after_it(club, keeper):
    run_days(0, 100, 364)
    assert mail.outbox == []
    run_days(365, 365, 366, 370)
    assert [message.to for message in mail.outbox] == [["buero@verein.example"]]
    assert Confirmation.objects.get().sent_at is not None


def test_the_mail_says_why_and_has_one_button_and_one_link_in_both_forms(club):
    run_days(366)
    (message,) = mail.outbox
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "Brücken" in text
        assert len(set(re.findall(r"http\S+/verzeichnis-bestaetigen/[\w:=-]+/", text))) == 1
        assert len(set(re.findall(r"http\S+/verzeichnis-eintrag/aendern/[\w:=-]+/", text))) == 1
        assert len(set(re.findall(r"http\S+/verzeichnis-eintrag/austragen/[\w:=-]+/", text))) == 1
        assert "/verzeichnis-pflegen/" not in text
    assert "Brücken" in message.subject
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_reminders_go_to_its_people_too_then_it_rests_then_it_goes_and_each_is_told(club, keeper):
    run_days(366, 400)
    assert sorted(message.to[0] for message in mail.outbox[1:]) == ["amina@verein.example", "buero@verein.example"]
    run_days(460, 500, 520, 547)
    assert state() == EntryState.LIVE
    run_days(552)
    assert state() == EntryState.DORMANT
    run_days(600, 700, 728)
    assert state() == EntryState.DORMANT
    run_days(740)
    assert state() == EntryState.ARCHIVED
    assert Organisation.objects.get().archived_at is not None
    count = len(mail.outbox)
    run_days(741, 900)
    assert len(mail.outbox) == count
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"directory.rests", "directory.put_away"}


def test_an_entry_that_was_never_asked_about_is_asked_before_anything_happens_to_it(club):
    run_days(2000)
    assert state() == EntryState.LIVE
    assert len(mail.outbox) == 1
    run_days(2001, 2050)
    assert state() == EntryState.LIVE
    run_days(2065)
    assert state() == EntryState.DORMANT
    run_days(2066, 2200)
    assert state() == EntryState.DORMANT
    run_days(2300)
    assert state() == EntryState.ARCHIVED


def test_a_mail_server_that_is_down_is_asked_again_and_nothing_follows_from_its_silence(club):
    with patch("portal.accounts.post.EmailMessage.send", side_effect=smtplib.SMTPException):
        report = remind(at=after(366))
        run_days(400, 600, 800)
    assert report.refused == 1
    assert state() == EntryState.LIVE
    assert Confirmation.objects.count() == 1
    run_days(801)
    assert len(mail.outbox) == 1


def test_a_run_that_was_killed_while_sending_is_made_up_for_and_a_second_run_at_the_same_time_keeps_out(club):
    killed = patch("knowledge.directory.upkeep.reminding._ask", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        remind(at=after(366))
    assert Confirmation.objects.get().sent_at is None
    remind(at=after(366) + datetime.timedelta(minutes=5))
    assert mail.outbox == []
    remind(at=after(366) + datetime.timedelta(hours=1))
    assert len(mail.outbox) == 1
    remind(at=after(366) + datetime.timedelta(hours=2))
    assert len(mail.outbox) == 1


def test_without_an_address_its_people_are_asked_and_without_people_the_editors_see_it(club, keeper):
    Organisation.objects.update(email="")
    run_days(366)
    assert [message.to for message in mail.outbox] == [["amina@verein.example"]]
    nobodys = make.organisation(email="", confirmed_at=START)
    report = remind(at=after(366))
    assert report.without_address == 1
    run_days(560)
    nobodys.refresh_from_db()
    assert nobodys.state == EntryState.DORMANT


def test_drafts_and_archived_entries_are_left_alone(club):
    for left_alone in (EntryState.DRAFT, EntryState.ARCHIVED):
        Organisation.objects.update(state=left_alone)
        run_days(366, 800)
    assert mail.outbox == []


def test_after_an_answer_everything_begins_anew(club):
    run_days(366)
    question = Confirmation.objects.get()
    client = Client()
    with patch("django.utils.timezone.now", return_value=after(380)):
        client.post(confirm_path(link_to_confirm(question)))
    club.refresh_from_db()
    assert club.confirmed_at == after(380)
    run_days(400, 552, 740)
    assert state() == EntryState.LIVE
    assert len(mail.outbox) == 1
    run_days(380 + 366)
    assert len(mail.outbox) == 2


def test_the_command_tells_what_it_did_and_fails_where_the_mail_server_did(club, capsys):
    Organisation.objects.update(confirmed_at=timezone.now() - datetime.timedelta(days=400))
    with patch("portal.accounts.post.EmailMessage.send", side_effect=OSError), pytest.raises(CommandError):
        call_command("directory", "remind")
    call_command("directory", "remind")
    assert len(mail.outbox) == 1
    assert ": 1" in capsys.readouterr().out


# The link.


@pytest.fixture
def question(club):
    return club.confirmations.create(sent_at=timezone.now(), asked_at=timezone.now())


def test_opening_the_link_confirms_nothing_however_often_a_scanner_does(client, club, question):
    path = confirm_path(link_to_confirm(question))
    for method in (client.get, client.head, client.get, client.options):
        method(path)
    club.refresh_from_db()
    question.refresh_from_db()
    assert club.confirmed_at == START
    assert question.answered_at is None
    assert 'method="post"' in client.get(path).content.decode()


def test_the_button_confirms_without_signing_in_once(client, club, question):
    Organisation.objects.update(state=EntryState.DORMANT, updated_at=START)
    path = confirm_path(link_to_confirm(question))
    assert client.post(path, follow=True).status_code == 200
    club.refresh_from_db()
    question.refresh_from_db()
    assert club.state == EntryState.LIVE
    assert question.answer == ConfirmationAnswer.STILL_TRUE
    first = club.confirmed_at
    client.post(path)
    club.refresh_from_db()
    assert club.confirmed_at == first
    assert AuditEntry.objects.filter(action="directory.confirmed").count() == 1
    assert "_auth_user_id" not in client.session


def test_the_link_works_with_the_check_of_forms_that_browsers_pass(club, question):
    browser = Client(enforce_csrf_checks=True)
    path = confirm_path(link_to_confirm(question))
    assert browser.post(path).status_code == 403
    browser.get(path)
    token = browser.get(path).context["csrf_token"]
    assert browser.post(path, {"csrfmiddlewaretoken": str(token)}).status_code == 302


@pytest.mark.parametrize("token", ["x", "1", "1:abc:def", ""])
def test_a_link_that_is_not_ours_confirms_nothing(client, club, question, token):
    assert client.post(f"/verzeichnis-bestaetigen/{token or '%20'}/").status_code == 404
    club.refresh_from_db()
    assert club.confirmed_at == START


def test_a_link_is_good_for_its_own_purpose_and_time_only(club, question):
    from django.core import signing

    assert read_link(signing.dumps(question.pk, salt="search.saved.unsubscribe")) is None
    token = confirm_path(link_to_confirm(question)).split("/")[2]
    assert read_link(token) == question
    with patch("django.core.signing.time.time", return_value=timezone.now().timestamp() + 401 * 24 * 3600):
        assert read_link(token) is None


@pytest.mark.parametrize("gone", [EntryState.DRAFT, EntryState.ARCHIVED])
def test_a_link_of_an_entry_that_is_not_shown_tells_nothing(client, club, question, gone):
    Organisation.objects.update(state=gone)
    response = client.post(confirm_path(link_to_confirm(question)))
    assert response.status_code == 404
    assert "Brücken" not in response.content.decode()


def test_confirming_signed_in_answers_the_question_and_notes_whether_something_changed(client, club, keeper, question):
    client.force_login(keeper)
    client.post(reverse("keeping:part", args=["bruecken", "qualifikation"]), {"quality": "Supervision", "version": "1"})
    client.post(reverse("keeping:still_true", args=["bruecken"]))
    question.refresh_from_db()
    assert question.answer == ConfirmationAnswer.CHANGED
