"""`python -m tests.chaos.kills [--rounds 100]`: web server, worker and rebuild are killed while editors write."""

import argparse
import random
import sys
import time

from tests.chaos.reports import Report
from tests.chaos.stage import Stage, stage
from tests.chaos.traffic import traffic
from tests.elasticsearch import single_server
from tests.elasticsearch.distributions import DISTRIBUTIONS

#: Unit: seconds. How long a round lets everybody work before it kills: from starting up to busy.
SHORTEST, LONGEST = 0.2, 4.0
#: So many rounds between two looks at what is left of the data.
BETWEEN_VERDICTS = 20


def main(arguments: list[str]) -> int:
    """Kill one after the other; after every few rounds compare the indexes with the database."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.kills", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--version", choices=DISTRIBUTIONS, default="8", help="major version of the server")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))  # noqa: S311 -- told below.
    options = parser.parse_args(arguments)
    report = Report()
    report.say(f"{options.rounds} rounds, --seed {options.seed}")
    chance = random.Random(options.seed)  # noqa: S311 -- to be repeated.
    with single_server(options.version) as server, stage([server.url]) as portal:
        for done in range(0, options.rounds, BETWEEN_VERDICTS):
            rounds = min(BETWEEN_VERDICTS, options.rounds - done)
            with traffic(portal.url, may_be_away=True) as tally:
                for _ in range(rounds):
                    _round(portal, chance)
            report.add(f"kills {done + 1} to {done + rounds}", tally, portal.verdict())
    return int(report.has_failed)


def _round(portal: Stage, chance: random.Random) -> None:
    if not portal.rebuild.is_running:
        portal.rebuild.start()
    time.sleep(chance.uniform(SHORTEST, LONGEST))
    for victim in chance.sample((portal.web, portal.indexer, portal.rebuild), chance.randint(1, 3)):
        victim.kill()
    if not portal.indexer.is_running:
        portal.indexer.start()
    if not portal.web.is_running:
        portal.start_web()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
