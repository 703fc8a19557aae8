"""The processes beside the server of one's own machine: begun with it, begun again, ended with it."""

import signal
import sys
import time

import pytest

from portal.home import companions
from portal.home.companions import WORKER, Companion

#: Unit: seconds.
LONGEST = 20


def until(is_so) -> bool:
    end = time.monotonic() + LONGEST
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def program(folder, then: str) -> Companion:
    """A program that leaves a line at each start and does something then."""
    log = folder / "starts"
    code = f"import sys, time; open(sys.argv[1], 'a').write('x'); {then}"
    return Companion([sys.executable, "-c", code, str(log)])


def starts(folder) -> int:
    log = folder / "starts"
    return len(log.read_text()) if log.exists() else 0


def test_a_companion_ends_with_us(tmp_path):
    companion = program(tmp_path, "time.sleep(60)")
    companion.start()
    assert until(lambda: starts(tmp_path) == 1)
    companion.stop()
    assert companion._process.poll() == -signal.SIGTERM
    assert not companion._keeper.is_alive()


def test_a_companion_that_does_not_listen_is_ended_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(companions, "_PATIENCE", 0.3)
    companion = program(
        tmp_path, "import signal; signal.signal(15, signal.SIG_IGN); open(sys.argv[1], 'a').write('x'); time.sleep(60)"
    )
    companion.start()
    assert until(lambda: starts(tmp_path) == 2)
    companion.stop()
    assert until(lambda: companion._process.poll() == -signal.SIGKILL)


def test_a_companion_that_ends_too_early_is_begun_again(tmp_path, monkeypatch):
    monkeypatch.setattr(companions, "_PAUSE", 0.01)
    companion = program(tmp_path, "pass")
    companion.start()
    assert until(lambda: starts(tmp_path) >= 3)
    companion.stop()
    ended = starts(tmp_path)
    time.sleep(0.3)
    assert starts(tmp_path) == ended


def test_a_signal_ends_the_block_and_what_runs_beside_it(monkeypatch):
    told = []
    monkeypatch.setattr(Companion, "start", lambda self: told.append(self._command[-1]))
    monkeypatch.setattr(Companion, "stop", lambda self: told.append("stopped"))
    before = signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(SystemExit), companions.companions(WORKER):
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert told == [WORKER[-1], "stopped"]
