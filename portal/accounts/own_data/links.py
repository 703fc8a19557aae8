"""The links in the mails about a farewell: each opens one page for one farewell, as long as a deletion waits."""

import datetime

from django.core import signing
from django.urls import reverse

from portal.accounts.adapter import own_address
from portal.accounts.models import WAITING_DAYS, Farewell

#: A link that opens one page must not open the other.
_TO_TAKE_BACK = "portal.accounts.own_data.links"
_TO_DELETE = "portal.accounts.own_data.links.delete"


def link_to_take_back(farewell: Farewell) -> str:
    """Return the full address of the page on which a wish for deletion is taken back."""
    return _address("account_take_back_deletion", farewell, _TO_TAKE_BACK)


def link_to_delete(farewell: Farewell) -> str:
    """Return the full address of the page on which somebody who left has the data deleted as well."""
    return _address("account_delete_after_leaving", farewell, _TO_DELETE)


def find_farewell(token: str) -> Farewell | None:
    """Return the wish for deletion that a link belongs to; nothing for links that are wrong or too old."""
    return _found(token, _TO_TAKE_BACK)


def find_leave(token: str) -> Farewell | None:
    """Return the leave that a link belongs to; nothing for links that are wrong or too old."""
    return _found(token, _TO_DELETE)


def _address(name: str, farewell: Farewell, salt: str) -> str:
    return own_address(reverse(name, args=[signing.dumps({"farewell": farewell.pk}, salt=salt)]))


def _found(token: str, salt: str) -> Farewell | None:
    try:
        content = signing.loads(token, salt=salt, max_age=datetime.timedelta(days=WAITING_DAYS))
    except signing.BadSignature:
        return None
    return Farewell.objects.select_related("person").filter(pk=content["farewell"]).first()
