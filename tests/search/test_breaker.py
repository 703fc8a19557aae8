"""A server that fails is given a rest, and then one caller tries."""

import pytest

from search.engines.base import EngineUnavailable
from search.engines.elasticsearch.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(failures=3, rest=15.0, clock=clock)


def fail(breaker, times=1):
    for _ in range(times):
        with pytest.raises(EngineUnavailable, match="away"), breaker.watching():
            raise EngineUnavailable("away")


def test_single_failures_change_nothing(breaker):
    fail(breaker, 2)
    with breaker.watching():
        pass
    fail(breaker, 2)
    assert not breaker.is_open


def test_after_three_failures_nobody_is_kept_waiting(breaker):
    fail(breaker, 3)
    assert breaker.is_open
    with pytest.raises(EngineUnavailable, match="moment"), breaker.watching():
        pytest.fail("the server was asked")


def test_after_the_rest_one_caller_tries_and_the_others_go_on_being_refused(breaker, clock):
    fail(breaker, 3)
    clock.now += 15.1
    with breaker.watching(), pytest.raises(EngineUnavailable, match="moment"), breaker.watching():
        pytest.fail("a second caller was let through")
    assert not breaker.is_open


def test_a_failed_try_means_another_rest(breaker, clock):
    fail(breaker, 3)
    clock.now += 15.1
    fail(breaker)
    assert breaker.is_open


def test_other_errors_are_no_failure_of_the_server(breaker):
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), breaker.watching():
            raise ZeroDivisionError
    assert not breaker.is_open
