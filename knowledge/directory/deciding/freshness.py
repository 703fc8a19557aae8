"""How fresh the directory is: how many entries stand where, and which ones want looking after."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from knowledge.directory.enums import ChangeState, EntryState
from knowledge.directory.models import EntryRemark, Organisation, ProfileChange, Representation
from knowledge.directory.upkeep.stages import ASKED_AFTER, plus_months
from portal.accounts.enums import Role, ScopeKind
from portal.accounts.models import RoleAssignment

#: Where a list begins → what it holds; the names stand in addresses.
OVERDUE, DORMANT, ARCHIVED, DRAFTS, FRESH = "offen", "ruhend", "archiv", "entwurf", "aktuell"
NOBODY, ONE = "niemand", "eine-person"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for editors."""

    proposals: int
    representations: int
    #: Of organisations by the links in their mails, and of readers on entries that nobody keeps.
    remarks: int


def entries() -> models.QuerySet[Organisation]:
    """Return all entries with what the lists show of them."""
    held = RoleAssignment.objects.live().filter(
        role=Role.ORGANISATION_EDITOR, scope_kind=ScopeKind.ORGANISATION, scope_id=OuterRef("pk")
    )
    people = held.order_by().values("scope_id").annotate(people=Count("person", distinct=True)).values("people")
    return Organisation.objects.annotate(
        has_people=Exists(held),
        people=Subquery(people),
        true_since=Coalesce("confirmed_at", "published_at", "created_at"),
        last_asked=Max("confirmations__sent_at"),
    )


def lists(on: datetime.date) -> dict[str, Q]:
    """Return which entries stand in which list on a day: in one each, and in „nobody“ or „one person“ besides."""
    year_ago = plus_months(on, -ASKED_AFTER)
    is_old = Q(true_since__date__lte=year_ago)
    return {
        OVERDUE: Q(state=EntryState.LIVE) & is_old,
        DORMANT: Q(state=EntryState.DORMANT),
        ARCHIVED: Q(state=EntryState.ARCHIVED),
        DRAFTS: Q(state=EntryState.DRAFT),
        NOBODY: Q(has_people=False) & ~Q(state=EntryState.ARCHIVED),
        ONE: Q(people=1) & ~Q(state=EntryState.ARCHIVED),
        FRESH: Q(state=EntryState.LIVE) & ~is_old,
    }


def counts(on: datetime.date) -> dict[str, int]:
    """Return how many entries stand in each list; one query."""
    held = entries().annotate()
    return held.aggregate(
        **{name: Count("pk", filter=condition, distinct=True) for name, condition in lists(on).items()}
    )


def listed(name: str, on: datetime.date) -> models.QuerySet[Organisation]:
    """Return the entries of a list, the longest unconfirmed first."""
    found = entries().filter(lists(on)[name]).select_related("municipality")
    return found.order_by(F("true_since").asc(), "pk")


def waiting() -> Waiting:
    """Return how much waits for editors."""
    return Waiting(
        proposals=ProfileChange.objects.filter(state=ChangeState.OPEN).count(),
        representations=Representation.objects.filter(checked_at__isnull=True).count(),
        remarks=open_remarks().count(),
    )


def open_remarks() -> models.QuerySet[EntryRemark]:
    """Return the remarks to which editors see, because the organisation has no account or asks for it by a link."""
    held = RoleAssignment.objects.live().filter(
        role=Role.ORGANISATION_EDITOR, scope_kind=ScopeKind.ORGANISATION, scope_id=OuterRef("organisation_id")
    )
    waiting = EntryRemark.objects.filter(handled_at__isnull=True).filter(Q(is_own=True) | ~Exists(held))
    return waiting.select_related("organisation").order_by("received_at", "pk")
