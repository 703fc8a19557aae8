"""The link in the mail about a deletion: it opens one page for one wish, as long as the waiting period lasts."""

import datetime

from django.core import signing
from django.urls import reverse

from portal.accounts.adapter import own_address
from portal.accounts.models import WAITING_DAYS, Farewell

_SALT = "portal.accounts.own_data.links"


def link_to_take_back(farewell: Farewell) -> str:
    """Return the full address of the page on which a wish for deletion is taken back."""
    token = signing.dumps({"farewell": farewell.pk}, salt=_SALT)
    return own_address(reverse("account_take_back_deletion", args=[token]))


def find_farewell(token: str) -> Farewell | None:
    """Return the wish that a link belongs to; nothing for links that are wrong or too old."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=datetime.timedelta(days=WAITING_DAYS))
    except signing.BadSignature:
        return None
    return Farewell.objects.select_related("person").filter(pk=content["farewell"]).first()
