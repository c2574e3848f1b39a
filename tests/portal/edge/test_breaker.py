"""The circuit breaker: leaves a silent service alone, and lets one try when the time is over."""

from __future__ import annotations

from services.portal.web.breaker import FAILURES, OPEN_SECONDS, Breaker


class _Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _open(time: _Time) -> Breaker:
    breaker = Breaker(time)
    for _ in range(FAILURES):
        assert breaker.may_call()
        breaker.failed()
    return breaker


def test_failures_in_a_row_open_it() -> None:
    breaker = _open(_Time())
    assert breaker.is_open
    assert not breaker.may_call()


def test_an_answer_between_failures_begins_the_count_anew() -> None:
    breaker = Breaker(_Time())
    for _ in range(FAILURES * 2):
        breaker.failed()
        breaker.answered()
    assert breaker.may_call()


def test_after_a_while_one_caller_tries_for_all() -> None:
    time = _Time()
    breaker = _open(time)
    time.now += OPEN_SECONDS
    assert breaker.may_call()
    assert not breaker.may_call()


def test_a_try_that_succeeds_closes_it_and_one_that_fails_does_not() -> None:
    time = _Time()
    breaker = _open(time)
    time.now += OPEN_SECONDS
    assert breaker.may_call()
    breaker.failed()
    assert not breaker.may_call()
    time.now += OPEN_SECONDS
    assert breaker.may_call()
    breaker.answered()
    assert breaker.may_call()
    assert breaker.may_call()
