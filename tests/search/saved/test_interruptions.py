"""Runs that are killed, that run side by side, and mail servers that refuse: no mail twice, no hit lost."""

import datetime
import threading

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from search.saved import sending
from search.saved.models import SavedSearch
from search.saved.querysets import LEASE
from search.saved.sending import send_digests
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no code catches, like the signal."""


def send(days=1):
    return send_digests(on=timezone.localdate() + datetime.timedelta(days=days))


def later():
    """After the time in which a killed run might still be alive."""
    return time_machine.travel(timezone.now() + LEASE + datetime.timedelta(seconds=1))


def kill_at(monkeypatch, step, *, after=False):
    real = getattr(sending, step)

    def killed(*args, **kwargs):
        if after:
            real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(sending, step, killed)


@pytest.fixture
def news(offices, member, watch):
    kept = watch(member)
    offices("Amt eins")
    return kept


@pytest.mark.parametrize(
    ("step", "after"),
    [("compose", False), ("compose", True), ("_note_handing_over", False), ("message", False), ("deliver", False)],
)
def test_killed_before_the_mail_server_had_it_the_hit_is_told_once(news, monkeypatch, mailoutbox, step, after):
    kill_at(monkeypatch, step, after=after)
    with pytest.raises(Killed):
        send()
    monkeypatch.undo()
    assert mailoutbox == []
    assert send().passed_by == 1, "For a while the run may still be alive."
    with later():
        report = send()
        # From the note on nobody knows how far the mail came: then it waits for the next digest.
        assert (report.sent, report.uncertain) in {(1, 0), (0, 1)}
        assert report.uncertain == (step in ("message", "deliver"))
        send(2)
    assert len(mailoutbox) == 1
    assert "Amt eins" in mailoutbox[0].body


@pytest.mark.parametrize(("step", "after"), [("deliver", True), ("_settle", False)])
def test_killed_after_the_mail_server_had_it_the_same_digest_is_not_sent_again(
    news, monkeypatch, mailoutbox, step, after
):
    kill_at(monkeypatch, step, after=after)
    with pytest.raises(Killed):
        send()
    monkeypatch.undo()
    assert len(mailoutbox) == 1
    with later():
        assert send().uncertain == 1
        assert send().uncertain == 0
        assert len(mailoutbox) == 1
        assert not SavedSearch.objects.filter(claim__isnull=False).exists()


def test_killed_after_noting_what_was_told_nothing_is_left_to_do(news, monkeypatch, mailoutbox):
    kill_at(monkeypatch, "_settle", after=True)
    with pytest.raises(Killed):
        send()
    monkeypatch.undo()
    with later():
        assert send(2).without_news == 1
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("step", ["compose", "_note_handing_over", "message", "deliver", "_settle"])
def test_a_second_run_at_the_same_time_passes_the_person_by(news, monkeypatch, mailoutbox, step):
    real, reports = getattr(sending, step), []

    def disturbed(*args, **kwargs):
        monkeypatch.setattr(sending, step, real)
        reports.append(send())
        return real(*args, **kwargs)

    monkeypatch.setattr(sending, step, disturbed)
    assert send().sent == 1
    assert reports[0].passed_by == 1
    assert len(mailoutbox) == 1


def test_a_run_that_lost_its_claim_notes_nothing(news, monkeypatch, mailoutbox):
    real = sending.compose

    def slow(*args):
        monkeypatch.setattr(sending, "compose", real)
        with later():
            assert send().sent == 1
        return real(*args)

    monkeypatch.setattr(sending, "compose", slow)
    assert send().sent == 0
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_in_two_processes_worth_of_connections_send_one_mail(news, mailoutbox):
    start, failures = threading.Barrier(2), []

    def run():
        try:
            start.wait(timeout=10)
            send()
        except Exception as failure:  # noqa: BLE001 -- a thread's failure must reach the test.
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert len(mailoutbox) == 1


def test_a_mail_that_is_refused_is_tried_again(news, monkeypatch, mailoutbox):
    monkeypatch.setattr(sending, "deliver", lambda mail: False)
    assert send().refused == 1
    monkeypatch.undo()
    assert send().sent == 1
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_ends_the_run_early(offices, watch, monkeypatch, mailoutbox):
    for _ in range(5):
        watch(UserFactory())
    offices("Amt eins")
    SavedSearch.objects.update(settled_on=timezone.localdate() - datetime.timedelta(days=1))
    tried = []
    monkeypatch.setattr(sending, "deliver", lambda mail: bool(tried.append(mail)))
    with pytest.raises(CommandError):
        call_command("saved_searches", "send", verbosity=0)
    assert len(tried) == sending.MOST_REFUSALS
    monkeypatch.undo()
    call_command("saved_searches", "send", verbosity=0)
    assert len(mailoutbox) == 5


def test_a_search_whose_mails_are_stopped_in_that_moment_sends_nothing(news, monkeypatch, mailoutbox):
    real = sending.compose

    def stopped(*args):
        SavedSearch.objects.update(frequency="never")
        return real(*args)

    monkeypatch.setattr(sending, "compose", stopped)
    assert send().passed_by == 1
    assert mailoutbox == []
