"""Carrying out deletions whose waiting period is over, one person at a time; interrupted work is taken up again."""

import datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.actions.consents import withdraw_all
from portal.accounts.enums import AccountState, FarewellKind
from portal.accounts.models import Consent, Farewell, User
from portal.accounts.own_data.registry import data_kinds
from portal.audit.actions import record

#: Unit: days. Source: § 195 BGB, claims lapse after three years; until then a consent may have to be proved.
CONSENT_KEEP_DAYS = 3 * 366
#: Reserved for what does not exist (Source: RFC 2606), so no mail ever leaves for it.
NOWHERE = "konto.invalid"


def delete_due_accounts(*, at: datetime.datetime) -> int:
    """Delete every account whose waiting period is over; return how many were deleted.

    Each is a transaction of its own. Whatever interrupts the work, who was deleted stays so, and the next run goes on.
    """
    day = timezone.localdate(at)
    due = Farewell.objects.filter(
        kind=FarewellKind.DELETE, due_on__lte=day, cancelled_at__isnull=True, done_at__isnull=True
    )
    keys = list(due.order_by("due_on", "pk").values_list("pk", flat=True))
    return sum(delete_account(farewell_id=key, on=day) for key in keys)


@transaction.atomic
def delete_account(*, farewell_id: int, on: datetime.date) -> bool:
    """Make an account nobody's, for good; what the person contributed stays. Tell whether there was anything to do."""
    farewell = Farewell.objects.select_for_update().get(pk=farewell_id)
    if farewell.cancelled_at or farewell.done_at or farewell.due_on is None or farewell.due_on > on:
        return False
    person = User.objects.select_for_update().get(pk=farewell.person_id)
    if person.state == AccountState.ACTIVE:
        # Somebody took the person in again, which the person accepted; the wish is no longer theirs.
        farewell.cancelled_at = timezone.now()
        farewell.save(update_fields=["cancelled_at"])
        return False
    withdraw_all(by=None, person=person)
    for kind in data_kinds():
        if kind.forget is not None:
            kind.forget(person)
    _make_nobodys(person)
    farewell.done_at = timezone.now()
    farewell.save(update_fields=["done_at"])
    record(action="account.deleted", by=None, about=person, after={"name_stays": person.keeps_name})
    return True


def forget_old_consents(*, at: datetime.datetime) -> int:
    """Remove the consents of deleted accounts that need no longer be proved; return how many."""
    deleted = Farewell.objects.filter(kind=FarewellKind.DELETE, done_at__isnull=False).values("person")
    before = at - datetime.timedelta(days=CONSENT_KEEP_DAYS)
    return Consent.objects.filter(person__in=deleted, withdrawn_at__lt=before).delete()[0]


def _make_nobodys(person: User) -> None:
    person.groups.clear()
    person.user_permissions.clear()
    person.email = f"geloescht-{person.pk}@{NOWHERE}"
    if not person.keeps_name:
        person.display_name = ""
    person.state = AccountState.LEFT
    person.is_superuser = False
    person.municipality = None
    person.last_login = None
    person.rights_change_on = None
    person.set_unusable_password()
    person.save(update_fields=[field.name for field in User._meta.concrete_fields if not field.primary_key])
    person.forget_rights()
