"""Applying by position, whatever the broker loses, doubles and reorders."""

from __future__ import annotations

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from shared.messaging.positions import (
    Arrival,
    DeliveryBook,
    Event,
    MalformedEvent,
    PositionBuffer,
    check_envelope,
)

LOG_LENGTH = 25
deliveries = st.lists(st.integers(1, LOG_LENGTH), max_size=80)


def event(position: int) -> Event:
    return {"position": position, "type": "T", "stream": "s", "source": "registry"}


def applied_by_position(arriving: list[int], batch: int, start: int = 0) -> list[int]:
    """Positions in the order of their application, with a feed that has the whole log."""
    buffer, applied = PositionBuffer(start), []
    for position in [*arriving, None]:
        if position is None:
            buffer.note_head(LOG_LENGTH)
        else:
            buffer.offer(position, event(position))
        while (gap := buffer.missing()) is not None:
            buffer.offer(gap[0], event(gap[0]))
        while ready := buffer.ready(batch):
            applied += [each["position"] for each in ready]
            buffer.advance(applied[-1])
    return applied


def applied_on_arrival(arriving: list[int]) -> list[int]:
    """What a plain consumer does that at least remembers what it has seen."""
    return list(dict.fromkeys(arriving))


@given(deliveries, st.integers(1, 7), st.integers(0, LOG_LENGTH))
def test_every_event_is_applied_once_and_in_order(
    arriving: list[int], batch: int, start: int
) -> None:
    assert applied_by_position(arriving, batch, start) == list(range(start + 1, LOG_LENGTH + 1))


def test_the_harness_can_fail_a_consumer_that_applies_on_arrival_is_caught() -> None:
    whole_log = list(range(1, LOG_LENGTH + 1))
    caught = find(deliveries, lambda arriving: applied_on_arrival(arriving) != whole_log)
    assert applied_by_position(caught, batch=3) == whole_log


def test_a_lower_position_is_dropped_and_a_higher_one_shows_the_gap() -> None:
    buffer = PositionBuffer(10)
    assert buffer.offer(10, event(10)) is Arrival.DUPLICATE
    assert buffer.offer(11, event(11)) is Arrival.NEXT
    assert buffer.offer(14, event(14)) is Arrival.EARLY
    assert buffer.offer(14, event(14)) is Arrival.DUPLICATE
    assert buffer.missing() == (12, 13)
    assert [each["position"] for each in buffer.ready(9)] == [11]


def test_a_lost_last_event_shows_when_the_head_is_known() -> None:
    buffer = PositionBuffer(10)
    assert buffer.missing() is None
    buffer.note_head(12)
    assert buffer.missing() == (11, 12)


def test_a_position_beyond_the_head_is_forgotten_and_leaves_no_gap() -> None:
    buffer = PositionBuffer(3)
    buffer.offer(4, event(4))
    buffer.offer(900, event(900))
    assert buffer.forget_beyond(5) == [900]
    assert buffer.missing() == (5, 5)


def test_a_checkpoint_that_went_back_is_followed_back() -> None:
    buffer = PositionBuffer(5)
    buffer.offer(6, event(6))
    buffer.advance(2)
    assert buffer.missing() == (3, 5)
    assert buffer.ready(9) == []


@given(st.lists(st.integers(1, 12), min_size=1, max_size=30), st.lists(st.integers(0, 12)))
def test_only_what_is_applied_is_acknowledged_and_each_delivery_once(
    positions: list[int], checkpoints: list[int]
) -> None:
    book, unsettled = DeliveryBook(), dict(enumerate(positions, start=1))
    for tag, position in unsettled.items():
        book.note(tag, position)
    for checkpoint in [*checkpoints, 12]:
        together, single = book.settle(checkpoint)
        acknowledged = {tag for tag in unsettled if together is not None and tag <= together}
        assert together is None or together in unsettled
        assert acknowledged.isdisjoint(single)
        for tag in acknowledged | set(single):
            assert unsettled.pop(tag) <= checkpoint
    assert unsettled == {}
    assert len(book) == 0


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "text",
        {},
        event(1) | {"position": "1"},
        event(1) | {"position": True},
        event(1) | {"position": 0},
        event(1) | {"position": 1.0},
        event(1) | {"type": ""},
        event(1) | {"stream": None},
        event(1) | {"source": "clues"},
    ],
)
def test_what_is_no_event_of_the_source_is_malformed(broken: object) -> None:
    with pytest.raises(MalformedEvent):
        check_envelope(broken, "registry")
