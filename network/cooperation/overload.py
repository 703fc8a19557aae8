"""How much an organisation already has on its table, from all municipalities together; as counts alone.

Whoever asks learns the counts before sending, and is warned above these thresholds. They are rules of thumb of the
portal (docs/cooperation.md), no measure of an organisation, and they never keep anybody from asking.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from knowledge.directory.enums import StaffClass
from knowledge.directory.models import Organisation
from network.cooperation.enums import RecordState
from network.cooperation.models import CooperationRequest, ServiceRecord

#: Unit: days. Unpaid hours of so long are counted.
LOOKING_BACK_DAYS = 365
#: Organisations with paid staff: open requests, unpaid hours.
WITH_STAFF = (6, Decimal(40))
#: Organisations that work with volunteers alone, or have not said.
VOLUNTEERS_ONLY = (3, Decimal(20))
_WITHOUT_STAFF = frozenset({"", StaffClass.NONE})


@dataclass(frozen=True, slots=True)
class Load:
    """What an organisation has on its table."""

    open_requests: int
    #: Unit: hours within the last twelve months.
    unpaid_hours: Decimal
    most_requests: int
    most_unpaid_hours: Decimal

    @property
    def is_high(self) -> bool:
        """Tell whether whoever asks should think twice."""
        return self.open_requests >= self.most_requests or self.unpaid_hours >= self.most_unpaid_hours


def load_of(organisation: Organisation, on: datetime.date) -> Load:
    """Count what is open and what was unpaid, in every municipality; nobody learns whose it is."""
    since = on - datetime.timedelta(days=LOOKING_BACK_DAYS)
    records = ServiceRecord.objects.filter(
        agreement__request__organisation=organisation, done_on__gt=since, done_on__lte=on
    ).exclude(state=RecordState.DISPUTED)
    most = VOLUNTEERS_ONLY if organisation.paid_staff in _WITHOUT_STAFF else WITH_STAFF
    return Load(
        open_requests=CooperationRequest.objects.filter(organisation=organisation).open().count(),
        unpaid_hours=records.aggregate(hours=Sum("unpaid_hours"))["hours"] or Decimal(0),
        most_requests=most[0],
        most_unpaid_hours=most[1],
    )
