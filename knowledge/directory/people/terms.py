"""How long things about persons last: a consent, the time to renew it, the time until an unanswered question lapses."""

import calendar
import datetime

from knowledge.directory.models import Consent
from knowledge.directory.models.people import CONSENT_MONTHS

#: Unit: days. Sooner nobody is asked a second time.
ASK_AGAIN_DAYS = 14
#: Unit: days before the end, from which on a consent can be renewed and its person is reminded.
RENEWAL_DAYS = 30
#: Unit: days. Of who has not answered until then, the details are removed.
UNANSWERED_DAYS = 60
#: Unit: days after the end of a consent, in which the link still renews it; then the details are removed.
LAPSED_DAYS = 30


def months_later(at: datetime.datetime, months: int) -> datetime.datetime:
    """Return the same moment so many months later; where that month is shorter, on its last day."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def end_of_consent(given_at: datetime.datetime) -> datetime.datetime:
    """Return until when a consent holds."""
    return months_later(given_at, CONSENT_MONTHS)


def may_be_renewed(consent: Consent, at: datetime.datetime) -> bool:
    """Tell whether a consent runs out soon, or has run out without being taken back."""
    return consent.withdrawn_at is None and consent.expires_at - datetime.timedelta(days=RENEWAL_DAYS) <= at
