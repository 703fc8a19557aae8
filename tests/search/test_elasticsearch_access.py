"""How the portal proves who it is: the contract under the privileges that docs/operation.md names, and no more."""

import json
import re

import pytest
from django.conf import settings
from elasticsearch import AuthorizationException, Elasticsearch

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import Connection, ElasticsearchEngine
from tests.elasticsearch import secured_server
from tests.search.contracts.engine_contract import EngineContract


def documented_key() -> dict:
    """Read from the instructions what an operator is told to send."""
    text = (settings.BASE_DIR / "docs" / "operation.md").read_text()
    return json.loads(re.search(r"<<'JSON'\n(.*?)\nJSON", text, re.DOTALL).group(1))


@pytest.fixture(scope="module")
def server(elasticsearch_url):
    """A server with TLS and keys beside the one that all tests share, of the same version."""
    with Elasticsearch(elasticsearch_url) as client:
        major = client.info()["version"]["number"].partition(".")[0]
    with secured_server(major) as server:
        yield server


@pytest.fixture(scope="module")
def connection(server):
    key = server.make_key(documented_key())
    return Connection((server.url,), api_key=key, ca_certificate=str(server.authority))


@pytest.fixture
def emptied(server):
    yield
    for name in server.ask("/fokusportal-*"):
        server.ask(f"/{name}", method="DELETE")


class TestWithTheDocumentedKey(EngineContract):
    @pytest.fixture
    def engine(self, connection, emptied, tmp_path):
        return ElasticsearchEngine(connection, tmp_path / "locks", belief=0.0)


def test_the_key_opens_nothing_of_others(server, connection):
    server.ask("/others/_doc/1?refresh=true", {"title": "not the portal's"})
    with (
        Elasticsearch(connection.urls[0], api_key=connection.api_key, ca_certs=connection.ca_certificate) as client,
        pytest.raises(AuthorizationException),
    ):
        client.get(index="others", id="1")


@pytest.mark.parametrize("wrong", [{"api_key": ""}, {"api_key": "bm90aGluZzpub3RoaW5n"}, {"ca_certificate": ""}])
def test_without_key_or_authority_the_engine_is_out_of_order_instead_of_finding_nothing(
    server, connection, tmp_path, wrong
):
    known = {"urls": connection.urls, "api_key": connection.api_key, "ca_certificate": connection.ca_certificate}
    engine = ElasticsearchEngine(Connection(**{**known, **wrong}), tmp_path / "locks")
    with pytest.raises(EngineUnavailable):
        engine.snapshot()
