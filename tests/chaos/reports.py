"""What a proof prints: a line a scenario, and whether all of them held."""

import sys

from tests.chaos.stage import Verdict
from tests.chaos.traffic import Tally


class Report:
    """Lines of a proof; the proof failed when one of them did."""

    def __init__(self) -> None:
        self.has_failed = False

    def add(self, scenario: str, tally: Tally, verdict: Verdict) -> None:
        """Print what a scenario led to."""
        is_good = verdict.is_flawless and not tally.failures
        self.has_failed |= not is_good
        self.say(
            f"{'ok ' if is_good else 'BAD'} {scenario}: {tally.changes} changes ({tally.refused} refused), "
            f"{tally.searches} searches, {len(tally.failures)} failed, {tally.by_standby} by the standby, "
            f"slowest {tally.slowest:.2f} s; all indexed after {verdict.seconds:.1f} s: {verdict.waiting} waiting, "
            f"{verdict.missing} missing, {verdict.stale} stale, {verdict.ghosts} ghosts"
        )
        for failure in tally.failures[:5]:
            self.say(f"    {failure}")

    def say(self, line: str) -> None:
        """Print a line at once, because a proof lasts."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
