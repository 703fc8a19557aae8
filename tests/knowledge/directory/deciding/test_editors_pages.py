"""The editors' pages of the directory: who sees them, what they show, what inviting an organisation does."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.deciding import freshness
from knowledge.directory.deciding.inviting import invite_first_person, invite_organisation
from knowledge.directory.enums import EntryState
from knowledge.directory.models import Organisation
from portal.accounts.models import Invitation
from portal.audit.models import AuditEntry
from tests.factories import directory as make
from tests.factories.accounts import UserFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
LISTS = ["directory_freshness", "directory_proposals", "directory_representations", "directory_statements"]
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
    counts = freshness.counts(timezone.localdate())
    assert counts == {"offen": 1, "ruhend": 1, "archiv": 1, "entwurf": 1, "niemand": 4, "aktuell": 2}
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


def test_what_waits_stands_on_the_start_page_of_the_editing_interface(client, editor):
    client.force_login(editor)
    address = reverse("wagtailadmin_home")
    assert reverse("directory_proposals") not in client.get(address).content.decode().split("<main")[-1]
    club = make.organisation()
    club.changes.create(subject="legal", act="change", before={}, after={"legal_form": "ev"})
    assert reverse("directory_proposals") in client.get(address).content.decode().split("<main")[-1]
