"""How the server is reached: addresses, secrets, time limits, and which answers count as an outage."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

from search.engines.base import EngineUnavailable

#: Unit: seconds. A reader is not kept waiting longer; then the standby answers.
READING_LIMIT = 1.0
#: Unit: seconds. A batch of long documents takes its time, and nobody waits for it.
WRITING_LIMIT = 60.0
OLDEST_MAJOR, NEWEST_MAJOR = 8, 9
#: What a server or a proxy in its place may answer with beside errors: pages, half a text, another shape.
_GARBAGE = (ValueError, TypeError, KeyError, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the server is and how the portal proves who it is."""

    urls: tuple[str, ...]
    api_key: str = ""
    #: A file with the certificate of the authority that signed the server's.
    ca_certificate: str = ""
    prefix: str = "fokusportal"
    shards: int = 1
    replicas: int = 0


def connect(connection: Connection) -> Elasticsearch:
    """Return a client; nothing is sent before the first call."""
    secrets = {"api_key": connection.api_key} if connection.api_key else {}
    if connection.ca_certificate:
        secrets["ca_certs"] = connection.ca_certificate
    return Elasticsearch(
        list(connection.urls),
        request_timeout=READING_LIMIT,
        # Another node may answer where one is dead; a slow one is not asked twice.
        max_retries=len(connection.urls) - 1,
        retry_on_timeout=False,
        http_compress=False,
        **secrets,
    )


def refuse_other_servers(client: Elasticsearch) -> str:
    """Return the server's version; raises EngineUnavailable for what this portal cannot speak to."""
    with unavailable_on_fault():
        number = str(client.info()["version"]["number"])
        major = int(number.partition(".")[0])
    if not OLDEST_MAJOR <= major <= NEWEST_MAJOR:
        raise EngineUnavailable(
            _(
                "The server is Elasticsearch %(version)s. The portal needs version %(oldest)d or %(newest)d. "
                "Update the server, or set PORTAL_SEARCH_ENGINE=embedded."
            )
            % {"version": number, "oldest": OLDEST_MAJOR, "newest": NEWEST_MAJOR}
        )
    return number


@contextlib.contextmanager
def unavailable_on_fault() -> Iterator[None]:
    """Turn every way in which a server can fail into EngineUnavailable, so that the standby answers."""
    try:
        yield
    except EngineUnavailable:
        raise
    except UnsupportedProductError as error:
        raise EngineUnavailable(
            _(
                "The server at PORTAL_ELASTICSEARCH_URL is no Elasticsearch of version 8 or 9. "
                "OpenSearch and older versions do not work with this portal."
            )
        ) from error
    except ApiError as error:
        raise EngineUnavailable(_told(error)) from error
    except TransportError as error:
        raise EngineUnavailable(
            _("Elasticsearch does not answer (%(reason)s). Check the server and PORTAL_ELASTICSEARCH_URL.")
            % {"reason": type(error).__name__}
        ) from error
    except _GARBAGE as error:
        raise EngineUnavailable(
            _("Elasticsearch gave an answer that cannot be read (%(reason)s).") % {"reason": type(error).__name__}
        ) from error


def _told(error: ApiError) -> str:
    match error.status_code:
        case 401 | 403:
            return _("Elasticsearch refuses the portal's key. Check PORTAL_ELASTICSEARCH_API_KEY and its privileges.")
        case 429:
            return _("Elasticsearch is overloaded or its disk is full; it takes nothing more for now.")
        case status:
            return _("Elasticsearch answered with an error (%(status)s: %(reason)s).") % {
                "status": status,
                "reason": str(error.message)[:200],
            }
