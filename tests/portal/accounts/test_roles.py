"""Who may give which role, what follows from it, and that it ends when it ends."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.directory.models import Organisation
from network.groups.models import WorkingGroup
from portal.accounts import rules
from portal.accounts.actions.roles import end_role, grant_role, settle_rights
from portal.accounts.enums import SCOPES_OF_ROLE, WHAT_A_ROLE_ALLOWS, AccountState, Role, ScopeKind
from portal.accounts.models import RoleAssignment, User
from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def places():
    here, there = MunicipalityFactory(), MunicipalityFactory()
    return {
        "nothing": None,
        "here": here,
        "office here": DepartmentFactory(municipality=here),
        "there": there,
        "office there": DepartmentFactory(municipality=there),
        "club here": Organisation.objects.create(name="Verein hier", slug="hier", municipality=here),
        "club there": Organisation.objects.create(name="Verein dort", slug="dort", municipality=there),
        "group": WorkingGroup.objects.create(name="AG", slug="ag"),
        "other group": WorkingGroup.objects.create(name="Andere AG", slug="andere"),
    }


ACTORS = {
    "anonymous": lambda places: AnonymousUser(),
    "member": lambda places: UserFactory(),
    "staff here": lambda places: UserFactory(roles=[("staff", places["here"])]),
    "editor": lambda places: UserFactory(roles=["editor"]),
    "network": lambda places: UserFactory(roles=["administrator"]),
    "network without factor": lambda places: UserFactory(roles=["administrator"], second_factor=False),
    "suspended": lambda places: UserFactory(roles=["administrator"], state=AccountState.SUSPENDED),
    "here": lambda places: UserFactory(roles=[("administrator", places["here"])]),
    "lead": lambda places: UserFactory(roles=[("group_lead", places["group"])]),
    "group member": lambda places: UserFactory(roles=[("group_member", places["group"])]),
    "club": lambda places: UserFactory(roles=[("organisation_editor", places["club here"])]),
}
IN_THE_MUNICIPALITY = {
    (role, place)
    for role in ("staff", "data_owner", "confidentiality_officer", "decision_maker")
    for place in ("here", "office here")
} | {("administrator", "here"), ("organisation_editor", "club here")}
MAY_GIVE = {
    "here": IN_THE_MUNICIPALITY,
    "lead": {("group_member", "group")},
    # The first person of an organisation that nobody keeps yet.
    "editor": {("organisation_editor", "club here"), ("organisation_editor", "club there")},
    "club": {("organisation_editor", "club here")},
}
KIND_OF_PLACE = {
    "nothing": ScopeKind.NETWORK,
    "here": ScopeKind.MUNICIPALITY,
    "there": ScopeKind.MUNICIPALITY,
    "office here": ScopeKind.DEPARTMENT,
    "office there": ScopeKind.DEPARTMENT,
    "club here": ScopeKind.ORGANISATION,
    "club there": ScopeKind.ORGANISATION,
    "group": ScopeKind.GROUP,
    "other group": ScopeKind.GROUP,
}


@pytest.mark.parametrize("actor", ACTORS)
def test_who_may_give_which_role_where(actor, places):
    person = ACTORS[actor](places)
    possible = {
        (role, place) for role in Role.values for place in places if KIND_OF_PLACE[place] in SCOPES_OF_ROLE[role]
    }
    given = {(role, place) for role in Role.values for place in places if rules.may_give(person, role, places[place])}
    assert given == (possible if actor == "network" else MAY_GIVE.get(actor, set()))


def test_an_editor_brings_in_the_first_person_of_an_organisation_only(places):
    editor = UserFactory(editor=True)
    grant_role(by=editor, person=UserFactory(), role=Role.ORGANISATION_EDITOR, target=places["club here"])
    assert not rules.may_give(editor, Role.ORGANISATION_EDITOR, places["club here"])
    assert not rules.may_end(editor, RoleAssignment.objects.get(role=Role.ORGANISATION_EDITOR))
    assert rules.may_give(editor, Role.ORGANISATION_EDITOR, places["club there"])


@pytest.mark.parametrize("actor", ACTORS)
def test_the_predicate_and_the_set_of_administrable_people_agree(actor, places):
    person = ACTORS[actor](places)
    UserFactory(municipality=places["here"])
    UserFactory(municipality=places["here"], roles=["editor"])
    UserFactory(municipality=places["there"])
    UserFactory()
    found = set(User.objects.administrable_by(person))
    assert found == {other for other in User.objects.all() if rules.may_administer(person, other)}
    expected = {"network": User.objects.count(), "here": 1}.get(actor, 0)
    assert len(found) == expected


def test_every_role_says_where_it_holds_and_what_it_allows():
    assert set(SCOPES_OF_ROLE) == set(WHAT_A_ROLE_ALLOWS) == set(Role)


def test_giving_and_ending_a_role_is_logged_with_before_and_after(places):
    administrator, person = UserFactory(administrator=True), UserFactory()
    role = grant_role(by=administrator, person=person, role=Role.STAFF, target=places["here"], reason="Neu im Amt")
    entry = AuditEntry.objects.get(action="role.granted", object_id=str(person.pk))
    assert (entry.actor_id, entry.reason) == (administrator.pk, "Neu im Amt")
    assert entry.after["role"] == "staff"
    end_role(by=administrator, assignment=role, reason="Anderes Amt")
    entry = AuditEntry.objects.get(action="role.ended")
    assert (entry.before["ended"], entry.reason) == (None, "Anderes Amt")
    assert entry.after["ended"]


def test_a_role_without_the_right_to_give_it_is_refused_and_leaves_nothing(places):
    person = UserFactory()
    with pytest.raises(PermissionDenied):
        grant_role(by=UserFactory(roles=["editor"]), person=person, role=Role.EDITOR)
    assert not person.role_assignments.exists()


@pytest.mark.parametrize(
    ("first", "second", "clashes"),
    [
        ((0, None), (0, None), True),
        ((0, 5), (5, None), True),
        ((0, 5), (6, None), False),
        ((10, 20), (0, 9), False),
        ((10, 20), (0, 10), True),
        ((10, None), (0, None), True),
    ],
)
def test_the_same_role_is_not_given_twice_for_the_same_days(places, first, second, clashes):
    administrator, person, today = UserFactory(administrator=True), UserFactory(), timezone.localdate()

    def give(days):
        start, end = days
        return grant_role(
            by=administrator,
            person=person,
            role=Role.STAFF,
            target=places["here"],
            valid_from=today + start * DAY,
            valid_to=None if end is None else today + end * DAY,
        )

    give(first)
    if clashes:
        with pytest.raises(ValidationError, match="Rolle"):
            give(second)
    else:
        give(second)


def test_a_role_that_ends_before_it_begins_is_refused_in_german(places):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="letzte Tag"):
        grant_role(
            by=UserFactory(administrator=True),
            person=UserFactory(),
            role=Role.STAFF,
            target=places["here"],
            valid_from=today,
            valid_to=today - DAY,
        )


def test_the_database_refuses_a_role_tied_to_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(person=UserFactory(), role=Role.STAFF, scope_kind=ScopeKind.MUNICIPALITY)


@pytest.mark.parametrize(("role", "group"), [("editor", "Redaktion"), ("author", "Autorinnen und Autoren")])
def test_editing_rights_come_and_go_with_the_role(role, group):
    administrator, person = UserFactory(administrator=True), UserFactory()
    given = grant_role(by=administrator, person=person, role=role)
    assert list(person.groups.values_list("name", flat=True)) == [group]
    assert User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")
    end_role(by=administrator, assignment=given)
    assert not person.groups.exists()
    assert not User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_the_first_request_after_the_last_day_finds_no_rights_any_more(client, time_machine):
    person = UserFactory(roles=[("editor", None, {"valid_to": timezone.localdate()})])
    client.force_login(person)
    assert client.get("/redaktion/").status_code == 200
    time_machine.move_to(timezone.now() + DAY)
    client.force_login(person)
    assert client.get("/redaktion/", follow=True).status_code == 403
    assert not Group.objects.get(name="Redaktion").user_set.exists()


def test_a_role_that_begins_later_opens_on_its_first_day(client, time_machine):
    person = UserFactory(roles=[("editor", None, {"valid_from": timezone.localdate() + DAY})])
    client.force_login(person)
    assert client.get("/redaktion/", follow=True).status_code == 403
    time_machine.move_to(timezone.now() + DAY)
    client.force_login(person)
    assert client.get("/redaktion/").status_code == 200


def test_what_a_role_is_tied_to_takes_the_role_along_when_it_is_deleted(places):
    person = UserFactory(roles=[("group_member", places["group"])])
    places["group"].delete()
    role = person.role_assignments.get()
    assert role.ended_at is not None
    assert "nicht mehr" in role.scope_name


def test_nobody_takes_away_their_own_administration_of_the_network():
    administrator = UserFactory(administrator=True)
    with pytest.raises(PermissionDenied):
        end_role(by=administrator, assignment=administrator.role_assignments.get())


def test_everybody_may_give_up_a_role_of_their_own(places):
    person = UserFactory(roles=[("staff", places["here"])])
    end_role(by=person, assignment=person.role_assignments.get())
    assert not User.objects.get(pk=person.pk).live_roles


def test_settling_twice_changes_nothing():
    person = UserFactory(roles=["editor"])
    settle_rights(person)
    settle_rights(person)
    assert person.groups.count() == 1


def test_the_command_line_makes_an_administrator():
    person = User.objects.create_superuser("erste@kommune.example", "ein-langes-Passwort", display_name="Erste")
    assert User.objects.get(pk=person.pk).administers_network
    assert User.objects.get(pk=person.pk).is_superuser
