"""Every page behind a door: the editors' pages, the self-service, the register of experts, one's own entry there."""

import uuid

import pytest
from django.urls import reverse

from knowledge.directory.deciding.hooks import directory_addresses
from knowledge.directory.importing.hooks import import_addresses
from knowledge.directory.keeping.urls import urlpatterns as keeping_addresses
from knowledge.directory.models import DirectoryImport, ExpertRequest
from knowledge.directory.people.own_urls import urlpatterns as own_addresses
from knowledge.directory.people.urls import urlpatterns as expert_addresses
from tests.factories import directory as made
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
DOOR = "/konto/anmelden/"
EDITORS = {pattern.name: pattern for pattern in (*directory_addresses(), *import_addresses())}
KEEPING = {pattern.name: pattern for pattern in keeping_addresses}
EXPERTS = {pattern.name: pattern for pattern in expert_addresses}
OWN = {pattern.name: pattern for pattern in own_addresses}
#: Buttons, which answer to nothing else.
BUTTONS = {
    "directory_import_start", "directory_import_discard", "directory_import_undo", "offer_take_back",
    "proposal_withdraw", "publish", "unpublish", "still_true", "remark", "visibility", "renew", "withdraw",
}  # fmt: skip


@pytest.fixture
def partner():
    return made.organisation()


@pytest.fixture
def known(partner):
    """Return what the addresses are about, by the names of their parts."""
    keeper = UserFactory(roles=[("organisation_editor", partner)])
    mandate = made.mandate(partner)
    return {
        "slug": partner.slug,
        "part_slug": "sprachen",
        "kind_slug": "auftrag",
        "language": "de",
        "number": 1,
        "directory_proposal": partner.changes.create(
            subject="legal", act="change", before={}, after={"legal_form": "ev"}, proposed_by=keeper
        ).pk,
        "directory_end_keeping": _declined(partner),
        "directory_representation": partner.representations.create(person=keeper, function="Vorsitz", proof="VR 1").pk,
        "directory_statement": mandate.pk,
        "directory_invite_person": partner.pk,
        "imports": DirectoryImport.objects.create(uploaded_by=keeper).pk,
        "offer": made.offer(partner).pk,
    }


def _declined(partner):
    """Return the key of a proof that was not enough."""
    person = UserFactory(roles=[("organisation_editor", partner)])
    return partner.representations.create(person=person, function="x", proof="y", is_accepted=False).pk


def address(name, pattern, known, namespace=""):
    """Return the address of a page; about nothing there is where the table knows nothing, for the door comes first."""
    values = {}
    for part, converter in pattern.pattern.converters.items():
        if part == "pk":
            values[part] = known.get(name, known["imports"] if "import" in name else known["offer"])
        else:
            values[part] = uuid.uuid4() if type(converter).__name__ == "UUIDConverter" else known[part]
    return reverse(f"{namespace}{name}", kwargs=values)


def asked(client, name, path):
    return client.post(path) if name in BUTTONS else client.get(path)


@pytest.mark.parametrize("name", EDITORS)
def test_the_editors_pages_are_closed_to_all_others(client, known, partner, name):
    path = address(name, EDITORS[name], known)
    assert asked(client, name, path)["Location"].startswith("/redaktion/login/")
    people = {
        403: (UserFactory(author=True),),
        302: (UserFactory(), UserFactory(roles=[("organisation_editor", partner)]), UserFactory(staff=True)),
    }
    for status, strangers in people.items():
        for person in strangers:
            client.force_login(person)
            assert asked(client, name, path).status_code == status, person
    client.force_login(UserFactory(editor=True))
    assert asked(client, name, path).status_code in (200, 302)


@pytest.mark.parametrize("name", ["directory_invite", "directory_invite_person"])
def test_who_invites_says_once_more_who_they_are(client, known, name):
    path = address(name, EDITORS[name], known)
    client.force_login(UserFactory(editor=True))
    for answer in (client.get(path), client.post(path, {"email": "wer@verein.example"})):
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/konto/bestaetigen/")


@pytest.mark.parametrize("name", [name for name in KEEPING if name != "home"])
def test_an_entry_is_kept_by_its_people_and_by_editors(client, known, name):
    path = address(name, KEEPING[name], known, "keeping:")
    assert asked(client, name, path)["Location"].startswith(DOOR)
    strangers = (UserFactory(), UserFactory(staff=True), UserFactory(author=True),
                 UserFactory(roles=[("organisation_editor", made.organisation())]))  # fmt: skip
    for person in strangers:
        client.force_login(person)
        assert asked(client, name, path).status_code == 404, person


@pytest.mark.parametrize("name", ["start", "part", "text_new", "offer_new", "offer", "propose", "preview", "versions",
                                  "representation"])  # fmt: skip
@pytest.mark.parametrize("who", ["its own people", "an editor"])
def test_who_keeps_an_entry_opens_its_pages(client, known, partner, name, who):
    person = UserFactory(roles=[("organisation_editor", partner)]) if "own" in who else UserFactory(editor=True)
    client.force_login(person)
    assert client.get(address(name, KEEPING[name], known, "keeping:")).status_code == 200


@pytest.mark.parametrize(
    ("namespace", "name", "pattern"),
    [
        *(("experts:", name, pattern) for name, pattern in EXPERTS.items()),
        *(("own_expert:", name, pattern) for name, pattern in OWN.items()),
        ("keeping:", "home", KEEPING["home"]),
    ],
)
def test_the_register_of_experts_and_ones_own_pages_are_for_people_with_an_account(
    client, known, namespace, name, pattern
):
    answer = asked(client, name, address(name, pattern, {**known, "slug": "sprachen"}, namespace))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, DOOR)


def test_a_request_to_an_expert_is_read_by_the_two_alone(client):
    expert = made.expert()
    asking = UserFactory()
    request = ExpertRequest.objects.create(
        expert=expert, asked_by=asking, occasion="Anerkennung", text="Wer kennt sich aus?", consideration="Honorar"
    )
    for namespace, reader in (("experts:", asking), ("own_expert:", expert.person)):
        path = reverse(f"{namespace}request", args=[request.pk])
        client.force_login(reader)
        assert client.get(path).status_code == 200
        for stranger in (UserFactory(), UserFactory(editor=True), UserFactory(administrator=True)):
            client.force_login(stranger)
            assert client.get(path).status_code == 404


def test_an_expert_who_is_shown_to_staff_is_found_by_staff_alone(client):
    expert = made.expert(audience="staff")
    pages = [reverse("experts:expert", args=[expert.uid]), reverse("experts:ask", args=[expert.uid])]
    for reader, status in ((UserFactory(staff=True), 200), (UserFactory(), 404)):
        client.force_login(reader)
        assert [client.get(path).status_code for path in pages] == [status] * 2
        assert (expert.headline in client.get(reverse("experts:list")).content.decode()) is (status == 200)
