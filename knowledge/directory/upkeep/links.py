"""The links in mails to an organisation: they open without signing in, and each is good for one purpose alone.

Opening one changes nothing: programs that look into mails open every link. Only the button on its page does something.
"""

from collections.abc import Iterable

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from knowledge.directory.models import Confirmation, Organisation
from portal.accounts.adapter import own_address

_SALT = "knowledge.directory.upkeep.confirm"
_TELL_SALT = "knowledge.directory.upkeep.tell"
_LEAVE_SALT = "knowledge.directory.upkeep.leave"
#: Unit: seconds. A little more than the year between the question and the archive.
VALID_FOR = 400 * 24 * 3600
#: So many signs of the mark stand in a link, which the signature protects besides.
_SHORT = 16


def link_to_confirm(question: Confirmation) -> str:
    """Return the full address of the page that confirms."""
    return own_address(reverse("upkeep:confirm", args=[signing.dumps(question.pk, salt=_SALT)]))


def read_link(token: str) -> Confirmation | None:
    """Return the question that a link answers; nothing for a link that is not ours, is too old, or leads nowhere."""
    pk = _load(token, _SALT)
    return Confirmation.objects.select_related("organisation").filter(pk=pk).first() if pk is not None else None


def link_to_tell(organisation: Organisation) -> str:
    """Return the full address of the page on which the organisation says what has changed."""
    return own_address(reverse("telling:tell", args=[signing.dumps(organisation.pk, salt=_TELL_SALT)]))


def read_link_to_tell(token: str) -> Organisation | None:
    """Return the entry about which a link tells; nothing for a link that is not ours or too old."""
    pk = _load(token, _TELL_SALT)
    return Organisation.objects.filter(pk=pk).first() if pk is not None else None


def link_to_leave(question: Confirmation, to: str) -> str:
    """Return the full address of the page that takes the entry out, for the mail to one address."""
    token = signing.dumps([question.pk, _mark(to)], salt=_LEAVE_SALT)
    return own_address(reverse("telling:leave", args=[token]))


def read_link_to_leave(token: str) -> tuple[Confirmation, str] | None:
    """Return the question that a link belongs to, and the mark of the address that got it."""
    loaded = _load(token, _LEAVE_SALT)
    if loaded is None:
        return None
    pk, mark = loaded
    question = Confirmation.objects.select_related("organisation").filter(pk=pk).first()
    return (question, mark) if question is not None else None


def is_of_one_of(mark: str, addresses: Iterable[str]) -> bool:
    """Tell whether a link was sent to one of the addresses; whoever keeps the entry no more has no say by old mails."""
    return any(constant_time_compare(mark, _mark(address)) for address in addresses)


def _mark(address: str) -> str:
    return salted_hmac(_LEAVE_SALT, address.strip().lower(), algorithm="sha256").hexdigest()[:_SHORT]


def _load(token: str, salt: str):
    try:
        return signing.loads(token, salt=salt, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
