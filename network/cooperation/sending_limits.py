"""How many requests are sent at most: the portal writes mails in the name of municipalities, and nobody is flooded.

Withdrawn ones count, since their mails went out, too.
"""

import datetime

from network.cooperation.models import CooperationRequest
from network.cooperation.recipients import has_keepers
from portal.accounts.models import User

WEEK = datetime.timedelta(days=7)
DAY = datetime.timedelta(days=1)
#: From one municipality to one organisation within a week.
MOST_A_WEEK = 3
#: The same to an organisation whose entry nobody keeps: it never asked for mails of the portal.
MOST_A_WEEK_TO_STRANGERS = 1
#: By one person within a day, to all organisations together.
MOST_A_DAY = 20


def is_too_much(request: CooperationRequest, by: User, at: datetime.datetime) -> bool:
    """Tell whether one more request would be too much for the organisation, or for one person on one day."""
    sent = CooperationRequest.objects.sent()
    lately = sent.filter(
        municipality=request.municipality_id, organisation=request.organisation_id, sent_at__gt=at - WEEK
    )
    most = MOST_A_WEEK if has_keepers(request.organisation) else MOST_A_WEEK_TO_STRANGERS
    return lately.count() >= most or sent.filter(asked_by=by, sent_at__gt=at - DAY).count() >= MOST_A_DAY
