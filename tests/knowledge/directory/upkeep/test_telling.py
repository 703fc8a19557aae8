"""By the links in its mails an organisation says what has changed and leaves, without an account and once."""

import datetime
import re
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import ConfirmationAnswer, EntryState
from knowledge.directory.models import EntryRemark, Organisation
from knowledge.directory.remarks import receive_remark
from knowledge.directory.upkeep.letters import stage_letter
from knowledge.directory.upkeep.links import link_to_confirm, link_to_leave, link_to_tell
from knowledge.directory.upkeep.reminding import remind
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "buero@verein.example"


@pytest.fixture
def club():
    long_ago = timezone.now() - datetime.timedelta(days=400)
    return make.organisation(name="Brücken", slug="bruecken", email=ADDRESS, confirmed_at=long_ago)


@pytest.fixture
def question(club):
    return club.confirmations.create(sent_at=timezone.now())


def path_of(link):
    return re.search(r"/verzeichnis-eintrag/\S+", link)[0]


def state():
    return Organisation.objects.get().state


def test_the_links_of_the_yearly_mail_lead_to_pages_that_need_no_account(client, club):
    remind(at=timezone.now())
    (message,) = mail.outbox
    links = re.findall(r"/verzeichnis-eintrag/\S+", message.body)
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert "Brücken" in client.get(links[0]).content.decode()


def test_what_has_changed_waits_for_the_editors_where_nobody_keeps_the_entry(
    client, club, django_capture_on_commit_callbacks
):
    page = path_of(link_to_tell(club))
    assert client.post(page, {"text": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page, {"text": "Wir sind umgezogen."}, follow=True)
    assert response.status_code == 200
    remark = EntryRemark.objects.get()
    assert (remark.organisation, remark.text, remark.is_own) == (club, "Wir sind umgezogen.", True)
    assert [message.to for message in mail.outbox] == [[django_settings.EDITOR_EMAIL]]
    assert "_auth_user_id" not in client.session
    club.refresh_from_db()
    assert club.version == 1


def test_what_has_changed_reaches_the_people_who_keep_the_entry(client, club, django_capture_on_commit_callbacks):
    keeper = UserFactory(roles=[("organisation_editor", club)])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path_of(link_to_tell(club)), {"text": "Wir sind umgezogen."})
    assert [message.to for message in mail.outbox] == [[keeper.email]]
    client.force_login(keeper)
    assert "Wir sind umgezogen." in client.get(reverse("keeping:start", args=["bruecken"])).content.decode()


def test_nobody_floods_the_editors_by_a_link(client, club, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    page = path_of(link_to_tell(club))
    answers = [client.post(page, {"text": f"Neues {number}"}).status_code for number in range(12)]
    assert answers[0] == 302
    assert answers[-1] == 422
    assert EntryRemark.objects.count() == 10


def test_opening_the_links_changes_nothing_however_often_a_scanner_does(client, club, question):
    for link in (link_to_tell(club), link_to_leave(question, ADDRESS)):
        for method in (client.get, client.head, client.options, client.get):
            method(path_of(link))
    assert state() == EntryState.LIVE
    assert not EntryRemark.objects.exists()
    question.refresh_from_db()
    assert question.answered_at is None


def test_the_button_takes_the_entry_out_is_logged_and_told(client, club, question, django_capture_on_commit_callbacks):
    keeper = UserFactory(roles=[("organisation_editor", club)])
    page = path_of(link_to_leave(question, ADDRESS))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"reason": "Wir lösen uns auf."}, follow=True).status_code == 200
    assert state() == EntryState.DRAFT
    entry = AuditEntry.objects.get(action="directory.left")
    assert (entry.actor_id, entry.before, entry.after) == (None, {"state": "live"}, {"state": "draft"})
    told = sorted(message.to[0] for message in mail.outbox)
    assert told == sorted([django_settings.EDITOR_EMAIL, ADDRESS, keeper.email])
    assert "Wir lösen uns auf." in EntryRemark.objects.get().text
    question.refresh_from_db()
    assert question.answer == ConfirmationAnswer.LEFT


def test_editors_put_the_entry_back_and_the_used_link_is_good_for_nothing_then(client, club, question):
    club.city = "Ravensfurt"
    club.save()
    make.offer(club)
    page = path_of(link_to_leave(question, ADDRESS))
    client.post(page)
    editor = Client()
    editor.force_login(UserFactory(editor=True))
    editor.post(reverse("keeping:publish", args=["bruecken"]))
    assert state() == EntryState.LIVE
    client.post(page)
    assert state() == EntryState.LIVE


def test_a_link_to_leave_dies_with_the_address_that_got_it(client, club, question):
    former = UserFactory(email="frueher@verein.example")
    for address in (former.email, "fremd@verein.example"):
        assert client.post(path_of(link_to_leave(question, address))).status_code == 404
    assert state() == EntryState.LIVE
    page = path_of(link_to_leave(question, ADDRESS))
    Organisation.objects.update(email="neu@verein.example")
    assert client.post(page).status_code == 404
    assert state() == EntryState.LIVE


def test_each_link_is_good_for_its_own_purpose_and_time_only(client, club, question):
    tokens = {
        "confirm": link_to_confirm(question).split("/")[-2],
        "tell": link_to_tell(club).split("/")[-2],
        "leave": link_to_leave(question, ADDRESS).split("/")[-2],
    }
    doors = {"confirm": "upkeep:confirm", "tell": "telling:tell", "leave": "telling:leave"}
    for purpose, token in tokens.items():
        for other, door in doors.items():
            expected = 200 if other == purpose else 404
            assert client.get(reverse(door, args=[token])).status_code == expected, (purpose, other)
    for door in ("telling:tell", "telling:leave"):
        for token in ("x", "1:a:b", signing.dumps(club.pk, salt="search.saved.unsubscribe")):
            assert client.post(reverse(door, args=[token]), {"text": "x"}).status_code == 404
    later = timezone.now().timestamp() + 401 * 24 * 3600
    with patch("django.core.signing.time.time", return_value=later):
        assert client.get(reverse("telling:leave", args=[tokens["leave"]])).status_code == 404
        assert client.get(reverse("telling:tell", args=[tokens["tell"]])).status_code == 404
    assert state() == EntryState.LIVE


def test_links_about_a_draft_tell_nothing(client, club, question):
    Organisation.objects.update(state=EntryState.DRAFT)
    for link in (link_to_tell(club), link_to_leave(question, ADDRESS)):
        response = client.post(path_of(link), {"text": "x"})
        assert response.status_code == 404
        assert "Brücken" not in response.content.decode()


@pytest.mark.parametrize("gone", [EntryState.DORMANT, EntryState.ARCHIVED])
def test_who_has_no_account_is_not_sent_to_the_sign_in_when_the_entry_rests_or_goes(client, club, gone):
    club.state = gone
    club.save()
    link = stage_letter(club, ADDRESS).link
    assert client.get(path_of(link)).status_code == 200
    UserFactory(roles=[("organisation_editor", club)])
    assert "/verzeichnis-pflegen/" in stage_letter(club, ADDRESS).link


def test_a_readers_remark_leads_who_has_no_account_to_the_editors(client, club, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        receive_remark(organisation=club, remark=EntryRemark(text="Die Nummer stimmt nicht."))
    (message,) = mail.outbox
    assert client.get(path_of(message.body)).status_code == 200


def test_the_forms_pass_the_check_of_browsers(club, question):
    browser = Client(enforce_csrf_checks=True)
    page = path_of(link_to_leave(question, ADDRESS))
    assert browser.post(page).status_code == 403
    token = browser.get(page).context["csrf_token"]
    assert browser.post(page, {"csrfmiddlewaretoken": str(token)}).status_code == 302
    assert state() == EntryState.DRAFT
