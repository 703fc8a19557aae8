"""A corner of an Elasticsearch server for one measurement; nothing of it stays."""

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from elasticsearch import Elasticsearch

from search.engines.elasticsearch import Connection, ElasticsearchEngine
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.client import WRITING_LIMIT, connect

#: Unit: seconds. No other process reads a measurement's index, so nobody has to be waited for.
_BELIEF = 0.2


@dataclass(frozen=True, slots=True)
class Corner:
    """An engine of its own on a server, and a client for what is compared with it."""

    engine: ElasticsearchEngine
    client: Elasticsearch
    connection: Connection

    @property
    def prefix(self) -> str:
        """Begin the names of all indexes here with this."""
        return self.connection.prefix


@contextlib.contextmanager
def corner(url: str) -> Iterator[Corner]:
    """Use a server under a name of its own; raises EngineUnavailable where there is none to use."""
    connection = Connection((url,), prefix=f"bench-{secrets.token_hex(4)}")
    client = connect(connection).options(request_timeout=WRITING_LIMIT)
    with tempfile.TemporaryDirectory() as folder:
        # A breaker that never opens, so that one slow answer does not end a measurement.
        engine = ElasticsearchEngine(connection, Path(folder), breaker=Breaker(rest=0.0), belief=_BELIEF)
        engine.version()
        try:
            yield Corner(engine, client, connection)
        finally:
            remove_all(client, connection.prefix)


def remove_all(client: Elasticsearch, prefix: str) -> None:
    """Delete every index of a prefix."""
    if names := list(client.indices.get(index=f"{prefix}*", features=["aliases"])):
        client.indices.delete(index=names)
