"""What happens to a log is counted: each append by its outcome, the relay's rounds and pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared.contracts.errors import Conflict, Refused
from shared.eventlog.relay import NotPublished, Relay
from shared.eventlog.store import Claim, EventLog, NameTaken
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.making import AClock, Courier, an_append
from tests.observability.sample import value


class Counted:
    """By how much a sample has grown since this was made."""

    def __init__(self, name: str, **labels: str) -> None:
        self._read: Callable[[], float] = lambda: value(name, **labels)
        self._before = self._read()

    @property
    def grown(self) -> float:
        return self._read() - self._before


def appends(outcome: str) -> Counted:
    return Counted("jiandu_append_seconds_count", outcome=outcome)


def test_each_append_is_measured_by_its_outcome(log: EventLog) -> None:
    outcomes = ("appended", "repeated", "reused", "conflict", "name_taken", "failed")
    counted = {outcome: appends(outcome) for outcome in outcomes}
    claim = Claim("unit", b"k" * 32, "a")
    first = an_append({"a": 0}, claims=[claim])
    log.append(first)
    log.append(first)
    with pytest.raises(Refused):
        log.append(an_append({"b": 0}, command_id=first.command_id, fingerprint=b"another"))
    with pytest.raises(Conflict):
        log.append(an_append({"a": 0}))
    with pytest.raises(NameTaken):
        log.append(an_append({"c": 0}, claims=[claim]))
    assert {outcome: its.grown for outcome, its in counted.items()} == {
        "appended": 1, "repeated": 1, "reused": 1, "conflict": 1, "name_taken": 1, "failed": 0,
    }  # fmt: skip


def test_what_waits_for_numbers_is_known_by_its_place_in_the_order(log: EventLog) -> None:
    assert log.waiting().commands == 0
    log.append(an_append({"a": 0}))
    log.append(an_append({"b": 0}))
    waiting = log.waiting()
    assert (waiting.commands, waiting.last - waiting.first) == (2, 1)


def test_the_relay_shows_its_lead_and_counts_what_it_numbers_and_publishes(
    log: EventLog, log_database: LogDatabase
) -> None:
    courier = Courier()
    relay = Relay(log_database.runtime_url, log, AClock(), courier)
    numbered = Counted("jiandu_events_numbered_total", log="registry")
    rounds = Counted("jiandu_numbering_seconds_count", log="registry")
    published = Counted("jiandu_events_published_total", log="registry")
    pages = Counted("jiandu_publish_seconds_count", log="registry")
    assert relay.lead()
    assert value("jiandu_leader", log="registry") == 1
    assert not relay.standing_by
    relay.number()
    assert rounds.grown == 0, "an idle round is not measured"
    log.append(an_append({"a": 0}, each=3))
    relay.number()
    courier.broken = NotPublished("away")
    with pytest.raises(NotPublished):
        relay.publish_page()
    assert (numbered.grown, rounds.grown, published.grown) == (3, 1, 0)
    courier.broken = None
    relay.publish_page()
    assert (published.grown, pages.grown) == (3, 1)
    relay.step_down()
    assert value("jiandu_leader", log="registry") == 0


def test_a_second_relay_stands_by(log: EventLog, log_database: LogDatabase) -> None:
    first, second = (Relay(log_database.runtime_url, log, AClock(), Courier()) for _ in range(2))
    assert first.lead()
    assert not second.lead()
    assert second.standing_by
    first.step_down()
    second.step_down()
    assert not second.standing_by
