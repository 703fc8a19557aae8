"""Consents: kept in the words that were shown, withdrawn by one button, never overwritten."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.accounts.actions.consents import NeededForAccountError, give_consent, withdraw_consent
from portal.accounts.own_data import purposes
from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TEXT = "Mein Name darf im Verzeichnis stehen."


@pytest.fixture(autouse=True)
def a_purpose(monkeypatch):
    """Only the rules have a purpose so far; rooms bring theirs."""
    monkeypatch.setattr(purposes, "_purposes", dict(purposes._purposes))
    purposes.register_purpose(purposes.Purpose("directory_name", "Name im Verzeichnis"))


def last_entry():
    return AuditEntry.objects.order_by("-number").first()


def test_consent_is_kept_in_the_words_that_were_shown_and_logged():
    person = UserFactory()
    consent = give_consent(person=person, purpose="directory_name", text=TEXT)
    entry = last_entry()
    assert (consent.text, consent.withdrawn_at) == (TEXT, None)
    assert (entry.action, entry.actor_id, entry.before) == ("consent.given", person.pk, None)
    assert entry.after["wording"] == TEXT


def test_agreeing_twice_to_the_same_words_is_one_consent():
    person = UserFactory()
    first = give_consent(person=person, purpose="directory_name", text=TEXT)
    assert give_consent(person=person, purpose="directory_name", text=TEXT) == first
    assert person.consents.count() == 1


def test_agreeing_to_other_words_ends_the_earlier_agreement_and_keeps_it_in_the_history():
    person = UserFactory()
    first = give_consent(person=person, purpose="directory_name", text=TEXT)
    second = give_consent(person=person, purpose="directory_name", text="Andere Worte.")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert first.text == TEXT
    assert second.withdrawn_at is None


@pytest.mark.parametrize(("purpose", "text"), [("unbekannt", TEXT), ("directory_name", "  ")])
def test_nobody_agrees_to_nothing(purpose, text):
    with pytest.raises(ValueError, match="Consent is given"):
        give_consent(person=UserFactory(), purpose=purpose, text=text)


def test_one_button_withdraws_and_the_history_stays(client):
    person = UserFactory()
    consent = give_consent(person=person, purpose="directory_name", text=TEXT)
    client.force_login(person)
    answer = client.post(reverse("account_withdraw_consent", args=[consent.pk]), follow=True)
    consent.refresh_from_db()
    entry = last_entry()
    assert consent.withdrawn_at is not None
    assert entry.action == "consent.withdrawn"
    assert (entry.before["withdrawn"], entry.after["withdrawn"]) == (None, consent.withdrawn_at.isoformat())
    html = answer.content.decode()
    assert TEXT in html
    assert reverse("account_withdraw_consent", args=[consent.pk]) not in html


def test_a_withdrawn_consent_stays_as_it_was_withdrawn():
    person = UserFactory()
    consent = give_consent(person=person, purpose="directory_name", text=TEXT)
    withdraw_consent(person=person, consent=consent)
    at, count = consent.withdrawn_at, AuditEntry.objects.count()
    withdraw_consent(person=person, consent=consent)
    consent.refresh_from_db()
    assert (consent.withdrawn_at, AuditEntry.objects.count()) == (at, count)


def test_the_rules_of_use_end_only_by_leaving(client):
    person = UserFactory()
    consent = give_consent(person=person, purpose=purposes.RULES, text="Ich halte mich an die Regeln.")
    client.force_login(person)
    page = client.get(reverse("account_consents")).content.decode()
    assert reverse("account_withdraw_consent", args=[consent.pk]) not in page
    assert reverse("account_leave") in page
    client.post(reverse("account_withdraw_consent", args=[consent.pk]))
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
    with pytest.raises(NeededForAccountError):
        withdraw_consent(person=person, consent=consent)


def test_nobody_withdraws_for_others(client):
    consent = give_consent(person=UserFactory(), purpose="directory_name", text=TEXT)
    client.force_login(UserFactory(administrator=True))
    assert client.post(reverse("account_withdraw_consent", args=[consent.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_consent(person=UserFactory(), consent=consent)


def test_who_agreed_to_nothing_is_told_what_will_stand_there(client):
    client.force_login(UserFactory())
    assert "empty-state" in client.get(reverse("account_consents")).content.decode()
