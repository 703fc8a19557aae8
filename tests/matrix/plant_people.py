"""Plants the people of the table of roles, what their roles are tied to, and the places they come from."""

import hashlib

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from knowledge.directory.models import Organisation
from network.groups.models import WorkingGroup
from portal.accounts.actions.roles import settle_rights
from portal.accounts.enums import ScopeKind
from portal.accounts.models import Consent, Invitation, JoinRequest, RoleAssignment, User
from portal.places.models import Department, Municipality
from tests.matrix.filling import values_for
from tests.matrix.plant_pages import CIRCLE_GROUP
from tests.matrix.roles import ROLES, Role, day
from tests.matrix.world import EDITING, TECHNICAL, Planted, World

_CIRCLES = {"group_member": "group", "group_lead": "group", "organisation_editor": "org"}
_GROUP_ROLES = {"group_member", "group_lead"}
#: Whoever gives roles must choose what to tie them to.
_ADMINISTRATIONS = {"people:A", "people:B", TECHNICAL}


def plant_circles(world: World) -> None:
    """Plant two working groups, two organisations and the circle; their names are known to those inside."""
    for letter in "AB":
        reach = {EDITING, *_ADMINISTRATIONS, f"group:{letter}"}
        group = WorkingGroup.objects.create(**_values(world, f"group:{letter}", WorkingGroup, reach))
        world.circles[f"group:{letter}"] = f"group:{group.pk}"
        world.places[f"group {letter}"] = group
        _add(world, f"group:{letter}", group)
    for letter in "XY":
        reach = {EDITING, *_ADMINISTRATIONS, f"org:{letter}"}
        organisation = Organisation.objects.create(**_values(world, f"org:{letter}", Organisation, reach))
        world.circles[f"org:{letter}"] = f"org:{organisation.pk}"
        world.places[f"organisation {letter}"] = organisation
        _add(world, f"org:{letter}", organisation)
    Group.objects.create(name=CIRCLE_GROUP)


def plant_places(world: World) -> None:
    """Plant two municipalities with an office each; both are public knowledge."""
    for number, letter in enumerate("AB", start=1):
        owner, reach = f"municipality {letter}", {"public", EDITING, TECHNICAL}
        place = Municipality.objects.create(
            ags=f"0599{number}000", kind="city", **_values(world, owner, Municipality, reach)
        )
        world.places[owner] = place
        _add(world, owner, place)
        owner = f"department {letter}"
        office = Department.objects.create(municipality=place, **_values(world, owner, Department, reach))
        world.places[owner] = office
        _add(world, owner, office)


def plant_people(world: World) -> None:
    """Plant one person for every row of the table of roles."""
    for role in ROLES:
        if role.is_known:
            world.people[role.name] = _plant_person(world, role)


def _plant_person(world: World, role: Role) -> User:
    owner = f"person: {role.name}"
    # Others see the name beside contributions, the address nobody but the person and whoever administers them.
    reach = {f"self:{role.name}", TECHNICAL, *(set() if role.works_for_the_network else {f"people:{role.home}"})}
    # Names are known to the people of the same group or organisation, and beside what somebody did.
    near = {f"{circle}:{scope}" for name, scope in role.roles if (circle := _CIRCLES.get(name))}
    acts = {"people:A", "people:B"} if role.administers else set()
    values = {
        "display_name": world.mint.token(owner, "display_name", {*reach, *near, *acts, EDITING}),
        "email": f"{world.mint.token(owner, 'email', reach)}@kommune.example",
    }
    person = User.objects.create_user(municipality=world.places[f"municipality {role.home}"], **values)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for name, scope in role.roles:
        kind, scope_id = _scope(world, name, scope)
        RoleAssignment.objects.create(
            person=person,
            role=name,
            scope_kind=kind,
            scope_id=scope_id,
            valid_from=day(role.valid_from or -1),
            valid_to=day(role.valid_to),
            reason=world.mint.token(owner, f"reason of {name}", reach),
        )
    settle_rights(person)
    if role.in_circle:
        person.groups.add(Group.objects.get(name=CIRCLE_GROUP))
    if role.roles and role.second_factor:
        TOTP.activate(person, generate_totp_secret())
    for name, value in role.account.items():
        setattr(person, name, value)
    person.save(update_fields=[*role.account, "is_active"] if role.account else None)
    Consent.objects.create(person=person, purpose="rules", text=world.mint.token(owner, "consent", reach))
    world.add(Planted(owner, "accounts.User", "", readable=False, pk=person.pk, extra={"factor": _factor(person)}))
    return User.objects.get(pk=person.pk)


def plant_joining(world: World) -> None:
    """Plant an invitation and a request for each municipality, seen by whoever administers it."""
    for letter in "AB":
        place, reach = world.places[f"municipality {letter}"], {TECHNICAL, f"people:{letter}"}
        for model, fixed in (
            (Invitation, {"token_digest": hashlib.sha256(letter.encode()).hexdigest()}),
            (JoinRequest, {}),
        ):
            owner = f"{model._meta.label} at {letter}"
            _add(world, owner, model.objects.create(**_values(world, owner, model, reach) | fixed, municipality=place))


def _factor(person: User) -> int | None:
    return Authenticator.objects.filter(user=person).values_list("pk", flat=True).first()


def _scope(world: World, role: str, letter: str) -> tuple[str, int | None]:
    if not letter:
        return ScopeKind.NETWORK, None
    if role in _GROUP_ROLES:
        return ScopeKind.GROUP, world.places[f"group {letter}"].pk
    if role == "organisation_editor":
        return ScopeKind.ORGANISATION, world.places[f"organisation {letter}"].pk
    return ScopeKind.MUNICIPALITY, world.places[f"municipality {letter}"].pk


def _values(world: World, owner: str, model, reach: set[str]) -> dict:
    return values_for(model, lambda place, room: world.mint.token(owner, place, reach, room=room))


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
