"""The server that the tests start is a real Elasticsearch and keeps the promises on which the engine builds."""

import pytest
from elasticsearch import ConflictError, Elasticsearch

from tests.elasticsearch import DISTRIBUTIONS


@pytest.fixture
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url, request_timeout=30) as client:
        yield client


def test_it_is_one_of_the_releases_that_the_portal_speaks_to(client):
    answer = client.info()
    assert answer["version"]["number"] in {distribution.number for distribution in DISTRIBUTIONS.values()}
    assert answer.meta.headers["x-elastic-product"] == "Elasticsearch"


def test_an_alias_moves_to_another_index_in_one_step(client, elasticsearch_prefix):
    old, new, alias = (f"{elasticsearch_prefix}-{name}" for name in ("old", "new", "current"))
    for index in (old, new):
        client.index(index=index, id="1", document={"title": index}, refresh=True)
    client.indices.put_alias(index=old, name=alias)
    client.indices.update_aliases(
        actions=[{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    )
    assert client.get(index=alias, id="1")["_source"]["title"] == new


def test_an_older_version_never_replaces_a_newer_one(client, elasticsearch_prefix):
    index = f"{elasticsearch_prefix}-versions"
    client.index(index=index, id="1", document={"title": "newer"}, version=7, version_type="external")
    with pytest.raises(ConflictError):
        client.index(index=index, id="1", document={"title": "older"}, version=6, version_type="external")
    assert client.get(index=index, id="1")["_source"]["title"] == "newer"


def test_what_was_removed_does_not_come_back_with_an_older_version(client, elasticsearch_prefix):
    index = f"{elasticsearch_prefix}-tombstones"
    client.index(index=index, id="1", document={"title": "there"}, version=1, version_type="external")
    client.delete(index=index, id="1", version=3, version_type="external")
    with pytest.raises(ConflictError):
        client.index(index=index, id="1", document={"title": "late"}, version=2, version_type="external")
    assert not client.exists(index=index, id="1")
