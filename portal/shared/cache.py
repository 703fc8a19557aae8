"""The cache of an installation without Redis: attempts are counted in the database, everything else stays near."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache

#: What Wagtail asks for on every page and can work out anew; read from the database it would cost a query each time.
NEAR_KEYS = ("wagtail_",)
#: Unit: seconds. For so long another process may still go by the old sites after a change.
NEAR_TIMEOUT = 60


class PortalCache(DatabaseCache):
    """A table that all processes share, with the few keys of every page kept in the process."""

    def __init__(self, table, params):
        super().__init__(table, params)
        self._near = LocMemCache(f"near-{table}", {})

    def get(self, key, default=None, version=None):
        """Read from the process what is kept there."""
        if key.startswith(NEAR_KEYS):
            return self._near.get(key, default, version=version)
        return super().get(key, default, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep near what is read on every page."""
        if key.startswith(NEAR_KEYS):
            self._near.set(key, value, NEAR_TIMEOUT, version=version)
        else:
            super().set(key, value, timeout, version=version)

    def delete(self, key, version=None):
        """Forget it where it is kept."""
        if key.startswith(NEAR_KEYS):
            return self._near.delete(key, version=version)
        return super().delete(key, version=version)

    def clear(self):
        """Forget everything."""
        self._near.clear()
        super().clear()
