"""Sensitive parts: proposed by the organisation, decided by an editor, shown field by field, told with the reason."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from knowledge.directory.deciding import decisions
from knowledge.directory.deciding.letters import decision_letter
from knowledge.directory.enums import ChangeState
from knowledge.directory.keeping import proposing
from knowledge.directory.keeping.marks import UnreadProposalError, mark_of, mark_of_change
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


def read_about(kind, club, target=None, change=None):
    return mark_of(kind, club, target.pk if target else None, change)


def mark_on(page):
    """Return the mark that a page names, with which its form is sent."""
    return page.context["read"]


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
        client.post(reverse("directory_proposal", args=[change.pk]), CHECKED | {"gelesen": mark_of_change(change)})
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
        client.post(
            page, {"ablehnen": "1", "d-reason": "Der Bescheid ist abgelaufen.", "gelesen": mark_of_change(change)}
        )
    change.refresh_from_db()
    assert (change.state, change.decided_by) == (ChangeState.DECLINED, editor)
    assert not club.mandates.exists()
    assert "Der Bescheid ist abgelaufen." in mail.outbox[-1].body
    client.force_login(keeper)
    assert "Der Bescheid ist abgelaufen." in client.get(address("start")).content.decode()


def test_what_was_there_before_holds_until_the_decision_and_each_field_is_compared(club, keeper, editor):
    mandate = make.mandate(club, subject="Elternarbeit", principal="Stadt Ravensfurt")
    values = MANDATE.values(mandate) | {"subject": "Elternarbeit an allen Schulen"}
    change = proposing.propose(
        by=keeper,
        organisation=club,
        kind=MANDATE,
        values=values,
        target_id=mandate.pk,
        read=read_about(MANDATE, club, mandate),
    )
    mandate.refresh_from_db()
    assert mandate.subject == "Elternarbeit"
    (shown,) = shown_proposals([change])
    assert [(row.now, row.proposed) for row in shown.changed] == [("Elternarbeit", "Elternarbeit an allen Schulen")]
    decisions.accept(by=editor, change=change, read=mark_of_change(change), checked={"assurance": "declared"})
    mandate.refresh_from_db()
    assert mandate.subject == "Elternarbeit an allen Schulen"


def test_a_field_that_changed_since_is_said_to_the_editor(club, keeper):
    mandate = make.mandate(club, subject="Elternarbeit")
    values = MANDATE.values(mandate) | {"subject": "Neu"}
    change = proposing.propose(
        by=keeper,
        organisation=club,
        kind=MANDATE,
        values=values,
        target_id=mandate.pk,
        read=read_about(MANDATE, club, mandate),
    )
    Mandate.objects.update(subject="Von anderer Seite geändert")
    (shown,) = shown_proposals([change])
    assert [row.now for row in shown.differences if row.is_overtaken] == ["Von anderer Seite geändert"]


def test_there_is_one_open_proposal_per_record_and_none_where_nothing_would_change(club, keeper):
    mandate = make.mandate(club)
    values = MANDATE.values(mandate)
    assert (
        proposing.propose(
            by=keeper,
            organisation=club,
            kind=MANDATE,
            values=values,
            target_id=mandate.pk,
            read=read_about(MANDATE, club, mandate),
        )
        is None
    )
    for subject in ("Erste Fassung", "Zweite Fassung"):
        proposing.propose(
            by=keeper, organisation=club, kind=MANDATE, values=values | {"subject": subject}, target_id=mandate.pk,
            read=read_about(MANDATE, club, mandate, ProfileChange.objects.first()),
        )  # fmt: skip
    assert ProfileChange.objects.get().after["subject"] == "Zweite Fassung"


def test_the_organisation_may_withdraw_but_not_what_was_decided(client, club, keeper, editor):
    change = propose_mandate(client, keeper)
    client.post(address("proposal_withdraw", change.pk), {"gelesen": mark_of_change(change)})
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    with pytest.raises(PermissionDenied):
        decisions.accept(by=editor, change=change, read=mark_of_change(change))
    with pytest.raises(PermissionDenied):
        proposing.withdraw(by=keeper, change=change, read=mark_of_change(change))


def test_legal_form_and_registers_wait_for_an_editor(client, club, keeper, editor):
    client.force_login(keeper)
    client.post(
        address("propose", "rechtsform"),
        {"legal_form": "ev", "gelesen": mark_on(client.get(address("propose", "rechtsform")))},
    )
    client.post(address("propose", "register"), {"kind": "vereinsregister", "number": "VR 1", "authority": "AG"})
    club.refresh_from_db()
    assert club.legal_form == "initiative"
    page = client.get(address("part", "transparenz")).content.decode()
    assert "VR 1" in page
    client.force_login(editor)
    legal, register = ProfileChange.objects.order_by("pk")
    sent = {"annehmen": "1", "gelesen": mark_of_change(legal)}
    assert client.post(reverse("directory_proposal", args=[legal.pk]), sent).status_code == 302
    client.post(
        reverse("directory_proposal", args=[register.pk]),
        {"annehmen": "1", "a-assurance": "evidenced", "a-checked_on": "2.6.2026", "gelesen": mark_of_change(register)},
    )
    club.refresh_from_db()
    row = club.registrations.get()
    assert (club.legal_form, row.number, row.assurance, row.checked_by) == ("ev", "VR 1", "evidenced", editor)


def test_the_removal_of_a_mandate_is_proposed_too(club, keeper, editor):
    mandate = make.mandate(club)
    change = proposing.propose_removal(
        by=keeper, organisation=club, kind=MANDATE, target_id=mandate.pk, note="Ausgelaufen",
        read=read_about(MANDATE, club, mandate),
    )  # fmt: skip
    assert club.mandates.exists()
    decisions.accept(by=editor, change=change, read=mark_of_change(change))
    assert not club.mandates.exists()


def test_what_is_gone_can_only_be_declined(client, club, keeper, editor):
    qualification = make.qualification(club)
    change = proposing.propose(
        by=keeper, organisation=club, kind=QUALIFICATION, target_id=qualification.pk,
        values=QUALIFICATION.values(qualification) | {"description": "Anders"},
        read=read_about(QUALIFICATION, club, qualification),
    )  # fmt: skip
    qualification.delete()
    with pytest.raises(decisions.TargetGoneError):
        decisions.accept(by=editor, change=change, read=mark_of_change(change), checked={"assurance": "declared"})
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    assert client.get(page).status_code == 200
    client.post(page, CHECKED | {"gelesen": mark_on(client.get(page))})
    change.refresh_from_db()
    assert change.state == ChangeState.OPEN
    decisions.decline(by=editor, change=change, read=mark_of_change(change), reason="Gibt es nicht mehr.")


# What becomes of the status is said before it happens.


def test_no_click_takes_a_confirmation_away_unsaid(client, club, keeper, editor, django_capture_on_commit_callbacks):
    mandate = make.mandate(club, assurance="confirmed", confirmed_by="Jugendamt", confirmed_on="2025-09-03")
    client.force_login(keeper)
    page = address("propose_change", "auftrag", mandate.pk)
    form = client.get(page)
    assert mandate.get_assurance_display() in form.content.decode().split("<form")[-2]
    client.post(page, A_MANDATE | {"gelesen": mark_on(form)})
    change = ProfileChange.objects.get()
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    shown = client.get(page)
    assert "Jugendamt" in shown.content.decode()
    assert "checked" not in shown.content.decode().split("<main")[-1]
    sent = {"annehmen": "1", "gelesen": mark_on(shown)}
    assert client.post(page, sent).status_code == 422
    mandate.refresh_from_db()
    assert mandate.assurance == "confirmed"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, sent | {"a-assurance": "declared"})
    mandate.refresh_from_db()
    assert mandate.assurance == "declared"
    assert mandate.get_assurance_display() in mail.outbox[-1].body


def test_a_form_that_is_sent_twice_makes_one_proposal(client, club, keeper):
    propose_mandate(client, keeper)
    response = client.post(address("propose", "auftrag"), A_MANDATE, follow=True)
    assert ProfileChange.objects.count() == 1
    assert [message.level_tag for message in response.context["messages"]][-1] == "success"


def test_who_is_to_be_named_is_not_told_of_as_standing_on_the_profile(
    client, club, keeper, editor, django_capture_on_commit_callbacks
):
    values = {"name": "Selam Tesfay", "function": "", "email": "selam@verein.example", "phone": ""}
    change = proposing.propose(by=keeper, organisation=club, kind=CONTACT, values=values)
    with django_capture_on_commit_callbacks(execute=True):
        decisions.accept(by=editor, change=change, read=mark_of_change(change))
    (letter,) = [message for message in mail.outbox if message.to == [keeper.email]]
    legal = ProfileChange(organisation=club, subject="legal", act="change", state=ChangeState.ACCEPTED, pk=1)
    assert decision_letter(legal, keeper.email).paragraphs[1] not in letter.body
    assert "Selam" not in letter.body


def test_who_changes_nothing_is_told_that_nothing_was_handed_in(client, club, keeper):
    mandate = make.mandate(club, valid_from=None)
    client.force_login(keeper)
    page = address("propose_change", "auftrag", mandate.pk)
    same = {name: value or "" for name, value in MANDATE.values(mandate).items()}
    response = client.post(page, same | {"note": "", "gelesen": mark_on(client.get(page))}, follow=True)
    assert not ProfileChange.objects.exists()
    assert [message.level_tag for message in response.context["messages"]] == ["info"]


# Nothing is decided or replaced unread.


@pytest.fixture
def colleague(club):
    return UserFactory(roles=[("organisation_editor", club)], display_name="Amina Yusuf")


DECISIONS = [CHECKED, {"ablehnen": "1", "d-reason": "Der Bescheid ist abgelaufen."}]


@pytest.mark.parametrize("decision", DECISIONS)
def test_an_editor_never_decides_what_was_changed_since_it_was_read(client, club, keeper, editor, decision):
    change = propose_mandate(client, keeper)
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    read = mark_on(client.get(page))
    values = {**change.after, "subject": "Vertritt alle Zugewanderten"}
    proposing.propose(by=keeper, organisation=club, kind=MANDATE, values=values, former=change,
                      read=mark_of_change(change))  # fmt: skip
    response = client.post(page, decision | {"gelesen": read})
    assert response.status_code == 409
    assert "Vertritt alle Zugewanderten" in response.content.decode()
    change.refresh_from_db()
    assert (change.state, club.mandates.count(), mail.outbox) == (ChangeState.OPEN, 0, [])
    # Having read it, the editor decides.
    assert client.post(page, decision | {"gelesen": mark_on(response)}).status_code == 302
    change.refresh_from_db()
    assert change.state != ChangeState.OPEN


@pytest.mark.parametrize("sent", [{}, {"gelesen": ""}, {"gelesen": "x"}])
def test_a_decision_that_names_nothing_read_decides_nothing(client, club, keeper, editor, sent):
    change = propose_mandate(client, keeper)
    client.force_login(editor)
    assert client.post(reverse("directory_proposal", args=[change.pk]), CHECKED | sent).status_code == 409
    assert not club.mandates.exists()


def test_what_came_back_with_errors_keeps_the_mark_of_what_was_read(client, club, keeper, editor):
    change = propose_mandate(client, keeper)
    client.force_login(editor)
    page = reverse("directory_proposal", args=[change.pk])
    response = client.post(page, CHECKED | {"a-confirmed_by": "", "gelesen": "what-was-read"})
    assert (response.status_code, mark_on(response)) == (422, "what-was-read")


def test_an_editor_is_told_when_what_holds_was_changed_since(client, club, keeper, editor):
    mandate = make.mandate(club, subject="Elternarbeit")
    values = MANDATE.values(mandate) | {"subject": "Neu"}
    change = proposing.propose(by=keeper, organisation=club, kind=MANDATE, values=values, target_id=mandate.pk,
                               read=read_about(MANDATE, club, mandate))  # fmt: skip
    read = mark_of_change(change)
    Mandate.objects.update(principal="Landkreis Auenwald")
    with pytest.raises(UnreadProposalError):
        decisions.accept(by=editor, change=change, read=read, checked={"assurance": "declared"})


def test_a_colleagues_open_proposal_is_laid_beside_ones_own_and_never_replaced_unread(
    client, club, keeper, colleague, editor, django_capture_on_commit_callbacks
):
    mandate = make.mandate(club, subject="Elternarbeit")
    page = address("propose_change", "auftrag", mandate.pk)
    client.force_login(keeper)
    read = mark_on(client.get(page))
    client.force_login(colleague)
    theirs = A_MANDATE | {"subject": "Elternarbeit an allen Schulen", "gelesen": mark_on(client.get(page))}
    assert client.post(page, theirs).status_code == 302
    client.force_login(keeper)
    mine = A_MANDATE | {"subject": "Elternarbeit nur in Grundschulen"}
    response = client.post(page, mine | {"gelesen": read})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Elternarbeit an allen Schulen" in shown
    assert "Elternarbeit nur in Grundschulen" in shown
    assert "Amina Yusuf" in shown
    change = ProfileChange.objects.get()
    assert (change.after["subject"], change.proposed_by) == ("Elternarbeit an allen Schulen", colleague)
    # Having seen both, the person replaces it, and both are told what became of it.
    assert client.post(page, mine | {"gelesen": mark_on(response)}).status_code == 302
    change.refresh_from_db()
    assert (change.after["subject"], change.proposed_by) == ("Elternarbeit nur in Grundschulen", keeper)
    with django_capture_on_commit_callbacks(execute=True):
        decisions.decline(by=editor, change=change, read=mark_of_change(change), reason="Bitte belegen.")
    assert sorted(message.to[0] for message in mail.outbox) == sorted([keeper.email, colleague.email])


def test_a_proposal_is_not_made_about_what_was_changed_since_the_form_was_opened(client, club, keeper):
    mandate = make.mandate(club, subject="Elternarbeit")
    client.force_login(keeper)
    page = address("propose_change", "auftrag", mandate.pk)
    read = mark_on(client.get(page))
    Mandate.objects.update(principal="Landkreis Auenwald")
    response = client.post(page, A_MANDATE | {"gelesen": read})
    assert response.status_code == 409
    assert "Landkreis Auenwald" in response.content.decode()
    assert not ProfileChange.objects.exists()


def test_a_legal_form_that_was_changed_meanwhile_is_laid_beside_ones_own(client, club, keeper):
    client.force_login(keeper)
    page = address("propose", "rechtsform")
    read = mark_on(client.get(page))
    club.legal_form = "ev"
    club.save()
    response = client.post(page, {"legal_form": "ggmbh", "gelesen": read})
    assert response.status_code == 409
    (row,) = response.context["conflict"]["rows"]
    club.refresh_from_db()
    assert (row.theirs, club.legal_form) == ([club.get_legal_form_display()], "ev")
    assert not ProfileChange.objects.exists()


def test_what_was_typed_for_a_proposal_that_was_decided_meanwhile_stays_and_can_be_proposed_anew(
    client, club, keeper, editor
):
    change = propose_mandate(client, keeper)
    page = address("proposal_change", change.pk)
    read = mark_on(client.get(page))
    decisions.accept(by=editor, change=change, read=mark_of_change(change), checked={"assurance": "declared"})
    response = client.post(page, A_MANDATE | {"subject": "Getippt", "gelesen": read})
    assert response.status_code == 409
    assert "Getippt" in response.content.decode()
    assert ProfileChange.objects.count() == 1
    assert client.post(page, A_MANDATE | {"subject": "Getippt", "gelesen": mark_on(response)}).status_code == 302
    assert ProfileChange.objects.get(state=ChangeState.OPEN).after["subject"] == "Getippt"


def test_the_removal_of_a_record_does_not_replace_a_proposal_unread(client, club, keeper, colleague):
    mandate = make.mandate(club)
    client.force_login(keeper)
    page = address("propose_removal", "auftrag", mandate.pk)
    read = mark_on(client.get(page))
    values = MANDATE.values(mandate) | {"subject": "Anders"}
    proposing.propose(by=colleague, organisation=club, kind=MANDATE, values=values, target_id=mandate.pk,
                      read=read_about(MANDATE, club, mandate))  # fmt: skip
    response = client.post(page, {"note": "", "gelesen": read})
    assert response.status_code == 409
    assert "Anders" in response.content.decode()
    assert ProfileChange.objects.get().act == "change"
    client.post(page, {"note": "", "gelesen": mark_on(response)})
    assert ProfileChange.objects.get().act == "remove"


def test_nobody_withdraws_what_a_colleague_made_of_a_proposal_meanwhile(client, club, keeper, colleague):
    change = propose_mandate(client, keeper)
    read = mark_on(client.get(address("proposal", change.pk)))
    proposing.propose(by=colleague, organisation=club, kind=MANDATE, values={**change.after, "subject": "Anders"},
                      former=change, read=mark_of_change(change))  # fmt: skip
    client.post(address("proposal_withdraw", change.pk), {"gelesen": read})
    change.refresh_from_db()
    assert change.state == ChangeState.OPEN


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
        decisions.accept(by=editor, change=change, read=mark_of_change(change))
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
        decisions.decline(by=editor, change=change, read=mark_of_change(change), reason="Bitte eine andere Adresse.")
    else:
        proposing.withdraw(by=keeper, change=change, read=mark_of_change(change))
    change.refresh_from_db()
    assert change.after == {}
    assert not Contact.objects.exists()


def test_a_consent_does_not_hold_for_other_details(club, keeper, editor):
    contact = make.contact(club)
    values = CONTACT.values(contact) | {"phone": "0999 1"}
    change = proposing.propose(
        by=keeper,
        organisation=club,
        kind=CONTACT,
        values=values,
        target_id=contact.pk,
        read=read_about(CONTACT, club, contact),
    )
    decisions.accept(by=editor, change=change, read=mark_of_change(change))
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
        lambda: decisions.accept(by=person, change=change, read=mark_of_change(change)),
        lambda: decisions.decline(by=person, change=change, read=mark_of_change(change), reason="Nein"),
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
        by=UserFactory(editor=True), organisation=other.organisation, kind=LEGAL_FORM, values={"legal_form": "ev"},
        read=read_about(LEGAL_FORM, other.organisation),
    )  # fmt: skip
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
            by=keeper, organisation=club, kind=kind, target_id=made.pk, values=kind.values(made) | {first: "other"},
            read=read_about(kind, club, made),
        )  # fmt: skip
    with django_assert_max_num_queries(15):
        client.get(address("part", slug))
