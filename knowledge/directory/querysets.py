"""Named sets of the directory: what readers find, what a person keeps, whose consent is alive."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from knowledge.directory.enums import SHOWN_STATES, Assurance
from portal.accounts.enums import Role, ScopeKind
from portal.shared.visibility import VisibleQuerySet, labels_for


class OrganisationQuerySet(VisibleQuerySet):
    """Organisations, narrowed."""

    def shown(self) -> "OrganisationQuerySet":
        """Keep published and dormant entries."""
        return self.filter(state__in=SHOWN_STATES)

    def visible_to(self, user) -> "OrganisationQuerySet":
        """Keep what `user` may read in the directory."""
        return self.shown().filter(audience__in=labels_for(user))

    def kept_by(self, user) -> "OrganisationQuerySet":
        """Keep the organisations whose entry `user` keeps; the same rule as `rules.may_keep`."""
        return self.filter(pk__in=organisations_kept_by(user))


class PartQuerySet(models.QuerySet):
    """Parts of an entry, which are read exactly by those who read the entry."""

    def visible_to(self, user):
        """Keep the parts of entries that `user` may read."""
        return self.filter(organisation__state__in=SHOWN_STATES, organisation__audience__in=labels_for(user))


class OfferQuerySet(PartQuerySet):
    """Offers, narrowed."""

    def active(self) -> "OfferQuerySet":
        """Keep those that take place at present; the others are nowhere shown as available."""
        return self.filter(is_active=True)


class MandateQuerySet(PartQuerySet):
    """Mandates, narrowed."""

    def running(self, on: datetime.date) -> "MandateQuerySet":
        """Keep those whose last day is not over."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def expired(self, on: datetime.date) -> "MandateQuerySet":
        """Keep those whose last day is over; the same rule as `Mandate.state_on`."""
        return self.filter(valid_to__lt=on)

    def in_state(self, state: str, on: datetime.date) -> "MandateQuerySet":
        """Keep those in a `MandateState` on a day."""
        if state not in Assurance.values:
            return self.expired(on)
        return self.running(on).filter(assurance=state)


class ConsentQuerySet(models.QuerySet):
    """Consents, narrowed."""

    def live(self, at: datetime.datetime | None = None) -> "ConsentQuerySet":
        """Keep those that were given, not withdrawn, and whose time is not over."""
        at = at or timezone.now()
        return self.filter(given_at__lte=at, withdrawn_at__isnull=True, expires_at__gt=at)

    def running_out(self, before: datetime.datetime, at: datetime.datetime | None = None) -> "ConsentQuerySet":
        """Keep live ones that run out before a moment and whose person was not told so yet."""
        return self.live(at).filter(expires_at__lte=before, reminded_at__isnull=True)

    def run_out(self, at: datetime.datetime | None = None) -> "ConsentQuerySet":
        """Keep those that nobody took back and whose time is over."""
        return self.filter(withdrawn_at__isnull=True, expires_at__lte=at or timezone.now())


class ContactQuerySet(PartQuerySet):
    """Contact persons, narrowed."""

    def consenting(self, at: datetime.datetime | None = None) -> "ContactQuerySet":
        """Keep those under a live consent; nobody else's name leaves the editing of the entry."""
        at = at or timezone.now()
        return self.filter(
            consents__given_at__lte=at, consents__withdrawn_at__isnull=True, consents__expires_at__gt=at
        ).distinct()

    def visible_to(self, user):
        """Keep those under a live consent in entries that `user` may read."""
        return super().visible_to(user).consenting()


class ExpertQuerySet(models.QuerySet):
    """Experts, narrowed."""

    def consenting(self, at: datetime.datetime | None = None) -> "ExpertQuerySet":
        """Keep those under a live consent."""
        at = at or timezone.now()
        return self.filter(
            consents__given_at__lte=at, consents__withdrawn_at__isnull=True, consents__expires_at__gt=at
        ).distinct()

    def shown(self) -> "ExpertQuerySet":
        """Keep those under a live consent who have not hidden themselves and whose account is open."""
        return self.consenting().filter(is_hidden=False, person__is_active=True)

    def visible_to(self, user):
        """Keep those shown who want to be found by people like `user`."""
        return self.shown().filter(audience__in=labels_for(user))


class ExpertRequestQuerySet(models.QuerySet):
    """Requests to experts, narrowed; they are read by the two people alone."""

    def asked_by(self, user) -> "ExpertRequestQuerySet":
        """Keep what the person asked."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()

    def received_by(self, user) -> "ExpertRequestQuerySet":
        """Keep what the person was asked."""
        return self.filter(expert__person=user) if user.is_authenticated else self.none()

    def unanswered(self) -> "ExpertRequestQuerySet":
        """Keep what the expert has not answered yet."""
        return self.filter(answered_at__isnull=True)

    def waiting_first(self) -> "ExpertRequestQuerySet":
        """Put what waits for an answer first, the newest on top."""
        return self.order_by(models.F("answered_at").desc(nulls_first=True), "-asked_at", "-pk")


def organisations_kept_by(user) -> frozenset[int]:
    """Return the keys of the organisations whose editor `user` is; nobody without the second factor is any."""
    if not user.is_authenticated or not user.is_active or user.owes_second_factor:
        return frozenset()
    return frozenset(
        held.scope_id
        for held in user.live_roles
        if held.role == Role.ORGANISATION_EDITOR and held.scope_kind == ScopeKind.ORGANISATION
    )
