"""How long something has waited, told by watching heads and what is done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.observability.lag import MOST_MARKS, LagWatch
from shared.observability.metrics import OTHER, Known


def test_nothing_waits_when_all_is_done() -> None:
    assert LagWatch().seconds(head=7, done=7, now=100.0) == 0.0


def test_the_oldest_event_that_is_not_done_tells_how_long() -> None:
    watch = LagWatch()
    assert watch.seconds(head=5, done=0, now=10.0) == 0.0
    assert watch.seconds(head=9, done=0, now=13.0) == 3.0
    assert watch.seconds(head=9, done=5, now=14.0) == 1.0
    assert watch.seconds(head=9, done=9, now=15.0) == 0.0


def test_a_relay_that_keeps_up_under_steady_load_never_seems_to_lag() -> None:
    watch = LagWatch()
    waited = [watch.seconds(head=10 * n, done=10 * (n - 1), now=float(n)) for n in range(1, 500)]
    assert max(waited) <= 1.0


def test_a_long_standstill_keeps_its_beginning_in_bounded_memory() -> None:
    watch = LagWatch()
    for second in range(5 * MOST_MARKS):
        waited = watch.seconds(head=second + 1, done=0, now=float(second))
    assert waited == 5 * MOST_MARKS - 1
    assert len(watch._marks) <= MOST_MARKS


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60))
def test_it_never_tells_less_than_the_oldest_has_waited_since_it_was_seen(
    steps: list[tuple[int, int]],
) -> None:
    watch, head, done, seen = LagWatch(), 0, 0, {}
    for now, (grown, finished) in enumerate(steps):
        for position in range(head + 1, head + grown + 1):
            seen[position] = now
        head, done = head + grown, min(done + finished, head + grown)
        expected = now - seen[done + 1] if done < head else 0
        assert watch.seconds(head, done, float(now)) == expected


def test_a_label_that_somebody_else_may_choose_is_one_of_ours_or_other() -> None:
    known = Known({"OpenBatch"})
    assert known.of("OpenBatch") == "OpenBatch"
    assert {known.of(text) for text in ("nonsense", None, 7, ["OpenBatch"])} == {OTHER}
