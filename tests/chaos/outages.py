"""`python -m tests.chaos.outages [scenario …]`: the server is stopped, paused, replaced by nonsense, refusing, full."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.chaos.proxy import Fault, FaultProxy
from tests.chaos.reports import Report
from tests.chaos.stage import stage
from tests.chaos.traffic import traffic, wait_for_the_server
from tests.elasticsearch import Server, single_server
from tests.elasticsearch.distributions import DISTRIBUTIONS

#: Unit: seconds. How long all is well before, and how long readers go on after an outage.
BEFORE, AFTER = 2.0, 3.0
_WATERMARKS = ("low", "high", "flood_stage")
_ALLOCATION = "cluster.routing.allocation.disk"


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """The server is shut down."""
    server.terminate()
    yield
    server.restart()


@contextmanager
def killed(server: Server) -> Iterator[None]:
    """The server crashes."""
    server.kill()
    yield
    server.restart()


@contextmanager
def paused(server: Server) -> Iterator[None]:
    """The server stands still; its system still takes connections."""
    server.pause()
    yield
    server.resume()


@contextmanager
def full(server: Server) -> Iterator[None]:
    """The disk is over its flood stage: what is there can be read, nothing can be written."""
    wanted = {f"{_ALLOCATION}.watermark.{name}": "900tb" for name in _WATERMARKS}
    wanted |= {f"{_ALLOCATION}.threshold_enabled": True, "cluster.info.update.interval": "10s"}
    server.ask("/_cluster/settings", {"persistent": wanted}, method="PUT")
    while "read_only_allow_delete" not in str(server.ask("/fokusportal/_settings")):
        time.sleep(0.5)
    yield
    ample = {f"{_ALLOCATION}.watermark.{name}": "1b" for name in _WATERMARKS}
    server.ask("/_cluster/settings", {"persistent": ample}, method="PUT")
    while "read_only_allow_delete" in str(server.ask("/fokusportal/_settings")):
        time.sleep(0.5)


def spoilt(proxy: FaultProxy, fault: Fault) -> Callable[[Server], object]:
    """Return an outage in which something else answers in the server's place."""

    @contextmanager
    def outage(server: Server) -> Iterator[None]:
        proxy.fault = fault
        yield
        proxy.fault = Fault.NONE

    return outage


def main(arguments: list[str]) -> int:
    """Run the scenarios, one after the other on one portal."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.outages", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each outage lasts")
    parser.add_argument("--version", choices=DISTRIBUTIONS, default="8", help="major version of the server")
    parser.add_argument("scenarios", nargs="*")
    options = parser.parse_args(arguments)
    report = Report()
    with single_server(options.version) as server:
        proxy = FaultProxy(server.port)
        faults = {fault.name.lower(): spoilt(proxy, fault) for fault in Fault if fault is not Fault.NONE}
        outages = {"stopped": stopped, "killed": killed, "paused": paused, "full": full, **faults}
        with stage([proxy.url]) as portal:
            for name in options.scenarios or outages:
                wait_for_the_server(portal.url)
                with traffic(portal.url) as tally:
                    time.sleep(BEFORE)
                    with outages[name](server):
                        time.sleep(options.seconds)
                    time.sleep(AFTER)
                report.add(name, tally, portal.verdict())
    return int(report.has_failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
