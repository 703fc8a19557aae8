"""Who names a network; that the network is told, and can say without an account that it is not so."""

import re

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils.translation import gettext

from knowledge.directory.keeping.snapshots import part_values
from knowledge.directory.keeping.writing import write_part
from knowledge.directory.models import ProfileVersion
from knowledge.directory.networks.links import link_to_object
from portal.audit.models import AuditEntry
from tests.factories import directory
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def umbrella():
    return directory.organisation(name="Bund der Vereine", short_name="BdV", kind="umbrella", email="bund@bund.example")


@pytest.fixture
def member():
    return directory.organisation(name="Brücken bauen", email="info@bruecken.example")


@pytest.fixture
def keeper(client, member):
    person = UserFactory(roles=[("organisation_editor", member)])
    client.force_login(person)
    return person


def part(member):
    return f"/verzeichnis-pflegen/{member.slug}/teil/handlungsfelder/"


def saved(client, member, names):
    page = client.get(part(member))
    fields = {"umbrellas": names, "crosses_origins": "", "areas": ""}
    hidden = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', page.text))
    return client.post(part(member), {**hidden, **fields})


def path_of(link: str) -> str:
    return "/" + link.split("//", 1)[1].split("/", 1)[1]


@pytest.mark.parametrize("typed", ["Bund der Vereine", "bund der vereine", "BdV", "\nBdV\nBund der Vereine\n"])
def test_volunteers_name_their_network_and_the_network_is_told(
    client, umbrella, member, keeper, typed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert saved(client, member, typed).status_code == 302
    assert list(member.umbrellas.all()) == [umbrella]
    (letter,) = mail.outbox
    assert letter.to == ["bund@bund.example"]
    assert member.name in letter.subject
    assert link_to_object(umbrella, member).rsplit(":", 2)[0] in letter.body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        saved(client, member, "Bund der Vereine")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Nirgendwo", "We know no such entry"),
        ("Doppelt", "several"),
        ("Entwurf", "drafts are nobody's business"),
        ("x\n" * 101, "too many"),
    ],
)
def test_a_name_that_means_no_entry_or_several_is_told_and_nothing_is_saved(client, member, keeper, typed, message):
    directory.organisation(name="Doppelt")
    directory.organisation(name="doppelt")
    directory.organisation(name="Entwurf", state="draft")
    answer = saved(client, member, typed)
    assert answer.status_code == 422, message
    assert not member.umbrellas.exists()


def test_the_network_takes_the_membership_out_without_an_account(umbrella, member, django_capture_on_commit_callbacks):
    other = directory.organisation(name="Anderer Bund")
    member.umbrellas.set([umbrella, other])
    stranger, path = Client(), path_of(link_to_object(umbrella, member))
    for _ in range(2):
        page = stranger.get(path)
        assert page.status_code == 200
        assert member.name in page.text
    assert member.umbrellas.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert stranger.post(path).status_code == 302
        assert stranger.post(path).status_code == 302
    assert list(member.umbrellas.all()) == [other]
    assert gettext("The membership is taken out") in stranger.get(path).text
    (letter,) = mail.outbox
    assert letter.to == ["info@bruecken.example"]
    assert AuditEntry.objects.filter(action="directory.membership_objected").count() == 1
    version = ProfileVersion.objects.filter(organisation=member).order_by("-number").first()
    assert version.snapshot["fields"]["umbrellas"] == [str(other.uid)]


def test_the_link_is_good_for_nothing_else(client, umbrella, member):
    member.umbrellas.add(umbrella)
    forged = signing.dumps([umbrella.pk, member.pk], salt="knowledge.directory.upkeep.confirm")
    gone = path_of(link_to_object(umbrella, member))
    member.state = "archived"
    member.save()
    for path in (f"/verzeichnis-mitgliedschaft/{forged}/", "/verzeichnis-mitgliedschaft/x/", gone):
        assert client.get(path).status_code == client.post(path).status_code == 404
        assert member.name not in client.get(path).text
    assert member.umbrellas.count() == 1


def test_an_earlier_version_brings_the_network_back_and_one_before_networks_leaves_it(umbrella, member):
    member.umbrellas.add(umbrella)
    kept = part_values(member, "fields")
    member.umbrellas.clear()
    write_part(member, "fields", kept)
    assert list(member.umbrellas.all()) == [umbrella]
    write_part(member, "fields", {name: value for name, value in kept.items() if name != "umbrellas"})
    assert list(member.umbrellas.all()) == [umbrella]
