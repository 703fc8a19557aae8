"""Sets of people and of roles as the house speaks of them."""

import datetime

from django.db import models
from django.utils import timezone

from portal.accounts.enums import TAKEN_IN_BY, RequestState, Role, ScopeKind


def may_act(actor) -> bool:
    """Tell whether the roles of `actor` open anything at this moment."""
    return bool(actor.is_authenticated and actor.is_active and not actor.owes_second_factor)


def administered_by(actor) -> frozenset[int]:
    """Return the municipalities whose people `actor` administers; the network's administrators need none."""
    return frozenset(
        held.scope_id
        for held in actor.live_roles
        if held.role == Role.ADMINISTRATOR and held.scope_kind == ScopeKind.MUNICIPALITY
    )


def administered_now_or_later(person) -> frozenset[int]:
    """Return the municipalities that `person` administers or will, whether or not the account is active."""
    roles = person.role_assignments.current_or_coming().filter(
        role=Role.ADMINISTRATOR, scope_kind=ScopeKind.MUNICIPALITY
    )
    return frozenset(roles.values_list("scope_id", flat=True))


class RoleAssignmentQuerySet(models.QuerySet):
    """Roles that people have, had or will have."""

    def live(self, on: datetime.date | None = None):
        """Keep the roles that hold on the day; an ended one holds no longer, whatever its dates say."""
        day = on or timezone.localdate()
        return self.filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day), valid_from__lte=day, ended_at__isnull=True
        )

    def current_or_coming(self, on: datetime.date | None = None):
        """Keep the roles that hold or will hold."""
        day = on or timezone.localdate()
        return self.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day), ended_at__isnull=True)

    def at(self, kind: str, scope_id: int | None):
        """Keep the roles tied to one thing."""
        return self.filter(scope_kind=kind, scope_id=scope_id)


class PersonQuerySet(models.QuerySet):
    """People with an account."""

    def administrable_by(self, actor):
        """Keep the people whom `actor` may administer; the same rule as `rules.may_administer`."""
        if not may_act(actor):
            return self.none()
        if actor.administers_network:
            return self
        roles = self.model._meta.get_field("role_assignments").related_model.objects
        for_the_network = roles.current_or_coming().filter(scope_kind=ScopeKind.NETWORK)
        return self.filter(municipality__in=administered_by(actor)).exclude(pk__in=for_the_network.values("person"))


class InvitationQuerySet(models.QuerySet):
    """Invitations, open or not."""

    def open(self, at: datetime.datetime):
        """Keep the invitations that can be accepted; the same rule as `state_at`."""
        return self.unanswered().filter(expires_at__gt=at)

    def unanswered(self):
        """Keep the invitations that are neither accepted nor revoked, whether or not they have run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def manageable_by(self, actor):
        """Keep the invitations that `actor` may see, send again and revoke.

        Administrators look after those into their municipality, but for roles of the whole network; whoever takes
        people into a group or an organisation looks after the invitations into it.
        """
        if not may_act(actor):
            return self.none()
        if actor.administers_network:
            return self
        for_the_network = models.Q(scope_kind=ScopeKind.NETWORK) & ~models.Q(role="")
        kept = models.Q(municipality__in=administered_by(actor)) & ~for_the_network
        for held in actor.live_roles:
            if held.role in TAKEN_IN_BY:
                role = TAKEN_IN_BY[held.role]
                kept |= models.Q(role=role, scope_kind=held.scope_kind, scope_id=held.scope_id)
        return self.filter(kept)

    def of_circle(self, role: str, kind: str, scope_id: int):
        """Keep the invitations into one group or organisation."""
        return self.filter(role=role, scope_kind=kind, scope_id=scope_id)


class JoinRequestQuerySet(models.QuerySet):
    """Requests for an account."""

    def open(self):
        """Keep the requests that nobody has decided."""
        return self.filter(state=RequestState.OPEN)

    def decidable_by(self, actor):
        """Keep the requests that `actor` may decide: those from a municipality one administers, or all."""
        if not may_act(actor):
            return self.none()
        return self if actor.administers_network else self.filter(municipality__in=administered_by(actor))
