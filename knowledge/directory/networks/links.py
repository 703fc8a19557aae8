"""The link in the mail to a network: it opens without signing in, names one membership, and is good for that alone.

Opening it changes nothing: programs that look into mails open every link. Only the button on its page objects.
"""

from django.core import signing
from django.urls import reverse

from knowledge.directory.models import Organisation
from portal.accounts.adapter import own_address

_SALT = "knowledge.directory.networks.membership"
#: Unit: seconds. Longer than anybody leaves a mail; the editors mend what comes later.
VALID_FOR = 400 * 24 * 3600


def link_to_object(umbrella: Organisation, member: Organisation) -> str:
    """Return the full address of the page on which the network says that this is no member."""
    token = signing.dumps([umbrella.pk, member.pk], salt=_SALT)
    return own_address(reverse("networks:membership", args=[token]))


def read_link(token: str) -> tuple[Organisation, Organisation] | None:
    """Return network and member that a link is about; nothing for one that is not ours, too old, or leads nowhere."""
    try:
        keys = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    found = Organisation.objects.in_bulk(keys)
    return (found[keys[0]], found[keys[1]]) if len(found) == len(keys) else None
