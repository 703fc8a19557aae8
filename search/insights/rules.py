"""Who may read what is counted, who can be given a task, and who may work on one."""

from django.db.models import Q, QuerySet

from portal.accounts.enums import EDITING_ROLES, Role, ScopeKind
from portal.accounts.models import RoleAssignment, User
from portal.accounts.querysets import may_act


def may_read_insights(person) -> bool:
    """Tell whether the person is an editor or administers the network; authors write, and are given tasks."""
    return may_act(person) and person.may_release


def may_work_on_tasks(person) -> bool:
    """Tell whether the person can be given tasks: whoever works in the editing interface."""
    return may_act(person) and person.works_in_editing


def assignable() -> QuerySet[User]:
    """Return the people who can be given tasks; the same rule as `may_work_on_tasks`, but for a factor still owed."""
    in_editing = Q(role__in=EDITING_ROLES) | Q(role=Role.ADMINISTRATOR, scope_kind=ScopeKind.NETWORK)
    roles = RoleAssignment.objects.live().filter(in_editing)
    return User.objects.filter(is_active=True, pk__in=roles.values("person"))
