"""What an organisation tells on its profile about cooperation that is over: told, mended, taken back at any time."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.cooperation import letters, rules
from network.cooperation.envelopes import after_commit
from network.cooperation.models import Agreement, SharedCooperation
from portal.accounts.actions.acting import ask_anew
from portal.accounts.models import User
from portal.audit.actions import record


@transaction.atomic
def share(*, by: User, agreement: Agreement, told: SharedCooperation, on: datetime.date) -> None:
    """Put a cooperation on the organisation's profile, or mend what stands there; the municipality is told."""
    agreement = _locked(by, agreement)
    if not rules.may_share(by, agreement, on):
        raise PermissionDenied
    known = SharedCooperation.objects.filter(agreement=agreement).first()
    told.pk = known.pk if known is not None else None
    told.agreement, told.shown_by = agreement, by
    told.from_year, told.to_year = agreement.in_force.valid_from.year, agreement.last_day().year
    if known is not None:
        told.shown_at = known.shown_at
    told.save()
    record(action="cooperation.shared", by=by, about=agreement)
    after_commit(letters.cooperation_shared, agreement)


@transaction.atomic
def take_back(*, by: User, agreement: Agreement, on: datetime.date) -> None:
    """Take a cooperation off the profile; it can be told again at any time."""
    agreement = _locked(by, agreement)
    if not rules.may_share(by, agreement, on):
        raise PermissionDenied
    SharedCooperation.objects.filter(agreement=agreement).delete()
    record(action="cooperation.unshared", by=by, about=agreement)


def _locked(by: User, agreement: Agreement) -> Agreement:
    ask_anew(by)
    rows = Agreement.objects.select_related("request__municipality", "request__organisation", "request__asked_by")
    return rows.select_for_update(of=("self",)).get(pk=agreement.pk)
