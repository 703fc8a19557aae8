"""The engines that answer searches, and which of them this portal uses."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


def get_engine() -> Engine:
    """Return the engine that the settings name; asked anew each time, so that tests may change them."""
    return _engine(settings.SEARCH_ENGINE, Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=8)
def _engine(name: str, directory: Path) -> Engine:
    if name != "embedded":
        raise ImproperlyConfigured(f"SEARCH_ENGINE is {name!r}; the engines are: 'embedded'.")
    return EmbeddedEngine(directory)
