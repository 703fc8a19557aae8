"""The engine for production: an Elasticsearch server of version 8 or 9, which every process asks over the network."""

from search.engines.elasticsearch.client import Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["Connection", "ElasticsearchEngine"]
