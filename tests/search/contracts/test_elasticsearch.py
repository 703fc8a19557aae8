"""The contract on a real server; `make test-elasticsearch` starts one."""

import pytest

from search.engines.elasticsearch import Connection, ElasticsearchEngine
from tests.search.contracts.engine_contract import EngineContract


class TestElasticsearch(EngineContract):
    @pytest.fixture
    def engine(self, elasticsearch_url, elasticsearch_prefix, tmp_path):
        connection = Connection((elasticsearch_url,), prefix=elasticsearch_prefix)
        return ElasticsearchEngine(connection, tmp_path / "locks", belief=0.0)
