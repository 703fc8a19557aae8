"""The link in the yearly mail: it opens without signing in, names one question, and is good for answering that alone.

Opening it changes nothing: programs that look into mails open every link. Only the button on its page confirms.
"""

from django.core import signing
from django.urls import reverse

from knowledge.directory.models import Confirmation
from portal.accounts.adapter import own_address

_SALT = "knowledge.directory.upkeep.confirm"
#: Unit: seconds. A little more than the year between the question and the archive.
VALID_FOR = 400 * 24 * 3600


def link_to_confirm(question: Confirmation) -> str:
    """Return the full address of the page that confirms."""
    return own_address(reverse("upkeep:confirm", args=[signing.dumps(question.pk, salt=_SALT)]))


def read_link(token: str) -> Confirmation | None:
    """Return the question that a link answers; nothing for a link that is not ours, is too old, or leads nowhere."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    return Confirmation.objects.select_related("organisation").filter(pk=pk).first()
