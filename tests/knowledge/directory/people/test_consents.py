"""Consent of contact persons: asked by mail, decided by link without signing in, taken back with one button."""

import datetime
import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import ChangeAct, ChangeState, ChangeSubject
from knowledge.directory.models import Consent, Contact, ProfileChange
from knowledge.directory.people import consenting
from knowledge.directory.people.links import link_of, token_of
from knowledge.directory.people.shown import shown_contacts
from knowledge.directory.people.terms import ASK_AGAIN_DAYS, RENEWAL_DAYS
from knowledge.directory.people.wording import seen_mark, wording_for
from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.directory import consent, contact, expert, organisation

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def keeper(of):
    return UserFactory(roles=[("organisation_editor", of)])


def page(person) -> str:
    return reverse("consent", args=[token_of(person)])


def shown(person):
    return shown_contacts([person.organisation], AnonymousUser())[person.organisation_id]


def give(client, person, *fields):
    return client.post(page(person), {"act": "give", "seen": seen_mark(person), "fields_shown": fields})


@pytest.fixture
def asked():
    return contact(consenting=False)


class TestAsking:
    """Who is asked, and when nobody is."""

    def test_a_keeper_has_the_person_asked_by_a_mail_with_a_link_that_names_nobody(
        self, asked, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            assert consenting.ask_for_consent(by=keeper(asked.organisation), contact=asked)
        (mail,) = mailoutbox
        assert mail.to == [asked.email]
        assert link_of(asked) in mail.body
        assert asked.name not in mail.body + mail.subject
        assert asked.phone not in mail.body
        asked.refresh_from_db()
        assert asked.asked_at is not None

    @pytest.mark.parametrize("who", ["stranger", "keeper of another", "without the second factor"])
    def test_others_may_not_ask(self, asked, who):
        person = {
            "stranger": lambda: UserFactory(),
            "keeper of another": lambda: keeper(organisation()),
            "without the second factor": lambda: UserFactory(
                roles=[("organisation_editor", asked.organisation)], second_factor=False
            ),
        }[who]()
        with pytest.raises(PermissionDenied):
            consenting.ask_for_consent(by=person, contact=asked)

    @pytest.mark.parametrize(("days", "again"), [(1, False), (ASK_AGAIN_DAYS + 1, True)])
    def test_nobody_is_asked_twice_in_a_row(self, asked, days, again):
        asked.asked_at = timezone.now() - days * A_DAY
        asked.save()
        assert consenting.ask_for_consent(by=UserFactory(editor=True), contact=asked) is again

    def test_who_agreed_is_not_asked(self):
        person = contact()
        assert not consenting.ask_for_consent(by=keeper(person.organisation), contact=person)

    def test_who_said_no_is_not_asked_again_not_even_when_entered_anew(self, asked, mailoutbox):
        address, of = asked.email, asked.organisation
        consenting.refuse_consent(contact=asked)
        anew = contact(of, consenting=False, email=address.upper())
        assert not consenting.ask_for_consent(by=keeper(of), contact=anew)
        anew.refresh_from_db()
        assert (anew.name, anew.email, anew.phone) == ("", "", "")
        assert mailoutbox == []
        assert consenting.ask_for_consent(by=UserFactory(editor=True), contact=contact(consenting=False, email=address))

    def test_the_log_holds_no_detail_of_the_person(self, client):
        person = contact(consenting=False, name="Kanarivogel Tesfay", phone="0170 99887766")
        consenting.ask_for_consent(by=keeper(person.organisation), contact=person)
        give(client, person, "name", "phone")
        consenting.withdraw_consent(by=None, consent=person.consents.get())
        actions = list(AuditEntry.objects.filter(action__startswith="contact.").order_by("number"))
        assert [entry.action for entry in actions] == ["contact.asked", "contact.agreed", "contact.withdrawn"]
        told = " ".join(f"{entry.object_name} {entry.before} {entry.after} {entry.reason}" for entry in actions)
        assert person.organisation.name in told
        assert not any(detail in told for detail in (person.name, person.phone, person.email))


class TestDeciding:
    """The page behind the link."""

    def test_looking_does_nothing(self, client, asked):
        answer = client.get(page(asked))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert [asked.name in text, asked.phone in text, asked.organisation.name in text] == [True] * 3
        assert "checked" not in text
        assert not Consent.objects.exists()
        asked.refresh_from_db()
        assert asked.refused_at is None

    def test_the_person_chooses_the_fields_and_the_exact_words_are_kept(
        self, client, asked, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            assert give(client, asked, "name", "phone").status_code == 302
        given = asked.consents.get()
        assert given.fields == ["name", "phone"]
        assert given.wording == wording_for(asked)
        assert given.wording.partition("\n")[0] in html.unescape(client.get(page(asked)).content.decode())
        assert given.expires_at.year == given.given_at.year + 2
        (visible,) = shown(asked)
        assert (visible.name, visible.email) == (asked.name, "")
        (mail,) = mailoutbox
        assert link_of(asked) in mail.body

    def test_changing_the_choice_ends_the_earlier_consent_and_keeps_it(self, client, asked):
        give(client, asked, "name", "phone")
        give(client, asked, "function")
        assert asked.consents.count() == 2
        assert asked.consents.live().get().fields == ["function"]
        assert shown(asked)[0].name == ""

    @pytest.mark.parametrize("fields", [(), ("street",), ("name", "street")])
    def test_agreeing_to_nothing_or_to_what_is_not_there_is_refused(self, client, asked, fields):
        assert give(client, asked, *fields).status_code == 422
        assert not Consent.objects.exists()

    def test_an_empty_detail_cannot_be_agreed_to(self, client):
        person = contact(consenting=False, phone="")
        assert give(client, person, "phone").status_code == 422

    def test_what_changed_after_the_person_read_it_is_not_agreed_to(self, client, asked):
        seen = seen_mark(asked)
        asked.function = "Geschäftsführung"
        asked.save()
        client.post(page(asked), {"act": "give", "seen": seen, "fields_shown": ["name", "function"]})
        assert not Consent.objects.exists()

    def test_saying_no_removes_the_details(self, client, asked):
        client.post(page(asked), {"act": "refuse"})
        kept = Contact.objects.get(pk=asked.pk)
        assert kept.refused_at is not None
        assert [kept.name, kept.function, kept.email, kept.phone] == [""] * 4
        text = client.get(page(asked)).content.decode()
        assert asked.name not in text
        assert asked.organisation.name in text

    @pytest.mark.parametrize("sent", [{}, {"act": "anything"}, {"act": "renew"}, {"act": "withdraw"}])
    def test_other_acts_do_nothing_to_who_has_not_agreed(self, client, asked, sent):
        assert client.post(page(asked), sent).status_code == 302
        assert not Consent.objects.exists()
        asked.refresh_from_db()
        assert asked.name

    def test_a_stranger_cannot_make_a_link(self, client, asked):
        other = contact(consenting=False)
        token = token_of(asked)
        payload, signature = token_of(other).partition(":")[0], token.partition(":")[2]
        wrong = [token[:-1], f"{token}x", "x", token.replace(":", "", 1), f"{payload}:{signature}"]
        assert {client.get(reverse("consent", args=[text])).status_code for text in wrong} == {404}
        assert {client.post(reverse("consent", args=[text]), {"act": "refuse"}).status_code for text in wrong} == {404}

    def test_the_link_of_a_former_address_is_dead(self, client, asked):
        before = page(asked)
        asked.email = "neu@verein.example"
        asked.save()
        assert client.get(before).status_code == 404
        assert client.get(page(asked)).status_code == 200

    def test_the_form_asks_for_the_token_against_forgery(self, asked):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        assert strict.post(page(asked), {"act": "refuse"}).status_code == 403


class TestTakingBack:
    """Withdrawal: one button, at once, and nothing is left."""

    def test_it_removes_the_person_in_the_same_request(self, client):
        person = contact()
        client.post(page(person), {"act": "withdraw"})
        assert shown(person) == []
        kept = Contact.objects.get(pk=person.pk)
        assert (kept.name, kept.email, kept.refused_at is None) == ("", "", False)
        assert person.consents.get().withdrawn_at is not None
        assert person.name not in client.get(page(person)).content.decode()

    def test_proposals_for_the_entry_forget_the_person_too(self, client):
        person = contact()
        details = {"name": person.name, "email": person.email}
        base = {"organisation": person.organisation, "subject": ChangeSubject.CONTACT}
        added = ProfileChange.objects.create(
            **base, act=ChangeAct.ADD, after=details, state=ChangeState.ACCEPTED, note=f"{person.name} ist neu"
        )
        waiting = ProfileChange.objects.create(
            **base, act=ChangeAct.CHANGE, target_id=person.pk, before=details, after={"phone": "1"},
            decision_note=f"Bitte {person.name} fragen",
        )  # fmt: skip
        other = ProfileChange.objects.create(**base, act=ChangeAct.ADD, after={"name": "Jemand anders"})
        client.post(page(person), {"act": "withdraw"})
        for change in (added, waiting, other):
            change.refresh_from_db()
        assert (added.after, added.note, added.state) == ({}, "", ChangeState.ACCEPTED)
        assert (waiting.before, waiting.decision_note, waiting.state) == ({}, "", ChangeState.WITHDRAWN)
        assert other.after == {"name": "Jemand anders"}

    def test_deleting_a_contact_forgets_it_in_proposals(self):
        person = contact()
        change = ProfileChange.objects.create(
            organisation=person.organisation, subject=ChangeSubject.CONTACT, act=ChangeAct.ADD,
            after={"email": person.email},
        )  # fmt: skip
        person.delete()
        change.refresh_from_db()
        assert change.after == {}

    def test_nobody_signed_in_takes_back_what_others_agreed_to(self):
        person, somebody = contact(), expert()
        for given in (person.consents.get(), somebody.consents.get()):
            with pytest.raises(PermissionDenied):
                consenting.withdraw_consent(by=UserFactory(editor=True), consent=given)

    def test_taking_back_twice_is_once(self):
        person = contact()
        given = person.consents.get()
        consenting.withdraw_consent(by=None, consent=given)
        at = person.consents.get().withdrawn_at
        consenting.withdraw_consent(by=None, consent=given)
        assert person.consents.get().withdrawn_at == at

    def test_a_keeper_removes_a_contact_at_once(self):
        person = contact()
        consenting.remove_contact(by=keeper(person.organisation), contact=person)
        assert not Contact.objects.exists()
        with pytest.raises(PermissionDenied):
            consenting.remove_contact(by=UserFactory(), contact=contact())

    def test_removing_does_not_forget_that_somebody_said_no(self):
        person = contact()
        address, of = person.email, person.organisation
        consenting.withdraw_consent(by=None, consent=person.consents.get())
        consenting.remove_contact(by=keeper(of), contact=person)
        assert not consenting.ask_for_consent(by=keeper(of), contact=contact(of, consenting=False, email=address))


class TestRenewing:
    """The same link renews, from thirty days before the end on."""

    @pytest.mark.parametrize(("days", "renewed"), [(RENEWAL_DAYS + 2, False), (RENEWAL_DAYS - 1, True), (-5, True)])
    def test_it_renews_only_near_the_end_and_after_it(self, client, days, renewed):
        person = contact(consenting=False)
        consent(contact=person, fields=["name"], expires_at=timezone.now() + days * A_DAY)
        client.post(page(person), {"act": "renew", "seen": seen_mark(person)})
        assert person.consents.count() == 1 + renewed
        if renewed:
            assert person.consents.live().get().fields == ["name"]
            assert shown(person)[0].name == person.name

    def test_words_that_changed_must_be_read_before(self, client):
        person = contact(consenting=False)
        consent(contact=person, expires_at=timezone.now() + A_DAY)
        client.post(page(person), {"act": "renew", "seen": "0" * 16})
        assert person.consents.count() == 1

    def test_what_was_taken_back_is_not_renewed(self):
        person = contact()
        given = person.consents.get()
        consenting.withdraw_consent(by=None, consent=given)
        with pytest.raises(PermissionDenied):
            consenting.renew_consent(by=None, consent=given)


@pytest.mark.parametrize("lives", [True, False])
def test_the_page_costs_the_same_few_queries(client, django_assert_max_num_queries, lives):
    person = contact(consenting=lives)
    with django_assert_max_num_queries(6):
        client.get(page(person))


def test_the_page_says_how_long_the_link_will_do(client):
    person = contact()
    text = client.get(page(person)).content.decode()
    assert re.search(str(person.consents.get().expires_at.year), text)
