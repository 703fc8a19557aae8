"""The list of people with what waits for a decision, and who holds which role."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.enums import WHAT_A_ROLE_ALLOWS, AccountState, Role
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment, User
from portal.accounts.people.filters import PeopleList, member_count
from portal.accounts.people.pages import for_administrators, show
from portal.accounts.scopes import attach_targets

#: How many tasks stand above the list; the rest is a link away.
TASKS_SHOWN = 5
#: How many people are named beside a role; more are in the list.
HOLDERS_NAMED = 30


@for_administrators
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show the people whom one administers, below what waits."""
    found = PeopleList(User.objects.administrable_by(request.user), request.GET, request.path)
    requests = JoinRequest.objects.decidable_by(request.user).open().select_related("municipality")
    invitations = Invitation.objects.manageable_by(request.user).unanswered()
    open_requests = list(requests[: TASKS_SHOWN + 1])
    return show(
        request,
        "people/list.html",
        heading=_("People and rights"),
        requests=open_requests[:TASKS_SHOWN],
        has_more_requests=len(open_requests) > TASKS_SHOWN,
        invitations=invitations.aggregate(
            open=models.Count("pk", filter=models.Q(expires_at__gt=timezone.now())),
            over=models.Count("pk", filter=models.Q(expires_at__lte=timezone.now())),
        ),
        **found.context(),
    )


@for_administrators
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show every role, what it allows and who holds it; for the network's administrators."""
    if not request.user.administers_network:
        raise Http404
    live = list(
        RoleAssignment.objects.live()
        .filter(person__state=AccountState.ACTIVE)
        .select_related("person")
        .order_by("role", "person__display_name", "pk")
    )
    attach_targets(live)
    return show(
        request,
        "people/roles.html",
        heading=_("Who may do what"),
        roles=[_held(role, [one for one in live if one.role == role]) for role in Role],
        members=member_count(User.objects.all()),
    )


def _held(role: Role, assignments: list[RoleAssignment]) -> dict:
    return {
        "role": role,
        "label": role.label,
        "allows": WHAT_A_ROLE_ALLOWS[role],
        "count": len({one.person_id for one in assignments}),
        "url": f"{reverse('people:list')}?rolle={role.value}",
        "holders": assignments[:HOLDERS_NAMED],
        "has_more": len(assignments) > HOLDERS_NAMED,
    }
