"""Sensitive parts: proposed by the organisation, decided by an editor, shown field by field, told with the reason."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge.directory.deciding import decisions
from knowledge.directory.enums import ChangeState
from knowledge.directory.keeping import proposing
from knowledge.directory.keeping.presentation import shown_proposals
from knowledge.directory.keeping.sensitive import CONTACT, LEGAL_FORM, MANDATE, QUALIFICATION, REGISTRATION
from knowledge.directory.models import Contact, Mandate, ProfileChange
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
A_MANDATE = {
    "kind": "municipal", "principal": "Stadt Ravensfurt", "subject": "Elternarbeit", "speaks_for": "Mitglieder",
    "not_for": "alle Zugewanderten", "area": "Ravensfurt", "valid_from": "1.1.2026", "valid_to": "31.12.2027",
    "funding": "", "evidence": "Bescheid vom 3. Mai 2026", "note": "Liegt dem Jugendamt vor.",
}  # fmt: skip
CHECKED = {"a-assurance": "confirmed", "a-confirmed_by": "Jugendamt", "a-confirmed_on": "2.6.2026", "annehmen": "1"}


@pytest.fixture
def club():
    return make.organisation(slug="bruecken", legal_form="initiative")


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)])


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def address(name, *args):
    return reverse(f"keeping:{name}", args=["bruecken", *args])


def propose_mandate(client, keeper):
    client.force_login(keeper)
    assert client.post(address("propose", "auftrag"), A_MANDATE).status_code == 302
    return ProfileChange.objects.get()


def test_a_new_mandate_is_shown_to_nobody_before_an_editor_accepts_it_with_what_was_checked(
    client, club, keeper, editor, django_capture_on_commit_callbacks
):
    change = propose_mandate(client, keeper)
    assert not club.mandates.exists()
    page = client.get(address("part", "auftrag")).content.decode()
    assert "Elternarbeit" in page
    client.force_login(editor)
    page = client.get(reverse("directory_proposal", args=[change.pk])).content.decode()
    assert "alle Zugewanderten" in page
    assert "Liegt dem Jugendamt vor." in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("directory_proposal", args=[change.pk]), CHECKED)
    mandate = club.mandates.get()
    assert (mandate.assurance, mandate.confirmed_by, str(mandate.confirmed_on)) == (
        "confirmed", "Jugendamt", "2026-06-02",
    )  # fmt: skip
    assert (mandate.checked_by, str(mandate.valid_to)) == (editor, "2027-12-31")
    assert mail.outbox[-1].to == [keeper.email]
    assert AuditEntry.objects.filter(action="directory.proposal_accepted").exists()
    club.refresh_from_db()
    assert club.version == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"a-confirmed_by": ""}, "confirmed_by"), ({"a-confirmed_on": ""}, "confirmed_on"),
     ({"a-confirmed_on": "1.1.2090"}, "confirmed_on"), ({"a-assurance": ""}, "assurance")],
)  # fmt: skip
def test_a_confirmation_says_by_whom_and_when(client, club, keeper, editor, typed, field):
    change = propose_mandate(client, keeper)
    client.force_login(editor)
    response = client.post(reverse("directory_proposal", args=[change.pk]), CHECKED | typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not club.mandates.exists()


def test_a_declined_proposal_needs_a_reason_which_is_told(
    client, club, keeper, editor, django_capture_on_commit_callbacks
):
    change = propose_mandate(client, keeper)
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    assert client.post(page, {"ablehnen": "1", "d-reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"ablehnen": "1", "d-reason": "Der Bescheid ist abgelaufen."})
    change.refresh_from_db()
    assert (change.state, change.decided_by) == (ChangeState.DECLINED, editor)
    assert not club.mandates.exists()
    assert "Der Bescheid ist abgelaufen." in mail.outbox[-1].body
    client.force_login(keeper)
    assert "Der Bescheid ist abgelaufen." in client.get(address("start")).content.decode()


def test_what_was_there_before_holds_until_the_decision_and_each_field_is_compared(club, keeper, editor):
    mandate = make.mandate(club, subject="Elternarbeit", principal="Stadt Ravensfurt")
    values = MANDATE.values(mandate) | {"subject": "Elternarbeit an allen Schulen"}
    change = proposing.propose(by=keeper, organisation=club, kind=MANDATE, values=values, target_id=mandate.pk)
    mandate.refresh_from_db()
    assert mandate.subject == "Elternarbeit"
    (shown,) = shown_proposals([change])
    assert [(row.now, row.proposed) for row in shown.changed] == [("Elternarbeit", "Elternarbeit an allen Schulen")]
    decisions.accept(by=editor, change=change, checked={"assurance": "declared"})
    mandate.refresh_from_db()
    assert mandate.subject == "Elternarbeit an allen Schulen"


def test_a_field_that_changed_since_is_said_to_the_editor(club, keeper):
    mandate = make.mandate(club, subject="Elternarbeit")
    values = MANDATE.values(mandate) | {"subject": "Neu"}
    change = proposing.propose(by=keeper, organisation=club, kind=MANDATE, values=values, target_id=mandate.pk)
    Mandate.objects.update(subject="Von anderer Seite geändert")
    (shown,) = shown_proposals([change])
    assert [row.now for row in shown.differences if row.is_overtaken] == ["Von anderer Seite geändert"]


def test_there_is_one_open_proposal_per_record_and_none_where_nothing_would_change(club, keeper):
    mandate = make.mandate(club)
    values = MANDATE.values(mandate)
    assert proposing.propose(by=keeper, organisation=club, kind=MANDATE, values=values, target_id=mandate.pk) is None
    for subject in ("Erste Fassung", "Zweite Fassung"):
        proposing.propose(
            by=keeper, organisation=club, kind=MANDATE, values=values | {"subject": subject}, target_id=mandate.pk
        )
    assert ProfileChange.objects.get().after["subject"] == "Zweite Fassung"


def test_the_organisation_may_withdraw_but_not_what_was_decided(client, club, keeper, editor):
    change = propose_mandate(client, keeper)
    client.post(address("proposal_withdraw", change.pk))
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    with pytest.raises(PermissionDenied):
        decisions.accept(by=editor, change=change)
    with pytest.raises(PermissionDenied):
        proposing.withdraw(by=keeper, change=change)


def test_legal_form_and_registers_wait_for_an_editor(client, club, keeper, editor):
    client.force_login(keeper)
    client.post(address("propose", "rechtsform"), {"legal_form": "ev"})
    client.post(address("propose", "register"), {"kind": "vereinsregister", "number": "VR 1", "authority": "AG"})
    club.refresh_from_db()
    assert club.legal_form == "initiative"
    page = client.get(address("part", "transparenz")).content.decode()
    assert "VR 1" in page
    client.force_login(editor)
    legal, register = ProfileChange.objects.order_by("pk")
    assert client.post(reverse("directory_proposal", args=[legal.pk]), {"annehmen": "1"}).status_code == 302
    client.post(
        reverse("directory_proposal", args=[register.pk]),
        {"annehmen": "1", "a-assurance": "evidenced", "a-checked_on": "2.6.2026"},
    )
    club.refresh_from_db()
    row = club.registrations.get()
    assert (club.legal_form, row.number, row.assurance, row.checked_by) == ("ev", "VR 1", "evidenced", editor)


def test_the_removal_of_a_mandate_is_proposed_too(club, keeper, editor):
    mandate = make.mandate(club)
    change = proposing.propose_removal(
        by=keeper, organisation=club, kind=MANDATE, target_id=mandate.pk, note="Ausgelaufen"
    )
    assert club.mandates.exists()
    decisions.accept(by=editor, change=change)
    assert not club.mandates.exists()


def test_what_is_gone_can_only_be_declined(client, club, keeper, editor):
    qualification = make.qualification(club)
    change = proposing.propose(
        by=keeper, organisation=club, kind=QUALIFICATION, target_id=qualification.pk,
        values=QUALIFICATION.values(qualification) | {"description": "Anders"},
    )  # fmt: skip
    qualification.delete()
    with pytest.raises(decisions.TargetGoneError):
        decisions.accept(by=editor, change=change, checked={"assurance": "declared"})
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    assert client.get(page).status_code == 200
    client.post(page, CHECKED)
    change.refresh_from_db()
    assert change.state == ChangeState.OPEN
    decisions.decline(by=editor, change=change, reason="Gibt es nicht mehr.")


# Contact persons.


def test_an_accepted_contact_person_is_asked_and_shown_to_nobody_before(
    client, club, keeper, editor, django_capture_on_commit_callbacks
):
    client.force_login(keeper)
    client.post(
        address("propose", "ansprechperson"),
        {"name": "Selam Tesfay", "function": "Vorsitz", "email": "selam@verein.example", "phone": "", "note": ""},
    )
    change = ProfileChange.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        decisions.accept(by=editor, change=change)
    contact = club.contacts.get()
    assert (contact.name, contact.consents.count()) == ("Selam Tesfay", 0)
    assert contact.asked_at is not None
    assert ["selam@verein.example"] in [message.to for message in mail.outbox]
    change.refresh_from_db()
    assert (change.before, change.after) == ({}, {})
    assert "Selam" not in str(list(AuditEntry.objects.values_list("before", "after", "reason", "object_name")))


@pytest.mark.parametrize("state", ["decline", "withdraw"])
def test_a_decided_proposal_keeps_no_persons_details(club, keeper, editor, state):
    values = {"name": "Selam Tesfay", "function": "", "email": "selam@verein.example", "phone": ""}
    change = proposing.propose(by=keeper, organisation=club, kind=CONTACT, values=values)
    if state == "decline":
        decisions.decline(by=editor, change=change, reason="Bitte eine andere Adresse.")
    else:
        proposing.withdraw(by=keeper, change=change)
    change.refresh_from_db()
    assert change.after == {}
    assert not Contact.objects.exists()


def test_a_consent_does_not_hold_for_other_details(club, keeper, editor):
    contact = make.contact(club)
    values = CONTACT.values(contact) | {"phone": "0999 1"}
    change = proposing.propose(by=keeper, organisation=club, kind=CONTACT, values=values, target_id=contact.pk)
    decisions.accept(by=editor, change=change)
    assert not contact.consents.live().exists()


def test_a_contact_person_is_removed_at_once(client, club, keeper):
    contact = make.contact(club)
    client.force_login(keeper)
    page = client.get(address("propose_removal", "ansprechperson", contact.pk))
    assert page.status_code == 200
    client.post(address("propose_removal", "ansprechperson", contact.pk), {"note": ""})
    assert not club.contacts.exists()
    assert not ProfileChange.objects.exists()


# The right of reply, and what editors set.


def test_the_organisation_replies_to_a_status_at_once(client, club, keeper):
    mandate = make.mandate(club, assurance="disputed")
    client.force_login(keeper)
    client.post(address("reply", "auftrag", mandate.pk), {"text": "Der Beschluss gilt noch."})
    mandate.refresh_from_db()
    assert mandate.reply == "Der Beschluss gilt noch."
    assert client.get(address("reply", "register", mandate.pk)).status_code == 404


def test_an_editor_sets_what_stands_behind_a_mandate_and_the_log_keeps_it(client, club, editor):
    mandate = make.mandate(club)
    client.force_login(editor)
    page = reverse("directory_statement", args=["auftrag", mandate.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"assurance": "disputed", "confirmed_by": "Jugendamt", "confirmed_on": ""})
    mandate.refresh_from_db()
    assert (mandate.assurance, mandate.checked_by) == ("disputed", editor)
    entry = AuditEntry.objects.get(action="directory.assured")
    assert (entry.before["assurance"], entry.after["assurance"]) == ("declared", "disputed")


# Who may.


@pytest.mark.parametrize("who", ["keeper", "member", "author"])
def test_nobody_but_editors_decides(client, club, keeper, who):
    change = propose_mandate(client, keeper)
    person = {"keeper": keeper, "member": UserFactory(), "author": UserFactory(author=True)}[who]
    for act in (
        lambda: decisions.accept(by=person, change=change),
        lambda: decisions.decline(by=person, change=change, reason="Nein"),
        lambda: decisions.set_assurance(by=person, statement=make.mandate(club), checked={"assurance": "confirmed"}),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_records_of_others_cannot_be_reached(client, club, keeper):
    client.force_login(keeper)
    other = make.mandate()
    for name in ("propose_change", "propose_removal", "reply"):
        assert client.get(address(name, "auftrag", other.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        proposing.propose(by=keeper, organisation=club, kind=MANDATE, values={}, target_id=other.pk)
    foreign = proposing.propose(
        by=UserFactory(editor=True), organisation=other.organisation, kind=LEGAL_FORM, values={"legal_form": "ev"}
    )
    assert client.get(address("proposal", foreign.pk)).status_code == 404


@pytest.mark.parametrize("kind", [REGISTRATION, MANDATE, QUALIFICATION, CONTACT])
def test_the_pages_of_sensitive_records_cost_the_same_however_many_there_are(
    client, club, keeper, kind, django_assert_max_num_queries
):
    makers = {"register": make.registration, "auftrag": make.mandate, "qualifikation": make.qualification,
              "ansprechperson": make.contact}  # fmt: skip
    slug = {"register": "transparenz", "auftrag": "auftrag", "qualifikation": "qualifikation",
            "ansprechperson": "ansprechpersonen"}[kind.slug]  # fmt: skip
    client.force_login(keeper)
    makers[kind.slug](club)
    client.get(address("part", slug))
    with django_assert_max_num_queries(15):
        client.get(address("part", slug))
    for _number in range(4):
        made = makers[kind.slug](club)
        first = kind.fields[0]
        proposing.propose(
            by=keeper, organisation=club, kind=kind, target_id=made.pk, values=kind.values(made) | {first: "other"}
        )
    with django_assert_max_num_queries(15):
        client.get(address("part", slug))
