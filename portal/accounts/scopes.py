"""What roles can be tied to; rooms above announce theirs, since accounts must not know them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from portal.accounts.enums import ScopeKind


@dataclass(frozen=True, slots=True)
class Scope:
    """A kind of thing that roles can be tied to."""

    kind: ScopeKind
    model: type[models.Model]
    #: Returns the key of the municipality that something belongs to, as far as it belongs to one.
    municipality_of: Callable[[models.Model], int | None]
    #: How the audience of those who have a role there begins; without one the role brings no circle.
    circle: str = ""


_scopes: dict[str, Scope] = {}


def register_scope(scope: Scope) -> None:
    """Let roles be tied to a room's objects; a deleted object takes the roles with it."""
    _scopes[scope.kind] = scope
    models.signals.post_delete.connect(_deleted, sender=scope.model, dispatch_uid=f"accounts.scopes.{scope.kind}")


def scope_of_kind(kind: str) -> Scope | None:
    """Return a kind of scope; nothing for the whole network and for rooms that are not there."""
    return _scopes.get(kind)


def kind_of(target: models.Model | None) -> ScopeKind:
    """Return what kind of scope an object is; nothing stands for the whole network."""
    if target is None:
        return ScopeKind.NETWORK
    for scope in _scopes.values():
        if isinstance(target, scope.model):
            return scope.kind
    raise LookupError(f"No role can be tied to {target._meta.label}.")


def find_target(kind: str, scope_id: int | None) -> models.Model | None:
    """Return the object that a role is tied to; nothing for the whole network and for objects that are gone."""
    scope = scope_of_kind(kind)
    if scope is None or scope_id is None:
        return None
    try:
        return scope.model._default_manager.get(pk=scope_id)
    except ObjectDoesNotExist:
        return None


def attach_targets(rows: Iterable[models.Model]) -> None:
    """Find what many roles or invitations are tied to, with one query per kind."""
    tied: dict[str, list[models.Model]] = {}
    for row in rows:
        tied.setdefault(row.scope_kind, []).append(row)
    for kind, of_kind in tied.items():
        scope = scope_of_kind(kind)
        found = objects_of(scope.model).in_bulk({row.scope_id for row in of_kind}) if scope is not None else {}
        for row in of_kind:
            row.target = found.get(row.scope_id)


def objects_of(model: type[models.Model]) -> models.QuerySet:
    """Return everything of one kind, with the municipality that its name may show."""
    objects = model._default_manager.all()
    has_municipality = any(field.name == "municipality" for field in model._meta.get_fields())
    return objects.select_related("municipality") if has_municipality else objects


def municipality_id_of(target: models.Model | None) -> int | None:
    """Return the municipality that something belongs to; it decides which administrators may give roles there."""
    if target is None:
        return None
    return _scopes[kind_of(target)].municipality_of(target)


def circle_of(kind: str, scope_id: int | None) -> str:
    """Return the audience that a role tied to this brings, e.g. `group:7`; empty where it brings none."""
    scope = scope_of_kind(kind)
    return f"{scope.circle}:{scope_id}" if scope is not None and scope.circle and scope_id is not None else ""


def _deleted(sender: type[models.Model], instance: models.Model, **kwargs) -> None:
    from portal.accounts.actions.roles import end_roles_of_scope

    end_roles_of_scope(target=instance)
