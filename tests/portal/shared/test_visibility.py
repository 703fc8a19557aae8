import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from knowledge.directory.models import Organisation
from knowledge.papers.models import PositionPaperPage
from network.groups.models import WorkingGroup
from portal.accounts.enums import AccountState
from portal.shared.visibility import Audience, audience_choices, audience_name, labels_for, narrowed
from tests.factories.accounts import UserFactory
from tests.factories.pages import paper
from tests.factories.places import DepartmentFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

PUBLIC = {Audience.PUBLIC}
MEMBER = PUBLIC | {Audience.MEMBER}
STAFF = MEMBER | {Audience.STAFF}
EDITING = STAFF | {Audience.EDITOR}
DAY = datetime.timedelta(days=1)


def in_a_municipality(role):
    return lambda: UserFactory(roles=[(role, MunicipalityFactory())])


ROLES = {
    "anonymous": (AnonymousUser, PUBLIC),
    "member": (UserFactory, MEMBER),
    "staff": (in_a_municipality("staff"), STAFF),
    "staff of a department": (lambda: UserFactory(roles=[("staff", DepartmentFactory())]), STAFF),
    "data owner": (in_a_municipality("data_owner"), STAFF),
    "confidentiality officer": (in_a_municipality("confidentiality_officer"), STAFF),
    "decision maker": (in_a_municipality("decision_maker"), STAFF),
    "administrator of a municipality": (in_a_municipality("administrator"), STAFF),
    "author": (lambda: UserFactory(roles=["author"]), EDITING),
    "editor": (lambda: UserFactory(roles=["editor"]), EDITING),
    "administrator": (lambda: UserFactory(roles=["administrator"]), EDITING),
    "suspended": (lambda: UserFactory(roles=["administrator"], state=AccountState.SUSPENDED), PUBLIC),
    "left": (lambda: UserFactory(roles=["editor"], state=AccountState.LEFT), PUBLIC),
    "without the second factor": (lambda: UserFactory(roles=["editor"], second_factor=False), PUBLIC),
    "role that ended yesterday": (
        lambda: UserFactory(
            roles=[
                ("editor", None, {"valid_from": timezone.localdate() - 9 * DAY, "valid_to": timezone.localdate() - DAY})
            ]
        ),
        MEMBER,
    ),
    "role that begins tomorrow": (
        lambda: UserFactory(roles=[("editor", None, {"valid_from": timezone.localdate() + DAY})]),
        MEMBER,
    ),
    "role that was ended": (lambda: UserFactory(roles=[("editor", None, {"ended_at": timezone.now()})]), MEMBER),
}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_has_the_labels_of_their_role(role):
    make, labels = ROLES[role]
    assert labels_for(make()) == labels


def test_circles_come_with_the_role_that_is_tied_to_them():
    group = WorkingGroup.objects.create(name="AG Übergänge", slug="uebergaenge")
    club = Organisation.objects.create(name="Verein", slug="verein")
    assert labels_for(UserFactory(roles=[("group_member", group)])) == MEMBER | {f"group:{group.pk}"}
    assert labels_for(UserFactory(roles=[("group_lead", group)])) == MEMBER | {f"group:{group.pk}"}
    assert labels_for(UserFactory(roles=[("organisation_editor", club)])) == MEMBER | {f"org:{club.pk}"}


def test_circles_can_be_chosen_by_their_names():
    group = WorkingGroup.objects.create(name="AG Übergänge", slug="uebergaenge")
    assert (f"group:{group.pk}", "AG Übergänge") in audience_choices()
    assert audience_name(f"group:{group.pk}") == "AG Übergänge"
    assert audience_name("group:99999") == "group:99999"


@pytest.mark.parametrize(
    ("outer", "own", "expected"),
    [
        ("public", "public", "public"),
        ("public", "staff", "staff"),
        ("staff", "member", "staff"),
        ("editor", "public", "editor"),
        ("member", "group:1", "group:1"),
        ("group:1", "public", "group:1"),
        ("group:1", "member", "group:1"),
        ("group:1", "group:1", "group:1"),
        ("group:1", "group:2", "nobody"),
        ("group:1", "org:1", "nobody"),
        ("staff", "group:1", "nobody"),
        ("org:1", "editor", "nobody"),
        ("nobody", "public", "nobody"),
        ("public", "nobody", "nobody"),
    ],
)
def test_what_lies_within_something_is_never_seen_by_more_people(outer, own, expected):
    assert narrowed(outer, own) == expected
    assert narrowed(own, outer) == expected


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("audience", Audience)
def test_list_and_page_agree_on_who_may_read(client, role, audience):
    user = ROLES[role][0]()
    page = paper(audience=audience)
    may = audience in labels_for(user)
    if user.is_authenticated:
        client.force_login(user)
    assert PositionPaperPage.objects.visible_to(user).filter(pk=page.pk).exists() is may
    if user.is_anonymous or (user.is_active and not user.owes_second_factor):
        assert client.get(page.url).status_code == (200 if may else 404)
        assert client.get(f"{page.url}zitat/ris/").status_code == (200 if may else 404)


def test_a_draft_is_in_no_list():
    draft = paper(live=False)
    assert not PositionPaperPage.objects.visible_to(UserFactory(administrator=True)).filter(pk=draft.pk).exists()
