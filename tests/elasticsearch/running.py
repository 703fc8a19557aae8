"""Servers for as long as a test takes: one, its address alone, or several that form a cluster."""

import contextlib
import random
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.elasticsearch.distributions import DISTRIBUTIONS
from tests.elasticsearch.securing import SecuredServer
from tests.elasticsearch.servers import Server


@contextmanager
def temporary_server(version: str = "8", **java: object) -> Iterator[str]:
    """Run one node of a major version and yield its address."""
    with single_server(version, **java) as server:
        yield server.url


@contextmanager
def single_server(version: str = "8", **java: object) -> Iterator[Server]:
    """Run one node of a major version and yield it, so that a test may pause, kill and restart it."""
    with cluster(1, version, **java) as (server,):
        yield server


@contextmanager
def secured_server(version: str = "8", **java: object) -> Iterator[SecuredServer]:
    """Run one node that speaks HTTPS only and knows who asks."""
    with cluster(1, version, kind=SecuredServer, **java) as (server,):
        yield server


@contextmanager
def cluster(
    nodes: int = 3, version: str = "8", *, kind: type[Server] = Server, **java: object
) -> Iterator[list[Server]]:
    """Run several nodes that form one cluster and yield them."""
    with tempfile.TemporaryDirectory(prefix="fokusportal-es-", ignore_cleanup_errors=True) as folder:
        # The unprivileged account reaches its own folders in it.
        Path(folder).chmod(0o755)
        options = java_options(**java)
        servers = [
            kind(DISTRIBUTIONS[version], Path(folder, settings["node.name"]), options, settings)
            for settings in _node_settings(nodes)
        ]
        try:
            for server in servers:
                server.start()
            for server in servers:
                server.wait(nodes=nodes)
            yield servers
        finally:
            for server in servers:
                server.end()


def _node_settings(nodes: int) -> Iterator[dict[str, object]]:
    names = [f"node-{number}" for number in range(1, nodes + 1)]
    transports = [free_port() for _ in names]
    for name, transport in zip(names, transports, strict=True):
        yield {
            "cluster.name": f"fokusportal-{transports[0]}",
            "cluster.initial_master_nodes": names,
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in transports],
            "node.name": name,
            "http.port": free_port(),
            "transport.port": transport,
        }


def java_options(*, heap: str = "512m", optimised: bool = False) -> str:
    """Return what the server's Java is told: the memory, and whether it takes its time to become as fast as it can."""
    # Without the second compiler a node answers after 11 seconds instead of 17; whoever measures speed wants it.
    return f"-Xms{heap} -Xmx{heap}" + ("" if optimised else " -XX:TieredStopAtLevel=1")


def free_port() -> int:
    """Return a port that systems do not give to outgoing connections, so that it is still free after a restart."""
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311 -- nobody is to be kept from guessing it.
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
