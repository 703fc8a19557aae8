"""What time does: people are reminded before a consent ends, and after it their details go."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from knowledge.directory.models import Contact, Expert
from knowledge.directory.people.links import link_of
from knowledge.directory.people.terms import LAPSED_DAYS, RENEWAL_DAYS, UNANSWERED_DAYS
from tests.factories.directory import consent, contact, expert

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def run(**options):
    call_command("directory_consents", verbosity=0, **options)


def agreed(days: float, **fields):
    """A contact person whose consent runs out in so many days."""
    person = contact(consenting=False, **fields)
    consent(contact=person, expires_at=timezone.now() + days * A_DAY)
    return person


@pytest.mark.parametrize(("days", "mails"), [(RENEWAL_DAYS + 1, 0), (RENEWAL_DAYS - 0.5, 1), (1, 1), (-1, 0)])
def test_people_are_reminded_once_in_the_last_thirty_days(mailoutbox, days, mails):
    person = agreed(days)
    run()
    run()
    assert [mail.to for mail in mailoutbox] == [[person.email]] * mails
    assert all(link_of(person) in mail.body for mail in mailoutbox)
    assert all(person.name not in mail.body for mail in mailoutbox)


def test_experts_are_reminded_too_at_their_account_unless_it_is_closed(mailoutbox):
    mine, gone = expert(consenting=False), expert(consenting=False)
    for somebody in (mine, gone):
        consent(expert=somebody, expires_at=timezone.now() + A_DAY)
    gone.person.state = "suspended"
    gone.person.save(update_fields=["state"])
    run()
    assert [mail.to for mail in mailoutbox] == [[mine.person.email]]
    assert link_of(mine) in mailoutbox[0].body


def test_what_was_taken_back_is_not_reminded_of(mailoutbox):
    person = agreed(3)
    person.consents.get().end()
    run()
    assert mailoutbox == []


def test_a_refused_mail_is_tried_again(mailoutbox, monkeypatch):
    agreed(3)
    monkeypatch.setattr("knowledge.directory.people.lapsing.send", lambda letter: False)
    with pytest.raises(CommandError):
        run()
    monkeypatch.undo()
    run()
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_is_not_asked_for_everybody(monkeypatch):
    tries = []
    monkeypatch.setattr("knowledge.directory.people.lapsing.send", lambda letter: bool(tries.append(letter)))
    for _number in range(5):
        agreed(3)
    with pytest.raises(CommandError):
        run()
    assert len(tries) == 3


@pytest.mark.parametrize(
    ("named", "asked", "stays"),
    [
        (UNANSWERED_DAYS + 1, None, False),
        (UNANSWERED_DAYS + 1, UNANSWERED_DAYS + 1, False),
        (UNANSWERED_DAYS + 1, 3, True),
        (UNANSWERED_DAYS - 1, None, True),
    ],
)
def test_who_never_answers_is_forgotten(named, asked, stays):
    at = timezone.now()
    contact(consenting=False, created_at=at - named * A_DAY, asked_at=at - asked * A_DAY if asked else None)
    run()
    assert Contact.objects.exists() is stays


@pytest.mark.parametrize(("days", "stays"), [(-1, True), (1 - LAPSED_DAYS, True), (-LAPSED_DAYS - 1, False)])
def test_details_go_after_a_consent_has_run_out_and_was_not_renewed(days, stays):
    person = agreed(days)
    run()
    kept = Contact.objects.get(pk=person.pk)
    assert bool(kept.name) is stays
    assert kept.refused_at is None
    assert kept.address_mark == ""


def test_an_expert_keeps_the_entry_when_the_consent_has_run_out():
    somebody = expert(consenting=False)
    consent(expert=somebody, expires_at=timezone.now() - (LAPSED_DAYS + 1) * A_DAY)
    run()
    assert Expert.objects.get().headline
    assert somebody.consents.get().withdrawn_at is not None
