"""Giving and ending roles, and the rights that follow from them."""

import datetime
from functools import partial

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import rules
from portal.accounts.actions.acting import ask_anew
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.letters import role_letter
from portal.accounts.models import RoleAssignment, User
from portal.accounts.post import send_later
from portal.accounts.scopes import kind_of
from portal.audit.actions import record

#: Which of Wagtail's groups carries the rights of a role.
GROUP_OF_ROLE = {Role.EDITOR: "Redaktion", Role.AUTHOR: "Autorinnen und Autoren"}


@transaction.atomic
def grant_role(
    *,
    by: User,
    person: User,
    role: str,
    target: models.Model | None = None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    reason: str = "",
    by_mail: bool = True,
) -> RoleAssignment:
    """Give a person a role; raises PermissionDenied, or ValidationError where the role or its days make no sense.

    The person is told by mail, but for who has just accepted an invitation to it.
    """
    ask_anew(by)
    if not rules.may_give(by, role, target):
        raise PermissionDenied
    assignment = _grant(
        by=by,
        person=person,
        role=role,
        target=target,
        valid_from=valid_from or timezone.localdate(),
        valid_to=valid_to,
        reason=reason,
    )
    if by_mail and person.is_active:
        transaction.on_commit(partial(send_later, role_letter(assignment)))
    return assignment


@transaction.atomic
def end_role(*, by: User, assignment: RoleAssignment, reason: str = "") -> None:
    """End a role at once; an ended one stays ended."""
    if assignment.role == Role.ADMINISTRATOR and assignment.scope_kind == ScopeKind.NETWORK:
        # Two who end each other's administration must not both succeed, or nobody would be left to give it.
        lock_administrators()
    ask_anew(by)
    if not rules.may_end(by, assignment):
        raise PermissionDenied
    _end(assignment, by=by, reason=reason)


def lock_administrators(*others: User) -> None:
    """Keep the administrators of the network, and others, for this transaction; whoever waits must ask anew."""
    administrators = RoleAssignment.objects.live().filter(role=Role.ADMINISTRATOR, scope_kind=ScopeKind.NETWORK)
    locked = models.Q(pk__in=administrators.values("person")) | models.Q(pk__in=[other.pk for other in others])
    list(User.objects.select_for_update().filter(locked).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def end_roles_of_scope(*, target: models.Model) -> None:
    """End the roles tied to something that is being deleted."""
    assignments = RoleAssignment.objects.at(kind_of(target), target.pk).filter(ended_at__isnull=True)
    for assignment in assignments.select_related("person"):
        _end(assignment, by=None, reason=_("What the role was tied to was deleted."))


@transaction.atomic
def end_role_at(*, by: User, person: User, role: str, target: models.Model, reason: str) -> None:
    """End a person's role tied to something, by a rule of the room to which that belongs; the room asks it first."""
    held = person.role_assignments.current_or_coming().at(kind_of(target), target.pk).filter(role=role)
    for assignment in held.select_related("person"):
        _end(assignment, by=by, reason=reason)


@transaction.atomic
def end_all_roles(*, by: User | None, person: User, reason: str) -> None:
    """End every role of a person who leaves or is suspended for good."""
    for assignment in person.role_assignments.current_or_coming():
        _end(assignment, by=by, reason=reason)


@transaction.atomic
def appoint(
    *, person: User, role: str = Role.ADMINISTRATOR, target: models.Model | None = None, reason: str = ""
) -> RoleAssignment:
    """Give a role from the command line, where nobody is signed in whose rights could be asked for."""
    return _grant(
        by=None,
        person=person,
        role=role,
        target=target,
        valid_from=timezone.localdate(),
        valid_to=None,
        reason=reason or _("Appointed from the command line."),
    )


@transaction.atomic
def settle_rights(person: User, *, on: datetime.date | None = None) -> None:
    """Bring Wagtail's groups and the administrator's flag in line with the roles that hold on the day."""
    day = on or timezone.localdate()
    held = list(person.role_assignments.current_or_coming(day))
    live = [role for role in held if role.is_live(day)]
    administers = any(role.role == Role.ADMINISTRATOR and role.scope_id is None for role in live)
    changes = [role.valid_from for role in held if role.valid_from > day]
    changes += [role.valid_to + datetime.timedelta(days=1) for role in live if role.valid_to]
    person.is_superuser = administers
    person.rights_change_on = min(changes, default=None)
    person.save(update_fields=["is_superuser", "rights_change_on"])
    for role, name in GROUP_OF_ROLE.items():
        group, _created = Group.objects.get_or_create(name=name)
        if any(assignment.role == role for assignment in live):
            person.groups.add(group)
        else:
            person.groups.remove(group)
    person.forget_rights()


def _grant(*, by, person, role, target, valid_from, valid_to, reason) -> RoleAssignment:
    kind = kind_of(target)
    assignment = RoleAssignment(
        person=person,
        role=role,
        scope_kind=kind,
        scope_id=target.pk if target is not None else None,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=by,
        reason=reason,
    )
    assignment.full_clean(exclude=["person", "granted_by"])
    # One person is given roles by one transaction at a time, so that the look for an overlap is no race.
    User.objects.select_for_update().get(pk=person.pk)
    _refuse_overlap(assignment)
    assignment.save()
    record(action="role.granted", by=by, about=person, after=assignment.as_logged(), reason=reason)
    settle_rights(person)
    return assignment


def _refuse_overlap(new: RoleAssignment) -> None:
    same = new.person.role_assignments.current_or_coming(new.valid_from).at(new.scope_kind, new.scope_id)
    for held in same.filter(role=new.role):
        if new.valid_to is None or held.valid_from <= new.valid_to:
            raise ValidationError(
                _("%(person)s already has the role “%(role)s” in that time. End the other one first.")
                % {"person": new.person, "role": new},
                code="overlap",
            )


def _end(assignment: RoleAssignment, *, by: User | None, reason: str) -> None:
    if assignment.ended_at is not None:
        return
    before = assignment.as_logged()
    assignment.ended_at = timezone.now()
    assignment.save(update_fields=["ended_at"])
    record(
        action="role.ended",
        by=by,
        about=assignment.person,
        before=before,
        after=assignment.as_logged(),
        reason=reason,
    )
    settle_rights(assignment.person)
