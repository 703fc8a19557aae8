import datetime
import re
import smtplib

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.actions import accepting
from portal.accounts.actions.joining import find_open_invitation, invite, resend, revoke
from portal.accounts.actions.requests import approve_request, decline_request, receive_request
from portal.accounts.enums import AccountState, InvitationState, RequestState, Role
from portal.accounts.models import Consent, Invitation, JoinRequest, RoleAssignment, User
from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.portal.accounts.people import (
    invited,
    link,
    local_administrator,
    network_administrator,
    organisation,
    sign_in,
    token_of,
    working_group,
)

pytestmark = pytest.mark.django_db
JOINING = {"display_name": "Zeynep Aydın", "agrees": "on"}
ASKING = {
    "display_name": "Jürgen Groß",
    "email": "juergen.gross@kommune.example",
    "municipality": "",
    "organisation": "Ausländeramt",
    "purpose": "Ich möchte Papiere lesen und kommentieren.",
    "website": "",
}


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def limited(settings):
    settings.ACCOUNT_RATE_LIMITS = {}


def now():
    return timezone.now()


# Who may invite whom to what.


def _cases():
    return [
        # actor, role, tied to, municipality, allowed
        ("network", "", None, "own", True),
        ("network", "", None, None, True),
        ("network", "editor", None, None, True),
        ("network", "staff", "own", "own", True),
        ("local", "", None, "own", True),
        ("local", "", None, "other", False),
        ("local", "", None, None, False),
        ("local", "staff", "own", "own", True),
        ("local", "staff", "department", "own", True),
        ("local", "staff", "other", "own", False),
        ("local", "staff", "own", "other", False),
        ("local", "administrator", "own", "own", True),
        ("local", "administrator", None, "own", False),
        ("local", "editor", None, "own", False),
        ("local", "group_member", "group", "own", False),
        ("lead", "group_member", "group", None, True),
        ("lead", "group_member", "group", "own", False),
        ("lead", "group_member", "other group", None, False),
        ("lead", "group_lead", "group", None, False),
        ("lead", "", None, None, False),
        ("organisation", "organisation_editor", "organisation", "own", True),
        ("organisation", "organisation_editor", "organisation", None, False),
        ("organisation", "organisation_editor", "other organisation", None, False),
        ("organisation", "group_member", "group", None, False),
        ("editor", "", None, "own", False),
        ("editor", "staff", "own", "own", False),
        ("editor", "organisation_editor", "organisation", "own", True),
        ("editor", "organisation_editor", "organisation", "other", False),
        ("editor", "organisation_editor", "organisation", None, False),
        ("member", "", None, "own", False),
        ("no factor", "", None, "own", False),
    ]


@pytest.mark.parametrize(("actor", "role", "target", "municipality", "allowed"), _cases())
def test_people_invite_only_to_what_they_may_give_and_only_to_where_they_administer(
    actor, role, target, municipality, allowed
):
    own, other = MunicipalityFactory(), MunicipalityFactory()
    things = {
        None: None,
        "own": own,
        "other": other,
        "department": DepartmentFactory(municipality=own),
        "group": working_group(),
        "other group": working_group("AG Zahlen"),
        "organisation": organisation(municipality=own),
        "other organisation": organisation("Anderer Verein"),
    }
    actors = {
        "network": lambda: network_administrator(),
        "local": lambda: local_administrator(own),
        "lead": lambda: UserFactory(roles=[("group_lead", things["group"])]),
        "organisation": lambda: UserFactory(roles=[("organisation_editor", things["organisation"])]),
        "editor": lambda: UserFactory(editor=True),
        "member": lambda: UserFactory(),
        "no factor": lambda: UserFactory(roles=["administrator"], second_factor=False),
    }
    try:
        invite(
            by=actors[actor](),
            email="neu@kommune.example",
            role=role,
            target=things[target],
            municipality=things[municipality],
        )
    except PermissionDenied:
        assert not allowed
        assert not Invitation.objects.exists()
        assert not AuditEntry.objects.filter(action="invitation.sent").exists()
    else:
        assert allowed
        assert AuditEntry.objects.filter(action="invitation.sent").count() == 1


# The mail and the link.


def test_the_mail_has_one_link_to_the_portals_own_address_and_the_same_words_twice(commits, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://fokus.example"
    by = network_administrator(display_name="Ada Öztürk")
    token = invited(commits, by=by, message="Willkommen <b>im</b> Netzwerk")
    message = mail.outbox[-1]
    html = message.alternatives[0].content
    assert f"https://fokus.example/einladung/{token}/" in message.body
    assert html.count("<a ") == 1
    assert "Ada Öztürk" in message.subject
    assert "Willkommen <b>im</b> Netzwerk" in message.body
    assert "&lt;b&gt;im&lt;/b&gt;" in html
    assert "Ada Öztürk" in message.body.splitlines()[2]


def test_a_line_break_in_a_name_begins_no_header(commits):
    invited(commits, by=network_administrator(display_name="Ada\nBcc: alle@example.org"))
    assert mail.outbox[-1].recipients() == ["neu@kommune.example"]
    assert "\n" not in mail.outbox[-1].subject


def test_of_the_link_only_a_digest_is_kept(commits):
    token = invited(commits, by=network_administrator())
    kept = " ".join(str(value) for row in Invitation.objects.values() for value in row.values())
    logged = " ".join(str(value) for row in AuditEntry.objects.values() for value in row.values())
    assert len(token) >= 43
    assert token not in kept
    assert token not in logged
    assert "neu@kommune.example" not in logged


def test_looking_at_an_invitation_uses_nothing_up_and_tells_other_sites_nothing(client, commits):
    token = invited(commits, by=network_administrator(display_name="Ada Öztürk"), display_name="Zeynep Aydın")
    for _ in range(2):
        response = client.get(link(token))
        html = response.content.decode()
        assert response.status_code == 200
        assert "Ada Öztürk" in html
        assert 'value="Zeynep Aydın"' in html
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cache-Control"] == "private, no-store"
    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email="neu@kommune.example").exists()


# Accepting.


def test_a_newcomer_joins_gets_the_role_and_chooses_a_password_behind_the_one_door(client, commits):
    place = MunicipalityFactory()
    by = local_administrator(place)
    token = invited(commits, by=by, email="Neu@Kommune.example", role=Role.STAFF, target=place, municipality=place)
    response = client.post(link(token), JOINING)
    assert response.status_code == 302
    assert response["Location"] == "/konto/passwort/festlegen/"
    person = User.objects.get(email="neu@kommune.example")
    assert person.display_name == "Zeynep Aydın"
    assert person.municipality == place
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    role = person.role_assignments.get()
    assert (role.role, role.target, role.granted_by) == (Role.STAFF, place, by)
    assert int(client.session["_auth_user_id"]) == person.pk
    consent = Consent.objects.get(person=person, purpose="rules")
    assert consent.text == accepting.rules_of_use()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"account.created", "invitation.accepted", "consent.given", "role.granted"} <= actions
    page = client.get("/konto/passwort/festlegen/")
    assert page.status_code == 200
    password = {"password1": "ein-sehr-langes-Passwort", "password2": "ein-sehr-langes-Passwort"}
    assert client.post("/konto/passwort/festlegen/", password).status_code == 302
    assert client.get("/konto/zwei-faktor/app/einrichten/").status_code == 200
    assert client.get("/personen/")["Location"] == "/konto/zwei-faktor/"


@pytest.mark.parametrize("missing", ["display_name", "agrees"])
def test_without_a_name_or_without_agreeing_nobody_joins(client, commits, missing):
    token = invited(commits, by=network_administrator())
    response = client.post(link(token), {**JOINING, missing: ""})
    assert response.status_code == 422
    assert not User.objects.filter(email="neu@kommune.example").exists()


def test_a_link_works_once(client, commits):
    token = invited(commits, by=network_administrator())
    client.post(link(token), JOINING)
    client.logout()
    assert client.post(link(token), JOINING).status_code == 404
    with pytest.raises(accepting.InvitationGoneError):
        accepting.accept_as_newcomer(token=token, display_name="Zweite", at=now())
    assert User.objects.filter(email="neu@kommune.example").count() == 1


def test_a_second_tab_of_an_accepted_invitation_leads_on_to_the_password_that_is_missing(commits):
    """The tab was open before; its form bears the sign of the session that was."""
    token = invited(commits, by=network_administrator())
    browser = Client(enforce_csrf_checks=True)
    sign = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(link(token)).content.decode())[1]
    first = browser.post(link(token), {**JOINING, "csrfmiddlewaretoken": sign})
    assert first["Location"] == "/konto/passwort/festlegen/"
    second = browser.post(link(token), {**JOINING, "csrfmiddlewaretoken": sign})
    assert second.status_code == 403
    assert "neu laden" in second.content.decode() or "laden Sie die Seite neu" in second.content.decode()
    again = browser.get(link(token))
    assert again.status_code == 200
    assert "/konto/passwort/festlegen/" in again.content.decode()
    assert User.objects.filter(email="neu@kommune.example").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_owner_of_a_used_link_reads_that_it_was_accepted_and_nobody_else_does(client, commits, method):
    token = invited(commits, by=network_administrator())
    client.post(link(token), JOINING)
    person = User.objects.get(email="neu@kommune.example")
    person.set_password("ein-langes-Passwort")
    person.save()
    sign_in(client, person)
    answer = getattr(client, method)(link(token))
    assert answer.status_code == 200
    assert "Sie haben diese Einladung angenommen" in answer.content.decode()
    assert "/konto/" in answer.content.decode()
    assert answer["Referrer-Policy"] == "same-origin"
    for other in (None, UserFactory()):
        client.logout()
        if other is not None:
            sign_in(client, other)
        assert getattr(client, method)(link(token)).status_code == 404


def test_who_lost_the_session_before_choosing_a_password_has_one_sent(client, commits):
    token = invited(commits, by=network_administrator())
    client.post(link(token), JOINING)
    client.logout()
    assert "/konto/passwort/vergessen/" in client.get(link(token)).content.decode()
    client.post("/konto/passwort/vergessen/", {"email": "neu@kommune.example"})
    assert mail.outbox[-1].to == ["neu@kommune.example"]
    assert "/konto/passwort/neu/" in mail.outbox[-1].body


def _revoked(by, invitation):
    revoke(by=by, invitation=invitation)


def _resent(by, invitation):
    resend(by=by, invitation=invitation)


def _run_out(by, invitation):
    Invitation.objects.update(expires_at=now() - datetime.timedelta(seconds=1))


def _used(by, invitation):
    Invitation.objects.update(accepted_at=now())


def test_wrong_used_revoked_renewed_and_old_links_get_the_same_answer(client, commits):
    by = network_administrator()
    answers = set()
    for number, end in enumerate((_revoked, _resent, _run_out, _used)):
        token = invited(commits, by=by, email=f"neu-{number}@kommune.example")
        end(by, Invitation.objects.get(email=f"neu-{number}@kommune.example"))
        for wrong in (token, token[:-1], "x" * 43):
            for method in (client.get, client.post):
                response = method(link(wrong))
                answers.add((response.status_code, response.content, str(sorted(response.headers.items()))))
        Invitation.objects.all().delete()
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_an_invitation_runs_out_after_seven_days(commits):
    with time_machine.travel("2026-03-01 12:00:00+00:00", tick=False):
        token = invited(commits, by=network_administrator())
    with time_machine.travel("2026-03-08 11:59:59+00:00", tick=False):
        assert find_open_invitation(token, at=now()) is not None
    with time_machine.travel("2026-03-08 12:00:00+00:00", tick=False):
        assert find_open_invitation(token, at=now()) is None
        assert Invitation.objects.get().state_at(now()) == InvitationState.EXPIRED


@pytest.mark.matrix
def test_ten_thousand_guesses_open_nothing(commits):
    token = invited(commits, by=network_administrator())
    guesses = (f"{token[:-4]}{number:04x}" for number in range(10_000))
    at = now()
    assert not any(find_open_invitation(guess, at=at) for guess in guesses if guess != token)
    assert find_open_invitation(token, at=at) is not None


def test_who_guesses_is_slowed_down_and_others_are_not(client, commits, limited):
    token = invited(commits, by=network_administrator())
    codes = [client.get(link(f"{number:043d}")).status_code for number in range(40)]
    assert codes.count(404) == 30
    assert codes[-10:] == [429] * 10
    assert client.get(link(token)).status_code == 429
    assert client.get(link(token), REMOTE_ADDR="198.51.100.7").status_code == 200


def _suspend(by):
    by.state = AccountState.SUSPENDED
    by.save(update_fields=["state"])


def _end_roles(by):
    by.role_assignments.update(ended_at=now())


def _lose_factor(by):
    by.authenticator_set.all().delete()


def _vanish(by):
    by.delete()


@pytest.mark.parametrize("lose", [_suspend, _end_roles, _lose_factor, _vanish])
def test_what_the_inviter_may_no_longer_give_is_not_given(client, commits, lose):
    by = network_administrator()
    token = invited(commits, by=by, role=Role.EDITOR)
    lose(by)
    response = client.post(link(token), JOINING)
    assert response.status_code == 409
    assert not User.objects.filter(email="neu@kommune.example").exists()
    with pytest.raises(PermissionDenied):
        accepting.accept_as_newcomer(token=token, display_name="Zeynep", at=now())


def test_the_administrator_of_a_municipality_that_is_gone_does_not_become_one_of_the_network(client, commits):
    place = MunicipalityFactory()
    token = invited(commits, by=network_administrator(), role=Role.ADMINISTRATOR, target=place)
    place.delete()
    assert client.post(link(token), JOINING).status_code == 409
    assert not RoleAssignment.objects.filter(person__email="neu@kommune.example").exists()


def test_somebody_with_an_account_signs_in_first_and_then_has_the_role(client, commits):
    group = working_group()
    lead = UserFactory(roles=[("group_lead", group)])
    person = UserFactory(municipality=MunicipalityFactory())
    token = invited(commits, by=lead, email=person.email, role=Role.GROUP_MEMBER, target=group)
    response = client.get(link(token))
    assert f"/konto/anmelden/?next=/einladung/{token}/" in response.content.decode()
    client.post(link(token), JOINING)
    assert not person.role_assignments.exists()
    sign_in(client, person)
    assert client.get(link(token)).status_code == 200
    assert client.post(link(token), {"agrees": "on"}).status_code == 302
    person.refresh_from_db()
    assert f"group:{group.pk}" in person.audience_labels
    assert User.objects.filter(email=person.email).count() == 1
    assert Consent.objects.filter(person=person).count() == 1
    client.logout()
    assert client.get(link(token)).status_code == 404


def test_nobody_accepts_what_was_meant_for_somebody_else(client, commits):
    person, stranger = UserFactory(), UserFactory()
    token = invited(commits, by=network_administrator(), email=person.email, role=Role.EDITOR)
    sign_in(client, stranger)
    for values in ({}, JOINING):
        client.post(link(token), values)
    with pytest.raises(PermissionDenied):
        accepting.accept_as(token=token, person=stranger, at=now())
    assert not RoleAssignment.objects.filter(person__in=[person, stranger]).exists()
    assert Invitation.objects.get().accepted_at is None


def test_who_is_signed_in_does_not_open_a_second_account(client, commits):
    token = invited(commits, by=network_administrator())
    sign_in(client, UserFactory())
    client.post(link(token), JOINING)
    assert not User.objects.filter(email="neu@kommune.example").exists()


def test_who_had_left_comes_back_by_an_invitation_and_signs_in_as_before(client, commits):
    group = working_group()
    person = UserFactory(state=AccountState.LEFT)
    person.farewells.create(kind="delete", due_on=timezone.localdate())
    token = invited(commits, by=network_administrator(), email=person.email, role=Role.GROUP_MEMBER, target=group)
    assert client.post(link(token), {"agrees": ""}).status_code == 422
    assert client.post(link(token), {"agrees": "on"})["Location"] == "/konto/anmelden/"
    assert "_auth_user_id" not in client.session
    person.refresh_from_db()
    assert person.state == AccountState.ACTIVE
    assert person.role_assignments.get().target == group
    assert person.farewells.get().cancelled_at is not None
    assert AuditEntry.objects.filter(action="account.reinstated").count() == 1


def test_an_invitation_does_not_let_a_suspended_person_in(client, commits):
    person = UserFactory(state=AccountState.SUSPENDED)
    token = invited(commits, by=network_administrator(), email=person.email, role=Role.EDITOR)
    client.post(link(token), JOINING)
    with pytest.raises(PermissionDenied):
        accepting.come_back(token=token, at=now())
    with pytest.raises(PermissionDenied):
        accepting.accept_as(token=token, person=person, at=now())
    person.refresh_from_db()
    assert (person.state, person.role_assignments.count()) == (AccountState.SUSPENDED, 0)


def test_an_invitation_to_a_role_that_one_has_changes_nothing(client, commits):
    group = working_group()
    person = UserFactory(roles=[("group_member", group)])
    token = invited(commits, by=network_administrator(), email=person.email, role=Role.GROUP_MEMBER, target=group)
    sign_in(client, person)
    assert client.post(link(token), {"agrees": "on"}).status_code == 302
    assert person.role_assignments.count() == 1


# Inviting tells nothing.


def test_inviting_an_address_with_an_account_looks_like_inviting_one_without(client, commits):
    group = working_group()
    sign_in(client, UserFactory(roles=[("group_lead", group)]))
    known, unknown = UserFactory(email="aaaa@kommune.example"), "bbbb@kommune.example"
    answers = []
    for email in (known.email, unknown):
        with commits(execute=True):
            response = client.post(f"/personen/gruppe/{group.pk}/einladen/", {"email": email}, follow=True)
        html = response.content.decode().replace(email, "ADRESSE")
        message = mail.outbox[-1]
        answers.append((response.redirect_chain, html.count("ADRESSE"), message.subject, len(message.body)))
        Invitation.objects.all().delete()
    assert answers[0] == answers[1]


def test_two_people_invite_the_same_address_without_learning_of_each_other(commits):
    lead_of = {name: working_group(name) for name in ("AG Zahlen", "AG Sprache")}
    for group in lead_of.values():
        invited(commits, by=UserFactory(roles=[("group_lead", group)]), role=Role.GROUP_MEMBER, target=group)
    assert Invitation.objects.count() == 2


def test_inviting_to_the_same_thing_again_renews_the_invitation(client, commits):
    by = network_administrator()
    first, second = invited(commits, by=by), invited(commits, by=by, email="NEU@kommune.example")
    assert Invitation.objects.count() == 1
    assert client.get(link(first)).status_code == 404
    assert client.get(link(second)).status_code == 200


def test_a_mail_server_that_is_down_loses_nothing_and_says_so(client, commits, monkeypatch):
    def refuse(self):
        raise smtplib.SMTPServerDisconnected

    sign_in(client, network_administrator())
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with commits(execute=True):
        response = client.post("/personen/einladen/?rolle=mitglied", {"email": "neu@kommune.example"})
    assert response.status_code == 302
    assert Invitation.objects.get().sent_at is None
    assert "notice--warning" in client.get("/personen/einladungen/").content.decode()
    monkeypatch.undo()
    with commits(execute=True):
        client.post(f"/personen/einladungen/{Invitation.objects.get().pk}/erneut-senden/")
    assert Invitation.objects.get().sent_at is not None
    assert len(mail.outbox) == 1


def test_masses_of_invitations_are_refused(client, limited):
    group = working_group()
    sign_in(client, UserFactory(roles=[("group_lead", group)]))
    path = f"/personen/gruppe/{group.pk}/einladen/"
    codes = [client.post(path, {"email": f"neu-{number}@kommune.example"}).status_code for number in range(62)]
    assert codes.count(302) == 60
    assert codes[-2:] == [422, 422]


# Asking for an account.


@pytest.fixture
def place():
    return MunicipalityFactory(name="Ravensfurt")


@pytest.mark.parametrize("known", [True, False])
def test_asking_gets_the_same_answer_for_known_and_unknown_addresses(client, commits, known):
    network_administrator()
    if known:
        UserFactory(email=ASKING["email"])
    with commits(execute=True):
        response = client.post("/mitmachen/antrag/", ASKING)
    assert response["Location"] == "/mitmachen/antrag/?gesendet=1"
    assert client.get(response["Location"]).status_code == 200
    assert JoinRequest.objects.get().email == ASKING["email"]
    assert len(mail.outbox) == 2


def test_a_second_request_of_an_address_changes_nothing_and_sends_nothing(client, commits):
    for purpose in ("Erstens", "Zweitens"):
        with commits(execute=True):
            response = client.post(
                "/mitmachen/antrag/", {**ASKING, "email": "Juergen.Gross@Kommune.example", "purpose": purpose}
            )
        assert response["Location"] == "/mitmachen/antrag/?gesendet=1"
    assert JoinRequest.objects.get().purpose == "Erstens"
    assert len(mail.outbox) == 1


def test_a_program_that_fills_in_the_hidden_field_is_thanked_and_forgotten(client):
    response = client.post("/mitmachen/antrag/", {**ASKING, "website": "https://spam.example"})
    assert response.status_code == 302
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("missing", ["display_name", "email", "purpose"])
def test_what_is_missing_is_asked_for(client, missing):
    response = client.post("/mitmachen/antrag/", {**ASKING, missing: ""})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "status"),
    [("ravensfurt", 302), ("Ravens", 302), ("05999001", 302), ("Atlantis", 422), ("Neustadt", 422), ("99999999", 422)],
)
def test_the_municipality_is_found_by_its_name(client, typed, status):
    MunicipalityFactory(name="Ravensfurt", ags="05999001")
    MunicipalityFactory(name="Neustadt", ags="05999002")
    MunicipalityFactory(name="Neustadt", ags="06999002")
    response = client.post("/mitmachen/antrag/", {**ASKING, "municipality": typed})
    assert response.status_code == status
    if typed == "Neustadt":
        assert "06999002" in response.content.decode()


def test_many_requests_from_one_connection_are_refused(client, limited):
    codes = [client.post("/mitmachen/antrag/", {**ASKING, "email": f"n{n}@k.example"}).status_code for n in range(22)]
    assert codes.count(302) == 20
    assert codes[-1] == 429


def test_the_administrators_of_the_municipality_are_told_else_those_of_the_network(commits, place):
    network, local = network_administrator(), local_administrator(place)
    for municipality, told in ((place, local), (MunicipalityFactory(), network), (None, network)):
        mail.outbox.clear()
        wish = JoinRequest(
            email=f"wunsch-{municipality}@k.example".replace(" ", ""), display_name="J", municipality=municipality
        )
        with commits(execute=True):
            receive_request(request=wish)
        assert [message.to[0] for message in mail.outbox] == [wish.email, told.email]


def _wish(municipality=None, email="wunsch@kommune.example"):
    return JoinRequest.objects.create(
        email=email, display_name="Jürgen Groß", municipality=municipality, purpose="Ich möchte lesen."
    )


def test_requests_are_not_logged_before_they_are_decided(client):
    client.post("/mitmachen/antrag/", ASKING)
    assert not AuditEntry.objects.filter(object_kind="accounts.joinrequest").exists()


def test_an_approved_request_becomes_an_invitation(client, commits, place):
    sign_in(client, local_administrator(place))
    wish = _wish(place)
    assert client.get("/personen/").content.decode().count("Jürgen Groß") == 1
    assert client.get(f"/personen/anfragen/{wish.pk}/").status_code == 200
    path = f"/personen/einladen/?anfrage={wish.pk}&rolle=staff"
    for page in (path, f"/personen/einladen/?anfrage={wish.pk}", f"/personen/anfragen/{wish.pk}/ablehnen/"):
        assert "Ich möchte lesen." in client.get(page).content.decode(), page
    with commits(execute=True):
        values = {"municipality": place.pk, "target": f"municipality:{place.pk}", "email": "anders@kommune.example"}
        response = client.post(path, values)
    assert response.status_code == 302
    wish.refresh_from_db()
    assert wish.state == RequestState.APPROVED
    assert wish.invitation.email == wish.email
    assert wish.invitation.role == Role.STAFF
    assert token_of(mail.outbox[-1])
    assert AuditEntry.objects.filter(action="request.approved").count() == 1
    assert client.post(path, values).status_code == 404


def test_a_declined_request_tells_why(client, commits, place):
    sign_in(client, local_administrator(place))
    wish = _wish(place)
    path = f"/personen/anfragen/{wish.pk}/ablehnen/"
    assert client.post(path, {"reason": ""}).status_code == 422
    with commits(execute=True):
        assert client.post(path, {"reason": "Wir kennen Sie nicht."}).status_code == 302
    wish.refresh_from_db()
    assert wish.state == RequestState.DECLINED
    assert mail.outbox[-1].to == [wish.email]
    assert "Wir kennen Sie nicht." in mail.outbox[-1].body
    assert client.post(path, {"reason": "Noch einmal."}).status_code == 404


def test_requests_of_other_municipalities_are_not_there(client, place):
    actor = local_administrator(MunicipalityFactory())
    sign_in(client, actor)
    for wish in (_wish(place), _wish(None, "zwei@kommune.example")):
        assert client.get(f"/personen/anfragen/{wish.pk}/").status_code == 404
        assert client.get(f"/personen/einladen/?anfrage={wish.pk}&rolle=mitglied").status_code == 404
        with pytest.raises(PermissionDenied):
            decline_request(by=actor, request=wish, reason="Nein")
        with pytest.raises(PermissionDenied):
            approve_request(by=actor, request=wish)


def test_what_is_over_is_deleted_after_half_a_year(commits, capsys):
    with time_machine.travel("2026-01-01 12:00:00+00:00", tick=False):
        by = network_administrator()
        invited(commits, by=by, email="alt@kommune.example")
        decline_request(by=by, request=_wish(), reason="Nein")
        _wish(email="wartet@kommune.example")
    with time_machine.travel("2026-06-29 12:00:00+00:00", tick=False):
        call_command("accounts", "tidy")
        assert (Invitation.objects.count(), JoinRequest.objects.count()) == (1, 2)
    with time_machine.travel("2026-07-08 12:00:00+00:00", tick=False):
        call_command("accounts", "tidy")
        assert Invitation.objects.count() == 0
        assert [wish.email for wish in JoinRequest.objects.all()] == ["wartet@kommune.example"]
    assert "invitations: 1" in capsys.readouterr().out


def test_whoever_may_not_manage_an_invitation_neither_sends_it_again_nor_takes_it_back():
    invitation = invite(by=UserFactory(administrator=True), email="neu@kommune.example")
    stranger = UserFactory(roles=[("administrator", MunicipalityFactory())])
    for act in (resend, revoke):
        with pytest.raises(PermissionDenied):
            act(by=stranger, invitation=invitation)
    invitation.refresh_from_db()
    assert invitation.revoked_at is None
