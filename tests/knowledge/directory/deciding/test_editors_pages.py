"""The editors' pages of the directory: who sees them, what they show, what inviting an organisation does."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.deciding import freshness
from knowledge.directory.deciding.decisions import set_assurance
from knowledge.directory.deciding.inviting import invite_first_person, invite_organisation
from knowledge.directory.deciding.proofs import check_representation, end_keeping
from knowledge.directory.enums import EntryState
from knowledge.directory.facts import registration_statement
from knowledge.directory.models import Organisation
from knowledge.directory.upkeep.links import link_to_tell
from portal.accounts.models import Invitation
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
LISTS = [
    "directory_freshness", "directory_proposals", "directory_representations", "directory_statements",
    "directory_remarks",
]  # fmt: skip
DAY = datetime.timedelta(days=1)


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.mark.parametrize("name", [*LISTS, "directory_invite"])
@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("administrator", 200), ("author", 403), ("member", 302), ("anonymous", 302)]
)
def test_editors_alone_look_after_the_directory(client, name, who, status):
    if who != "anonymous":
        client.force_login(UserFactory(**({} if who == "member" else {who: True})))
    expected = 302 if name == "directory_invite" and status == 200 else status
    assert client.get(reverse(name)).status_code == expected


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_cost_the_same_however_long_they_are(client, editor, name, django_assert_max_num_queries):
    def plant():
        club = make.organisation(confirmed_at=timezone.now() - 500 * DAY)
        make.mandate(club)
        person = UserFactory(roles=[("organisation_editor", club)])
        club.representations.create(person=person, function="Vorsitz", proof="VR 1")
        club.changes.create(subject="legal", act="change", before={}, after={"legal_form": "ev"}, proposed_by=person)
        club.confirmations.create(sent_at=timezone.now())
        club.remarks.create(text="Wir sind umgezogen.", is_own=True)

    client.force_login(editor)
    plant()
    client.get(reverse(name))
    with django_assert_max_num_queries(40) as first:
        client.get(reverse(name))
    for _number in range(4):
        plant()
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(reverse(name))


def test_every_entry_stands_in_one_list_of_freshness():
    now = timezone.now()
    make.organisation(confirmed_at=now)
    make.organisation(confirmed_at=now - 500 * DAY)
    make.organisation(confirmed_at=None)
    make.organisation(state=EntryState.DORMANT)
    make.organisation(state=EntryState.ARCHIVED)
    kept = make.organisation(state=EntryState.DRAFT)
    UserFactory(roles=[("organisation_editor", kept)])
    UserFactory(roles=[("organisation_editor", kept)])
    UserFactory(roles=[("organisation_editor", make.organisation(confirmed_at=now))])
    counts = freshness.counts(timezone.localdate())
    assert counts == {
        "offen": 1, "ruhend": 1, "archiv": 1, "entwurf": 1, "niemand": 4, "eine-person": 1, "aktuell": 3,
    }  # fmt: skip
    assert all(freshness.listed(name, timezone.localdate()).count() == count for name, count in counts.items())


# Inviting.


def test_an_editor_begins_an_entry_and_invites_its_first_person_in_one_act(
    client, editor, django_capture_on_commit_callbacks
):
    place = MunicipalityFactory(name="Ravensfurt")
    with django_capture_on_commit_callbacks(execute=True):
        organisation, invitation = invite_organisation(
            by=editor, name="Frauentreff Ünal", kind="mso", municipality=place, email="amina@verein.example"
        )
    assert (organisation.slug, organisation.state) == ("frauentreff-uenal", EntryState.DRAFT)
    assert invitation.sent_at is not None
    assert mail.outbox[-1].to == ["amina@verein.example"]
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"directory.invited", "invitation.sent"}
    link = re.search(r"/einladung/[\w-]+/", mail.outbox[-1].body)[0]
    assert client.get(link).status_code == 200
    client.post(link, {"display_name": "Amina Yusuf", "agrees": "on"})
    invitation.refresh_from_db()
    assert invitation.accepted_by is not None
    assert invitation.accepted_by.live_roles[0].scope_id == organisation.pk


def test_an_invitation_that_fails_leaves_no_entry_behind(editor, monkeypatch):
    def fail(**kwargs):
        raise PermissionDenied

    monkeypatch.setattr("knowledge.directory.deciding.inviting.invite", fail)
    with pytest.raises(PermissionDenied):
        invite_organisation(
            by=editor, name="Verein", kind="mso", municipality=MunicipalityFactory(), email="a@verein.example"
        )
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("who", ["member", "author", "keeper"])
def test_others_begin_no_entry(who):
    person = {
        "member": lambda: UserFactory(),
        "author": lambda: UserFactory(author=True),
        "keeper": lambda: UserFactory(roles=[("organisation_editor", make.organisation())]),
    }[who]()
    with pytest.raises(PermissionDenied):
        invite_organisation(
            by=person, name="Verein", kind="mso", municipality=MunicipalityFactory(), email="a@verein.example"
        )


def test_editors_invite_the_first_person_only(editor):
    club = make.organisation(municipality=MunicipalityFactory())
    invite_first_person(by=editor, organisation=club, email="erste@verein.example")
    UserFactory(roles=[("organisation_editor", club)])
    with pytest.raises(PermissionDenied):
        invite_first_person(by=editor, organisation=club, email="zweite@verein.example")
    assert Invitation.objects.count() == 1


def test_an_organisation_from_a_list_gets_its_first_person_by_a_page_of_its_own(client, editor, monkeypatch):
    monkeypatch.setattr("knowledge.directory.deciding.state_views.is_confirmed", lambda request: True)
    club = make.organisation(municipality=MunicipalityFactory())
    client.force_login(editor)
    page = reverse("directory_invite_person", args=[club.pk])
    assert page in client.get(f"{reverse('directory_freshness')}?liste=niemand").content.decode()
    assert client.post(page, {"email": "erste@verein.example"}).status_code == 302
    assert client.get(page).context["invitations"] == [Invitation.objects.get()]
    UserFactory(roles=[("organisation_editor", club)])
    assert client.post(page, {"email": "zweite@verein.example"}).status_code == 403


def test_a_new_organisation_is_invited_by_the_form_unless_it_is_known(client, editor, monkeypatch):
    monkeypatch.setattr("knowledge.directory.deciding.state_views.is_confirmed", lambda request: True)
    place = MunicipalityFactory(name="Ravensfurt")
    client.force_login(editor)
    sent = {"name": "Verein", "kind": "mso", "municipality": "Ravensfurt", "email": "a@verein.example"}
    assert client.post(reverse("directory_invite"), sent).url == reverse("keeping:start", args=["verein"])
    assert Organisation.objects.get().municipality == place
    assert client.post(reverse("directory_invite"), sent).status_code == 422
    assert Organisation.objects.count() == 1


def test_addresses_of_organisations_are_never_taken_twice(editor):
    place = MunicipalityFactory()
    slugs = [
        invite_organisation(by=editor, name="Verein", kind="mso", municipality=place, email=f"{number}@verein.example")[
            0
        ].slug
        for number in range(3)
    ]
    assert slugs == ["verein", "verein-2", "verein-3"]


# The organisation in the editing interface.


def test_what_is_changed_there_makes_a_version_and_is_seen_by_whoever_has_the_entry_open(client):
    editor = UserFactory(administrator=True)
    club = make.organisation(name="Brücken", slug="bruecken")
    keeper = UserFactory(roles=[("organisation_editor", club)])
    client.force_login(editor)
    sent = {
        "name": "Brücken e. V.",
        "slug": "bruecken",
        "kind": "mso",
        "audience": "public",
        "topics": [],
        "umbrellas": [],
    }
    address = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[club.pk])
    assert client.post(address, sent).status_code == 302
    club.refresh_from_db()
    assert (club.name, club.version) == ("Brücken e. V.", 2)
    assert [version.part for version in club.versions.all()] == ["edited", "start"]
    client.force_login(keeper)
    typed = {"name": "Brücken", "email": "x@verein.example", "version": "1"}
    response = client.post(reverse("keeping:part", args=["bruecken", "name-und-ort"]), typed)
    assert response.status_code == 409
    club.refresh_from_db()
    assert club.name == "Brücken e. V."


def test_editors_see_what_organisations_wrote_by_link_and_readers_on_entries_that_nobody_keeps(client, editor):
    kept, nobodys = make.organisation(), make.organisation()
    UserFactory(roles=[("organisation_editor", kept)])
    own = kept.remarks.create(text="Wir sind umgezogen.", is_own=True)
    stray = nobodys.remarks.create(text="Die Nummer stimmt nicht.")
    kept.remarks.create(text="Sieht die Organisation selbst.")
    nobodys.remarks.create(text="Schon erledigt.", handled_at=timezone.now())
    assert list(freshness.open_remarks()) == [own, stray]
    client.force_login(editor)
    page = client.get(reverse("directory_remarks")).content.decode()
    assert "Wir sind umgezogen." in page
    assert "Die Nummer stimmt nicht." in page
    assert "Sieht die Organisation selbst." not in page
    assert reverse("keeping:start", args=[nobodys.slug]) in page
    assert reverse("directory_remarks") in client.get(reverse("wagtailadmin_home")).content.decode()


# Whoever's proof was not enough.


@pytest.fixture
def declined(editor):
    """Return a proof that was not enough, of somebody who keeps an entry."""
    club = make.organisation(slug="bruecken")
    person = UserFactory(roles=[("organisation_editor", club)])
    proof = club.representations.create(person=person, function="Vorsitz", proof="VR 1")
    check_representation(by=editor, representation=proof, is_accepted=False, note="Nicht im Register.")
    proof.refresh_from_db()
    return proof


def test_editors_may_end_the_role_of_somebody_whose_proof_was_not_enough(
    client, editor, declined, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    page = reverse("directory_end_keeping", args=[declined.pk])
    assert page in client.get(reverse("directory_representation", args=[declined.pk])).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"reason": "Nicht im Vorstand."}).status_code == 302
    assert not declined.person.role_assignments.current_or_coming().exists()
    (message,) = mail.outbox
    assert (message.to, "Nicht im Vorstand." in message.body) == ([declined.person.email], True)
    assert {"directory.keeping_ended", "role.ended"} <= set(AuditEntry.objects.values_list("action", flat=True))
    assert client.get(page).status_code == 404
    client.force_login(declined.person)
    assert client.get(reverse("keeping:start", args=["bruecken"])).status_code == 404


@pytest.mark.parametrize("result", [None, True])
def test_editors_end_no_role_without_such_a_proof(client, editor, declined, result):
    declined.is_accepted, declined.declined_at = result, None
    declined.save()
    client.force_login(editor)
    page = reverse("directory_end_keeping", args=[declined.pk])
    assert client.post(page, {"reason": "Weil"}).status_code == 404
    with pytest.raises(PermissionDenied):
        end_keeping(by=editor, representation=declined, reason="Weil")
    assert declined.person.role_assignments.current_or_coming().exists()


def test_others_end_no_role(declined):
    colleague = UserFactory(roles=[("organisation_editor", declined.organisation)])
    for person in (colleague, UserFactory(author=True), UserFactory()):
        with pytest.raises(PermissionDenied):
            end_keeping(by=person, representation=declined, reason="Weil")


# What stands behind a register.


def test_a_register_is_marked_as_seen_afterwards_and_the_profile_says_so(client, editor):
    club = make.organisation(slug="bruecken")
    register = make.registration(club)
    client.force_login(editor)
    found = client.get(f"{reverse('directory_statements')}?liste=register").content.decode()
    page = reverse("directory_statement", args=["register", register.pk])
    assert page in found
    assert client.post(page, {"assurance": "evidenced", "checked_on": ""}).status_code == 422
    assert client.post(page, {"assurance": "evidenced", "checked_on": "2.6.2026"}).status_code == 302
    register.refresh_from_db()
    assert (register.assurance, str(register.checked_on), register.checked_by) == ("evidenced", "2026-06-02", editor)
    statement = registration_statement(register, timezone.localdate())
    assert "2. Juni 2026" in statement.standing


@pytest.mark.parametrize("kind", ["auftrag", "qualifikation", "register"])
def test_the_organisation_is_told_of_another_status_with_the_way_to_its_reply(
    client, editor, kind, django_capture_on_commit_callbacks
):
    club = make.organisation(slug="bruecken", email="buero@verein.example")
    keeper = UserFactory(roles=[("organisation_editor", club)])
    makers = {"auftrag": make.mandate, "qualifikation": make.qualification, "register": make.registration}
    stated = makers[kind](club)
    sent = {"assurance": "disputed", "confirmed_by": "", "confirmed_on": "", "checked_on": ""}
    client.force_login(editor)
    page = reverse("directory_statement", args=[kind, stated.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, sent)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(["buero@verein.example", keeper.email])
    reply = reverse("keeping:reply", args=["bruecken", kind, stated.pk])
    assert all(reply in message.body for message in mail.outbox)
    assert all(str(stated) in message.body for message in mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, sent)
    assert len(mail.outbox) == 2
    client.force_login(keeper)
    assert client.post(reply, {"text": "Wir stehen dort."}).status_code == 302
    stated.refresh_from_db()
    assert stated.reply == "Wir stehen dort."
    if kind == "register":
        assert registration_statement(stated, timezone.localdate()).reply == "Wir stehen dort."


def test_an_organisation_without_an_account_is_not_sent_to_the_sign_in(editor, django_capture_on_commit_callbacks):
    club = make.organisation(email="buero@verein.example")
    with django_capture_on_commit_callbacks(execute=True):
        set_assurance(by=editor, statement=make.mandate(club), checked={"assurance": "disputed"})
    (message,) = mail.outbox
    assert link_to_tell(club).split("/aendern/")[0] in message.body
    assert "verzeichnis-pflegen" not in message.body


def test_what_waits_stands_on_the_start_page_of_the_editing_interface(client, editor):
    client.force_login(editor)
    address = reverse("wagtailadmin_home")
    assert reverse("directory_proposals") not in client.get(address).content.decode().split("<main")[-1]
    club = make.organisation()
    club.changes.create(subject="legal", act="change", before={}, after={"legal_form": "ev"})
    assert reverse("directory_proposals") in client.get(address).content.decode().split("<main")[-1]
