"""A real Elasticsearch for tests and developers, without Docker: fetched once, started as nobody, ended with the test.

`python -m tests.elasticsearch [--version 8|9|every] [--] COMMAND …` runs a command against it;
without a command it serves until Ctrl+C.
"""

from tests.elasticsearch.distributions import DISTRIBUTIONS, Distribution
from tests.elasticsearch.requirements import NotAnsweringError, NotToBeHadError
from tests.elasticsearch.running import cluster, free_port, secured_server, single_server, temporary_server
from tests.elasticsearch.servers import Server

__all__ = [
    "DISTRIBUTIONS",
    "Distribution",
    "NotAnsweringError",
    "NotToBeHadError",
    "Server",
    "cluster",
    "free_port",
    "secured_server",
    "single_server",
    "temporary_server",
]
