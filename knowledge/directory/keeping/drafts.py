"""What was typed into a form whose session had ended: kept in the browser's next session until the person is back."""

import time

from django.http import HttpRequest, QueryDict

from portal.shared.limits import allow

_KEY = "directory_typed"
#: Unit: seconds.
_KEPT_FOR = 12 * 3600
#: Unit: characters. Far above what the longest form holds.
_LONGEST = 100_000
_MOST_PER_HOUR = 20
_CSRF = "csrfmiddlewaretoken"


def keep_typed(request: HttpRequest) -> None:
    """Keep what was sent to an address; nothing of it is saved in the entry."""
    typed = request.POST.copy()
    typed.pop(_CSRF, None)
    text = typed.urlencode()
    # Whoever sends texts without an account fills no storage with them.
    if typed and len(text) <= _LONGEST and allow(request, "typed", limit=_MOST_PER_HOUR, seconds=3_600):
        request.session[_KEY] = {"path": request.path, "typed": text, "at": time.time()}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what was typed at this address before the sign-in; it stays until something is saved there."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path or time.time() - kept["at"] > _KEPT_FOR:
        return None
    return QueryDict(kept["typed"])


def forget_typed(request: HttpRequest) -> None:
    """Drop what was typed at this address, because it is saved now."""
    if request.session.get(_KEY, {}).get("path") == request.path:
        del request.session[_KEY]
