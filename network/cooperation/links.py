"""Links in mails to organisations whose entry nobody keeps: they open one request, or one year's ledger, and no more.

Nobody signs in by them, and opening one changes nothing, since programs that look into mails open every link. A link is
good while nobody keeps the entry and its functional address is still the one to which the mail went; from then on the
organisation's people answer with accounts of their own.
"""

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from knowledge.directory.models import Organisation
from network.cooperation.models import BalanceYear, CooperationRequest
from network.cooperation.recipients import has_keepers
from portal.accounts.adapter import own_address

_REQUEST_SALT = "network.cooperation.links.request"
_LEDGER_SALT = "network.cooperation.links.ledger"
#: Unit: seconds. Longer than any time to answer, and than the time for comments.
VALID_FOR = 400 * 24 * 3600


def link_to_answer(request: CooperationRequest) -> str:
    """Return the full address of the page on which the organisation reads and answers a request."""
    return own_address(reverse("cooperation:by_link", args=[answering_token(request)]))


def answering_token(request: CooperationRequest) -> str:
    """Return the signed part of the link to a request."""
    return signing.dumps([request.pk, _mark(request.organisation)], salt=_REQUEST_SALT)


def request_behind(token: str) -> CooperationRequest | None:
    """Return the request that a link opens; nothing for a link that is not ours, is too old, or is no longer needed."""
    found = _opened(token, _REQUEST_SALT, 2)
    rows = CooperationRequest.objects.select_related(
        "municipality", "organisation", "department", "asked_by", "agreement", "counter_proposal"
    )
    request = rows.sent().filter(pk=found[0]).first() if found else None
    return request if request is not None and _holds(request.organisation, found[-1]) else None


def link_to_ledger(organisation: Organisation, balance: BalanceYear) -> str:
    """Return the full address of the page on which the organisation reads its ledger of a year and comments."""
    return own_address(reverse("cooperation:ledger_by_link", args=[ledger_token(organisation, balance)]))


def ledger_token(organisation: Organisation, balance: BalanceYear) -> str:
    """Return the signed part of the link to a ledger."""
    return signing.dumps([organisation.pk, balance.pk, _mark(organisation)], salt=_LEDGER_SALT)


def ledger_behind(token: str) -> tuple[Organisation, BalanceYear] | None:
    """Return whose ledger of which balance a link opens; nothing where it opens none."""
    found = _opened(token, _LEDGER_SALT, 3)
    organisation = Organisation.objects.filter(pk=found[0]).first() if found else None
    balance = BalanceYear.objects.filter(pk=found[1]).first() if found else None
    if organisation is None or balance is None or not _holds(organisation, found[-1]):
        return None
    return organisation, balance


def _opened(token: str, salt: str, length: int) -> list | None:
    try:
        found = signing.loads(token, salt=salt, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return found if len(found) == length else None


def _holds(organisation: Organisation, mark: str) -> bool:
    return constant_time_compare(_mark(organisation), mark) and not has_keepers(organisation)


def _mark(organisation: Organisation) -> str:
    """Return a keyed mark of the functional address, so that a link to a former one is dead."""
    return salted_hmac(_REQUEST_SALT, organisation.email.strip().lower(), algorithm="sha256").hexdigest()[:16]
