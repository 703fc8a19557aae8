"""How often somebody may try: counted in the cache that all processes share, by address or by what is tried."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

APP = "portal"


def allow(request: HttpRequest, action: str, *, key: str | None = None, limit: int, seconds: int) -> bool:
    """Count one try of `action` and tell whether it is within the limit; without a key the visitor's address counts.

    The address follows ALLAUTH_TRUSTED_PROXY_COUNT, and networks of IPv6 count as one. `ACCOUNT_RATE_LIMITS = False`
    switches these limits off together with those of signing in.
    """
    if settings.ACCOUNT_RATE_LIMITS is False:
        return True
    rate = f"{limit}/{seconds}s/{'ip' if key is None else 'key'}"
    usage = ratelimit.consume(request, app=APP, action=action, config={action: rate}, key=key, limit_get=True)
    return usage is not None
