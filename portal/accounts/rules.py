"""Who may administer whom and give which role; every predicate has its queryset in `querysets.py`."""

from django.db import models

from portal.accounts.enums import ROLE_OF_CIRCLE, SCOPES_OF_ROLE, TAKEN_IN_BY, Role, ScopeKind
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment, User
from portal.accounts.querysets import administered_by, administered_now_or_later, may_act
from portal.accounts.scopes import kind_of, municipality_id_of

#: What the administrator of a municipality may give within it.
GIVEN_BY_A_MUNICIPALITY = frozenset(
    {
        Role.STAFF,
        Role.DATA_OWNER,
        Role.CONFIDENTIALITY_OFFICER,
        Role.DECISION_MAKER,
        Role.ADMINISTRATOR,
        Role.ORGANISATION_EDITOR,
    }
)


def administered_municipalities(actor: User) -> frozenset[int]:
    """Return the municipalities whose people `actor` administers; the network's administrators need none."""
    return administered_by(actor)


def may_administer_people(actor) -> bool:
    """Tell whether `actor` administers anybody at all."""
    return may_act(actor) and (actor.administers_network or bool(administered_municipalities(actor)))


def may_administer(actor, person: User) -> bool:
    """Tell whether `actor` may see and change the account of `person`.

    The administrator of a municipality has no say over people who work for the whole network.
    """
    if not may_administer_people(actor):
        return False
    if actor.administers_network:
        return True
    return person.municipality_id in administered_municipalities(actor) and not any(
        role.scope_kind == ScopeKind.NETWORK for role in person.role_assignments.current_or_coming()
    )


def may_give(actor, role: str, target: models.Model | None) -> bool:
    """Tell whether `actor` may give or end a role tied to `target`; nothing stands for the whole network."""
    if not may_act(actor):
        return False
    kind = kind_of(target)
    if kind not in SCOPES_OF_ROLE[role]:
        return False
    if actor.administers_network:
        return True
    if kind == ScopeKind.NETWORK:
        return False
    if role in GIVEN_BY_A_MUNICIPALITY and municipality_id_of(target) in administered_municipalities(actor):
        return True
    return _leads(actor, role, kind, target) or _brings_in_the_first(actor, role, kind, target)


def may_end(actor, assignment: RoleAssignment) -> bool:
    """Tell whether `actor` may end a role: whoever may give it, and the person whose role it is.

    Nobody takes away their own administration of the network, so that somebody is always left to give it.
    """
    if assignment.person_id == actor.pk:
        is_last_resort = assignment.role == Role.ADMINISTRATOR and assignment.scope_kind == ScopeKind.NETWORK
        return not is_last_resort
    if assignment.scope_kind != ScopeKind.NETWORK and assignment.target is None:
        return bool(actor.is_authenticated and actor.is_active and actor.administers_network)
    return may_give(actor, assignment.role, assignment.target)


def _leads(actor: User, role: str, kind: str, target: models.Model) -> bool:
    """Leads take members into their group; an organisation's editors take in further editors."""
    return any(
        TAKEN_IN_BY.get(held.role) == role and held.scope_kind == kind and held.scope_id == target.pk
        for held in actor.live_roles
    )


def _brings_in_the_first(actor: User, role: str, kind: str, target: models.Model) -> bool:
    """Editors bring in the first person of an organisation that nobody keeps yet; the next are taken in by that one."""
    if role != Role.ORGANISATION_EDITOR or not actor.may_release:
        return False
    return not RoleAssignment.objects.current_or_coming().at(kind, target.pk).filter(role=role).exists()


def may_invite(actor, role: str, target: models.Model | None, municipality_id: int | None) -> bool:
    """Tell whether `actor` may invite somebody into a municipality, with a role or (empty) as a mere member.

    Whoever takes people into a group or an organisation does not choose the municipality that will look after the
    account: it is the organisation's, and a group has none.
    """
    if role and not may_give(actor, role, target):
        return False
    if may_administer_people(actor) and (
        actor.administers_network or municipality_id in administered_municipalities(actor)
    ):
        return True
    if not role or target is None:
        return False
    kind = kind_of(target)
    if not _leads(actor, role, kind, target) and not _brings_in_the_first(actor, role, kind, target):
        return False
    return municipality_id == municipality_id_of(target)


def may_manage(actor, invitation: Invitation) -> bool:
    """Tell whether `actor` may see and revoke an invitation; the rule stands in `manageable_by`."""
    return Invitation.objects.manageable_by(actor).filter(pk=invitation.pk).exists()


def may_decide(actor, request: JoinRequest) -> bool:
    """Tell whether `actor` may decide a request; the rule stands in `decidable_by`."""
    return JoinRequest.objects.decidable_by(actor).filter(pk=request.pk).exists()


def may_suspend(actor, person: User) -> bool:
    """Tell whether `actor` may suspend a person or let them in again; nobody does so to themselves.

    Nor does the administrator of a municipality to a resident who administers another one, which would be without.
    """
    if not may_administer(actor, person) or actor.pk == person.pk:
        return False
    return actor.administers_network or administered_now_or_later(person) <= administered_municipalities(actor)


def may_take_in(actor, circle: models.Model) -> bool:
    """Tell whether `actor` may take people into a group or an organisation and out of it."""
    return may_give(actor, ROLE_OF_CIRCLE[kind_of(circle)], circle)


def givable_roles(actor) -> list[Role]:
    """Return the roles that an administrator may give to somebody, in the order of the roles."""
    if not may_administer_people(actor):
        return []
    return [role for role in Role if actor.administers_network or role in GIVEN_BY_A_MUNICIPALITY]
