"""The end of a log: one reads it for all, and whoever looks after it grew finds what is new."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deploy.local.processes import wait_until
from shared.contracts.stored import RecordedEvent
from shared.eventlog import tail as module
from shared.eventlog.growth import Growth
from shared.eventlog.relay import Relay
from shared.eventlog.store import LARGEST_PAGE, EventLog
from shared.eventlog.tail import Tail
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.making import PATIENCE, AClock, Courier, an_append

Grow = Callable[[int], None]


class Counted(EventLog):
    """Knows how often it was read."""

    reads = 0

    def read(self, after: int, limit: int = LARGEST_PAGE) -> list[RecordedEvent]:
        self.reads += 1
        return super().read(after, limit)


@pytest.fixture
def counted(log: EventLog) -> Counted:
    return Counted(log.name, log._connections)


@pytest.fixture
def grow(log: EventLog, log_database: LogDatabase) -> Grow:
    """Numbers so many events more, and tells nobody."""
    relay = Relay(log_database.runtime_url, log, AClock(), Courier())

    def more(count: int) -> None:
        version = len(log.stream("a"))
        log.append(an_append({"a": version}, each=count))
        assert wait_until(relay.lead, PATIENCE)
        assert relay.number() == count

    return more


def positions(tail: Tail, after: int) -> list[int]:
    return [its.position for page in tail.pages(after, tail.rounds) for its in page]


def test_one_reads_for_all_who_follow_at_the_same_pace(counted: Counted, grow: Grow) -> None:
    grow(3)
    tail = Tail(counted, Growth())
    assert [positions(tail, 0) for _ in range(5)] == [[1, 2, 3]] * 5
    assert [positions(tail, after) for after in (1, 2, 3)] == [[2, 3], [3], []]
    assert counted.reads == 1


def test_whoever_looks_after_the_log_has_grown_finds_what_is_new(
    counted: Counted, grow: Grow
) -> None:
    growth = Growth()
    tail = Tail(counted, growth)
    grow(1)
    assert positions(tail, 0) == [1]
    grow(1)
    growth.tell()
    assert positions(tail, 1) == [2]
    assert positions(tail, 0) == [1, 2], "one that is further behind than what was read last"


def test_what_nobody_told_of_is_found_by_whoever_looks_later(
    counted: Counted, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tail = Tail(counted, Growth())
    grow(1)
    assert positions(tail, 0) == [1]
    grow(1)
    monkeypatch.setattr(module, "FRESH_SECONDS", 0.0)
    assert positions(tail, 1) == [2]


def test_one_who_is_pages_behind_reads_by_itself(
    counted: Counted, grow: Grow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_PAGE", 3)
    grow(3)
    tail = Tail(counted, Growth())
    assert positions(tail, 0) == [1, 2, 3]
    assert positions(tail, 1) == [2, 3]
