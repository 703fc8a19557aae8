"""What somebody may tie a role to, as choices of a form; where there is too much, a search narrows it."""

from collections.abc import Iterable

from django.db import models

from portal.accounts import rules
from portal.accounts.enums import SCOPES_OF_ROLE, ScopeKind
from portal.accounts.models import User
from portal.accounts.people.fields import target_value
from portal.accounts.people.spelling import spelled
from portal.accounts.scopes import objects_of, scope_of_kind

#: More than this in one list nobody reads.
MOST = 100
#: Kinds of which there are thousands in a large network: what is near is shown, a search finds the rest.
_MANY = (ScopeKind.MUNICIPALITY, ScopeKind.DEPARTMENT)


def target_choices(actor: User, role: str, *, near: models.Model | None, query: str) -> list[tuple[str, list]]:
    """Return what `actor` may tie the role to, by kind; of municipalities those near, or those that are searched."""
    groups = []
    for kind in ScopeKind:
        if kind in SCOPES_OF_ROLE[role]:
            choices = [(target_value(one), _name(one)) for one in _targets(actor, role, kind, near, query)]
            if choices:
                groups.append((kind.label, choices))
    return groups


def _targets(actor: User, role: str, kind: ScopeKind, near, query: str) -> Iterable[models.Model | None]:
    if kind == ScopeKind.NETWORK:
        return [None] if rules.may_give(actor, role, None) else []
    scope = scope_of_kind(kind)
    if scope is None:
        return []
    objects = objects_of(scope.model)
    if kind in _MANY:
        objects = _narrowed(objects, kind, actor, near, query)
    elif query:
        objects = objects.filter(spelled("name", "icontains", query))
    return [one for one in objects[: 10 * MOST] if rules.may_give(actor, role, one)][:MOST]


def _narrowed(objects: models.QuerySet, kind: ScopeKind, actor: User, near, query: str) -> models.QuerySet:
    place = "" if kind == ScopeKind.MUNICIPALITY else "municipality__"
    if not actor.administers_network:
        objects = objects.filter(**{f"{place}pk__in": rules.administered_municipalities(actor)})
    if query:
        return objects.filter(spelled("name", "icontains", query) | spelled(f"{place}name", "icontains", query))
    if near is not None:
        return objects.filter(**{f"{place}pk": near.pk})
    return objects.filter(**{f"{place}people__isnull": False}).distinct() if actor.administers_network else objects


def _name(target: models.Model | None) -> str:
    return str(ScopeKind.NETWORK.label) if target is None else str(target)
