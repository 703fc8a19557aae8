"""How much an organisation already has on its table, from all municipalities together; as counts alone.

Three things count: what waits for its answer, what it has promised and not done yet, and what it did unpaid.

Whoever asks learns the counts before sending, and is warned above these thresholds. They are rules of thumb of the
portal (docs/cooperation.md), no measure of an organisation, and they never keep anybody from asking.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from knowledge.directory.enums import StaffClass
from knowledge.directory.models import Organisation
from network.cooperation.enums import RecordState
from network.cooperation.models import Agreement, CooperationRequest, ServiceRecord
from portal.places.models import Municipality

#: Unit: days. Unpaid hours of so long are counted.
LOOKING_BACK_DAYS = 365
#: Organisations with paid staff: open requests, promised hours, unpaid hours.
WITH_STAFF = (6, Decimal(160), Decimal(40))
#: Organisations that work with volunteers alone, or have not said.
VOLUNTEERS_ONLY = (3, Decimal(40), Decimal(20))
#: Less than one full post is nobody who has the time.
_WITHOUT_STAFF = frozenset({"", StaffClass.NONE, StaffClass.BELOW_ONE})


@dataclass(frozen=True, slots=True)
class Load:
    """What an organisation has on its table."""

    open_requests: int
    #: Those among them of the municipality that asks.
    open_from_here: int
    #: Unit: hours that are agreed and not recorded yet, paid ones, too.
    promised_hours: Decimal
    #: Unit: hours within the last twelve months.
    unpaid_hours: Decimal
    most_requests: int
    most_promised_hours: Decimal
    most_unpaid_hours: Decimal

    @property
    def is_high(self) -> bool:
        """Tell whether whoever asks should think twice."""
        return (
            self.open_requests >= self.most_requests
            or self.promised_hours >= self.most_promised_hours
            or self.unpaid_hours >= self.most_unpaid_hours
        )


def load_of(organisation: Organisation, on: datetime.date, asking: Municipality | None = None) -> Load:
    """Count what is open, promised, and was unpaid, in every municipality; nobody learns whose it is."""
    since = on - datetime.timedelta(days=LOOKING_BACK_DAYS)
    records = ServiceRecord.objects.filter(
        agreement__request__organisation=organisation, done_on__gt=since, done_on__lte=on
    ).exclude(state=RecordState.DISPUTED)
    most = VOLUNTEERS_ONLY if organisation.paid_staff in _WITHOUT_STAFF else WITH_STAFF
    waiting = CooperationRequest.objects.filter(organisation=organisation).open()
    return Load(
        **waiting.aggregate(
            open_requests=Count("pk"), open_from_here=Count("pk", filter=Q(municipality=asking and asking.pk))
        ),
        promised_hours=promised_hours(organisation, on),
        unpaid_hours=records.aggregate(hours=Sum("unpaid_hours"))["hours"] or Decimal(0),
        most_requests=most[0],
        most_promised_hours=most[1],
        most_unpaid_hours=most[2],
    )


def promised_hours(organisation: Organisation, on: datetime.date) -> Decimal:
    """Return the hours that are agreed and not recorded yet, and those of accepted requests without an agreement.

    What was recorded beyond what was agreed takes nothing away from other agreements.
    """
    done = ServiceRecord.objects.filter(agreement=OuterRef("pk")).exclude(state=RecordState.DISPUTED).order_by()
    hours = done.values("agreement").annotate(hours=Sum(F("paid_hours") + F("unpaid_hours"))).values("hours")
    running = Agreement.objects.filter(request__organisation=organisation).in_force(on)
    left = running.annotate(done=Coalesce(Subquery(hours), Decimal(0))).values_list("held_hours", "done")
    accepted = CooperationRequest.objects.filter(organisation=organisation).promised()
    return sum((max(agreed - recorded, Decimal(0)) for agreed, recorded in left), Decimal(0)) + (
        accepted.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    )
