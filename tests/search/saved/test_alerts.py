"""What is told when: new to this search, and readable for its owner at the moment of sending."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.accounts.actions.roles import end_all_roles, settle_rights
from portal.accounts.enums import AccountState
from portal.accounts.models import RoleAssignment
from portal.accounts.second_factor import set_up_totp
from portal.places.models import Department
from search.engines.base import EngineUnavailable
from search.saved import matching, sending
from search.saved.models import SavedSearch
from search.saved.sending import send_digests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def send(days=1):
    """Send what is due in so many days."""
    return send_digests(on=TODAY() + datetime.timedelta(days=days))


def told(outbox) -> str:
    """All that a mail says: subject, headers, text and HTML."""
    return "\n".join(str(mail.message()) + mail.body + str(mail.alternatives) for mail in outbox)


def test_a_new_hit_is_told_once(offices, member, watch, mailoutbox):
    offices("Amt von früher")
    watch(member, name="Ämter")
    new = offices("Amt für Neues")
    report = send()
    (mail,) = mailoutbox
    assert mail.to == [member.email]
    assert "Amt für Neues" in mail.body
    assert f"/aemter/{new.pk}/" in mail.body
    assert "früher" not in told(mailoutbox)
    assert (report.sent, report.without_news) == (1, 0)
    assert send(2).without_news == 1
    assert len(mailoutbox) == 1


def test_on_one_day_a_second_run_sends_nothing(offices, member, watch, mailoutbox):
    watch(member)
    offices("Amt eins")
    send()
    offices("Amt zwei")
    assert send().sent == 0
    assert send(2).sent == 1
    assert "Amt zwei" in mailoutbox[1].body
    assert "Amt eins" not in told(mailoutbox[1:])


def test_what_is_edited_is_not_new_and_what_comes_to_match_is(offices, member, watch, mailoutbox):
    known = offices("Amt eins")
    other = offices("Behörde zwei")
    watch(member)
    offices.rename(known, "Amt eins und mehr")
    assert send().without_news == 1
    offices.rename(other, "Amt zwei")
    assert send(2).sent == 1
    assert "Amt zwei" in mailoutbox[0].body


def test_what_is_withdrawn_and_published_anew_is_told_only_if_it_was_not(offices, member, watch, mailoutbox):
    known = offices("Amt eins")
    watch(member)
    untold = offices("Amt zwei")
    for office in (known, untold):
        offices.open_to(office, "")
    assert send(1).without_news == 1
    for office in (known, untold):
        offices.open_to(office, "public")
    send(2)
    assert "Amt zwei" in told(mailoutbox)
    assert "Amt eins" not in told(mailoutbox)


def test_one_mail_tells_of_all_searches_of_a_person(offices, member, watch, mailoutbox):
    watch(member, "Amt", name="Ämter")
    watch(member, "Behörde", name="Behörden")
    watch(member, "Schule", name="Schulen")
    offices("Amt eins")
    offices("Behörde zwei")
    send()
    (mail,) = mailoutbox
    assert "Amt eins" in mail.body
    assert "Behörde zwei" in mail.body
    assert "Schulen" not in mail.body


@pytest.mark.parametrize(("frequency", "days"), [("daily", [1, 2]), ("weekly", [7, 14]), ("never", [])])
def test_mails_come_as_often_as_was_chosen(offices, member, watch, mailoutbox, frequency, days):
    watch(member, frequency=frequency)
    sent = []
    for day in range(1, 15 if frequency != "daily" else 3):
        offices(f"Amt {day}")
        if send(day).sent:
            sent.append(day)
    assert sent == days


def test_many_new_hits_are_named_up_to_ten_and_all_count_as_told(offices, member, watch, mailoutbox):
    watch(member)
    for number in range(13):
        offices(f"Amt {number:02}")
    send()
    assert mailoutbox[0].body.count("/aemter/") == 10
    assert send(2).sent == 0


class TestRights:
    """Who may see what is asked for at the moment of sending."""

    def test_what_was_closed_between_saving_and_sending_is_not_told(self, offices, member, watch, mailoutbox):
        watch(member)
        closed = offices("Amt Geheimwort")
        offices("Amt offen")
        offices.open_to(closed, "editor")
        send()
        assert "Geheimwort" not in told(mailoutbox)
        assert f"/aemter/{closed.pk}/" not in told(mailoutbox)
        assert "Amt offen" in told(mailoutbox)

    def test_what_the_index_does_not_know_yet_is_not_told_either(self, offices, member, watch, mailoutbox, monkeypatch):
        watch(member)
        closed = offices("Amt Geheimwort")
        monkeypatch.setattr("search.asking.drain_quietly", lambda: None)
        closed.email = "editor@kommune.example"
        closed.save()
        assert send().without_news == 1
        type(closed).objects.filter(pk=closed.pk).update(email="staff@kommune.example")  # Behind the outbox's back.
        assert send(2).without_news == 1
        assert mailoutbox == []

    def test_a_role_lost_between_two_mails_takes_its_hits_along(self, offices, watch, mailoutbox):
        person = UserFactory(staff=True)
        watch(person)
        offices("Amt erstes", "staff")
        send()
        assert "Amt erstes" in told(mailoutbox)
        offices("Amt Geheimwort", "staff")
        end_all_roles(by=person, person=person, reason="Wechsel")
        assert send(2).without_news == 1
        assert "Geheimwort" not in told(mailoutbox)

    def test_what_opens_later_is_told_when_it_can_be_read(self, offices, member, watch, mailoutbox):
        watch(member)
        later = offices("Amt intern", "staff")
        assert send().without_news == 1
        offices.open_to(later, "member")
        send(2)
        assert "Amt intern" in told(mailoutbox)

    @pytest.mark.parametrize("has_factor", [True, False])
    def test_a_role_given_later_brings_what_it_opens_once_its_second_factor_is_there(
        self, offices, member, watch, mailoutbox, has_factor
    ):
        offices("Amt intern", "staff")
        offices("Amt offen")
        watch(member)
        RoleAssignment.objects.create(person=member, role="editor")
        settle_rights(member)
        if has_factor:
            set_up_totp(member, "JBSWY3DPEHPK3PXP")
        assert send().sent == has_factor
        assert ("Amt intern" in told(mailoutbox)) is has_factor
        assert "Amt offen" not in told(mailoutbox)

    def test_who_owes_the_second_factor_hears_of_what_is_public_alone(self, offices, watch, mailoutbox):
        person = UserFactory(editor=True, second_factor=False)
        watch(person)
        offices("Amt Geheimwort", "editor")
        offices("Amt offen")
        send()
        assert "Amt offen" in told(mailoutbox)
        assert "Geheimwort" not in told(mailoutbox)

    @pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.LEFT])
    def test_who_may_not_sign_in_gets_nothing(self, offices, member, watch, mailoutbox, state):
        watch(member)
        offices("Amt Geheimwort")
        member.state = state
        member.save(update_fields=["state"])
        send()
        assert mailoutbox == []

    def test_who_is_suspended_while_the_mail_is_written_gets_nothing(
        self, offices, member, watch, mailoutbox, monkeypatch
    ):
        watch(member)
        offices("Amt eins")

        def suspend_then_write(person, searches):
            composed = sending_compose(person, searches)
            member.state = AccountState.SUSPENDED
            member.save(update_fields=["state"])
            return composed

        sending_compose = sending.compose
        monkeypatch.setattr(sending, "compose", suspend_then_write)
        assert send().passed_by == 1
        assert mailoutbox == []
        assert not SavedSearch.objects.filter(claim__isnull=False).exists()

    def test_nothing_of_a_hit_is_kept(self, offices, member, watch, mailoutbox):
        kept = watch(member)
        offices("Amt Geheimwort")
        send()
        row = SavedSearch.objects.filter(pk=kept.pk).values().get()
        assert "Geheimwort" not in repr(row)
        assert "/aemter/" not in repr(row)


class TestOutage:
    """An engine out of order tells nobody anything, and marks nothing."""

    @pytest.fixture(autouse=True)
    def broken(self, offices, member, watch, monkeypatch):
        self.kept = watch(member)
        offices("Amt eins")

        def nobody(question):
            raise EngineUnavailable("außer Betrieb")

        self.mend = monkeypatch.undo
        monkeypatch.setattr(matching, "ask", nobody)

    def test_nothing_is_sent_and_the_next_run_tells_it_all(self, mailoutbox):
        before = SavedSearch.objects.values().get()
        with pytest.raises(EngineUnavailable):
            send()
        assert mailoutbox == []
        assert SavedSearch.objects.values().get() == before
        self.mend()
        assert send().sent == 1

    def test_the_command_says_so(self, mailoutbox, capsys):
        SavedSearch.objects.update(settled_on=TODAY() - datetime.timedelta(days=1))
        with pytest.raises(CommandError, match="außer Betrieb"):
            call_command("saved_searches", "send")
        assert mailoutbox == []


def test_of_a_search_with_very_many_hits_the_newest_are_watched(offices, member, watch, mailoutbox, monkeypatch):
    monkeypatch.setattr(matching, "MOST_WATCHED", 3)
    made = [offices(f"Amt 2024-05-0{day}") for day in range(1, 6)]
    kept = watch(member)
    assert kept.watched_after == datetime.date(2024, 5, 3)
    newest = made[-1]
    offices.rename(newest, "Weg")
    offices.open_to(newest, "")
    offices("Amt 2024-05-09")
    offices.rename(made[-2], "Auch weg")
    send()
    assert "2024-05-09" in told(mailoutbox)
    # One that moved up because another went is not new.
    assert "2024-05-02" not in told(mailoutbox)
    assert "2024-05-03" not in told(mailoutbox)


def test_the_command_tells_what_it_did(offices, member, watch, mailoutbox, capsys):
    watch(member)
    offices("Amt eins")
    SavedSearch.objects.update(settled_on=TODAY() - datetime.timedelta(days=1))
    call_command("saved_searches", "send")
    assert len(mailoutbox) == 1
    output = capsys.readouterr().out
    assert ": 1" in output
    assert member.email not in output


def test_what_was_closed_without_a_word_to_the_index_is_not_told(offices, member, watch):
    search = watch(member)
    office = offices("Amt für Neues")
    assert [len(hits) for hits in matching.new_hits(member, matching.look_at(member, [search]))] == [1]
    # No signal and no row of the outbox tells the index.
    Department.objects.filter(pk=office.pk).update(email="editor@kommune.example")
    assert matching.new_hits(member, matching.look_at(member, [search])) == [[]]
