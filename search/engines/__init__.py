"""The engines that answer searches, which of them this portal uses, and which one stands by."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.elasticsearch import Connection, ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine

EMBEDDED = "embedded"
ELASTICSEARCH = "elasticsearch"
NAMES = (EMBEDDED, ELASTICSEARCH)


def get_engine() -> Engine:
    """Return the engine that the settings name; asked anew each time, so that tests may change them."""
    directory = Path(settings.SEARCH_INDEX_DIR)
    match settings.SEARCH_ENGINE:
        case "embedded":
            return _embedded(directory)
        case "elasticsearch":
            return _elasticsearch(Connection(**settings.ELASTICSEARCH), directory)
        case other:
            raise ImproperlyConfigured(f"SEARCH_ENGINE is {other!r}; the engines are: {', '.join(NAMES)}.")


def get_standby() -> Engine | None:
    """Return the engine that answers while the server cannot; the embedded engine needs none."""
    if settings.SEARCH_ENGINE != ELASTICSEARCH:
        return None
    return _embedded(Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=8)
def _embedded(directory: Path) -> EmbeddedEngine:
    return EmbeddedEngine(directory)


@lru_cache(maxsize=8)
def _elasticsearch(connection: Connection, directory: Path) -> ElasticsearchEngine:
    return ElasticsearchEngine(connection, directory)
