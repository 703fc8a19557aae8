"""`python -m tests.chaos.lost_node`: one of three nodes is killed while editors write, and comes back."""

import sys
import time

from tests.chaos.reports import Report
from tests.chaos.stage import stage
from tests.chaos.traffic import traffic
from tests.elasticsearch import cluster

#: Unit: seconds.
BEFORE, DURING, AFTER = 3.0, 30.0, 5.0


def main() -> int:
    """Lose each node once, the master among them."""
    report = Report()
    with cluster(3) as nodes, stage([node.url for node in nodes], replicas=1) as portal:
        for number, node in enumerate(nodes, start=1):
            with traffic(portal.url) as tally:
                time.sleep(BEFORE)
                node.kill()
                time.sleep(DURING)
            report.add(f"node {number} lost", tally, portal.verdict())
            with traffic(portal.url) as tally:
                node.start()
                node.wait(nodes=len(nodes))
                time.sleep(AFTER)
            report.add(f"node {number} back", tally, portal.verdict())
            _wait_for_copies(nodes)
    return int(report.has_failed)


def _wait_for_copies(nodes) -> None:
    """Before the next node is lost, every part has its copy again; one copy protects from one loss."""
    while nodes[0].ask("/_cluster/health?wait_for_status=green&timeout=5s")["status"] != "green":
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
