"""How long things take, told as half of all and nineteen of twenty."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """What half and what nineteen of twenty measurements stay below."""

    p50: float
    p95: float


def spread(values: Iterable[float]) -> Spread:
    """Summarise measurements."""
    ordered: Sequence[float] = sorted(values)
    return Spread(statistics.median(ordered), ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)])


def milliseconds(act: Callable[[], object]) -> float:
    """Measure one act."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1_000


def load() -> str:
    """Say how busy the machine is, without which no figure says anything."""
    return f"load {os.getloadavg()[0]:.1f}"
