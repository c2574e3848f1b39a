"""Invariant 12: a reaction happens once, a failing one is parked with its stream, and retried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg_pool import ConnectionPool

from shared.contracts.errors import Refused
from shared.contracts.fields import Text
from shared.contracts.message import Vocabulary, define, public
from shared.contracts.stored import RecordedEvent
from shared.postgres.migrate import migrate
from shared.reactions import reactor as reactor_module
from shared.reactions.parking import MIGRATIONS, ParkingLot
from shared.reactions.reaction import Reaction
from shared.reactions.reactor import Reactor
from tests.eventlog.conftest import RUNTIME, LogDatabase
from tests.eventlog.making import NOON, AClock, an_event

WORDS = Vocabulary("registry", "event")


@define(WORDS)
class SomethingHappened:
    note: str = public(Text())


class Deeds:
    """Carries commands out, once an id, unless told to fail on a note."""

    def __init__(self) -> None:
        self.done: dict[str, str] = {}
        self.failing: dict[str, Exception] = {}
        self.attempts = 0

    def act(self, command: str, command_id: str, correlation_id: str, cause: str) -> None:
        self.attempts += 1
        if command in self.failing:
            raise self.failing[command]
        self.done.setdefault(command_id, command)


@pytest.fixture
def reacting(log_database: LogDatabase, pool: ConnectionPool) -> Iterator[tuple[Reactor, Deeds]]:
    migrate(log_database.owner_url, MIGRATIONS, RUNTIME)
    deeds = Deeds()
    return a_reactor(pool, deeds), deeds


def a_reactor(pool: ConnectionPool, deeds: Deeds) -> Reactor:
    def command(values: Mapping[str, Any]) -> str | None:
        return None if values["note"] == "nothing" else values["note"]

    reaction = Reaction(
        "copy", "registry", "SomethingHappened", command, frozenset({"done_already"})
    )
    return Reactor([reaction], {"registry": WORDS}, pool, deeds.act, AClock())


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactor_module, "FIRST_PAUSE_SECONDS", 0.001)


def told(position: int, note: str, stream: str = "s-1") -> RecordedEvent:
    return RecordedEvent(position, NOON, an_event(stream, position, note))


def test_each_event_leads_to_its_command_once_however_often_it_comes(
    reacting: tuple[Reactor, Deeds],
) -> None:
    reactor, deeds = reacting
    batch = [told(1, "a"), told(2, "nothing"), told(3, "b")]

    assert reactor.apply("registry", batch) == 3
    assert reactor.apply("registry", batch) == 3

    assert list(deeds.done.values()) == ["a", "b"]
    assert reactor.checkpoint("registry") == 3
    assert reactor.checkpoint("another") == 0


def test_a_failing_reaction_is_parked_with_its_stream_and_the_others_go_on(
    reacting: tuple[Reactor, Deeds], pool: ConnectionPool
) -> None:
    reactor, deeds = reacting
    deeds.failing["bad"] = RuntimeError("with somebody's data")
    batch = [told(1, "bad", "s-1"), told(2, "behind", "s-1"), told(3, "free", "s-2")]

    assert reactor.apply("registry", batch) == 3

    assert list(deeds.done.values()) == ["free"]
    parked = ParkingLot(pool).all()
    assert [(its.position, its.reason) for its in parked] == [
        (1, "RuntimeError"),
        (2, "an earlier event of its stream is parked"),
    ]
    assert deeds.attempts == reactor_module.ATTEMPTS + 1


def test_an_operator_has_it_retried_and_what_waited_follows_in_order(
    reacting: tuple[Reactor, Deeds], pool: ConnectionPool
) -> None:
    reactor, deeds = reacting
    deeds.failing["bad"] = Refused("not_yet")
    reactor.apply("registry", [told(1, "bad"), told(2, "behind")])
    lot = ParkingLot(pool)

    reactor.retry_once()
    assert deeds.done == {}, "nothing is retried unasked"
    assert lot.retry([lot.all()[1].id]) == 2
    reactor.retry_once()
    assert next(its.reason for its in lot.all()) == "refused: not_yet"
    assert not any(its.due for its in lot.all())

    deeds.failing.clear()
    assert lot.retry(None) == 2
    reactor.retry_once()

    assert list(deeds.done.values()) == ["bad", "behind"]
    assert lot.all() == []
    assert lot.retry(None) == 0


def test_a_refusal_that_means_it_was_done_already_parks_nothing(
    reacting: tuple[Reactor, Deeds], pool: ConnectionPool
) -> None:
    reactor, deeds = reacting
    deeds.failing["again"] = Refused("done_already")
    reactor.apply("registry", [told(1, "again")])
    assert ParkingLot(pool).all() == []


def test_a_passing_failure_is_overcome_without_parking(
    reacting: tuple[Reactor, Deeds], pool: ConnectionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    reactor, deeds = reacting
    deeds.failing["late"] = RuntimeError("not yet")

    def heal(_: float) -> None:
        deeds.failing.clear()

    monkeypatch.setattr(reactor_module.time, "sleep", heal)
    reactor.apply("registry", [told(1, "late")])

    assert list(deeds.done.values()) == ["late"]
    assert ParkingLot(pool).all() == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_fails_and_however_it_is_delivered_each_stream_keeps_its_order(
    reacting: tuple[Reactor, Deeds], pool: ConnectionPool, data: st.DataObject
) -> None:
    with pool.connection() as connection:
        connection.execute("DELETE FROM reaction.parked")
        connection.execute("DELETE FROM reaction.checkpoint")
    deeds = Deeds()
    reactor = a_reactor(pool, deeds)
    streams = data.draw(st.lists(st.sampled_from(["s-1", "s-2", "s-3"]), min_size=1, max_size=10))
    events = [told(n, f"note {n}", stream) for n, stream in enumerate(streams, 1)]
    for event in events:
        if data.draw(st.booleans()):
            deeds.failing[event.event.public["note"]] = RuntimeError("for now")
    for cut in [*data.draw(st.lists(st.integers(1, len(events)), max_size=3)), len(events)]:
        reactor.apply("registry", events[:cut])
    deeds.failing.clear()
    ParkingLot(pool).retry(None)
    reactor.retry_once()

    order = list(deeds.done.values())
    for stream in set(streams):
        notes = [e.event.public["note"] for e in events if e.event.stream == stream]
        assert [note for note in order if note in notes] == notes
    assert sorted(order) == sorted(e.event.public["note"] for e in events)
