"""Carries out the reactions of one service, event by event, each exactly once in its effect.

A failing reaction is tried again with a growing pause and then parked, later events of the same
stream behind it; other streams go on. Rebuilding a read model fires nothing: reactions have
checkpoints of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from shared.clock import Clock
from shared.contracts.errors import Refused
from shared.contracts.message import Vocabulary
from shared.contracts.stored import RecordedEvent
from shared.reactions.parking import ParkingLot
from shared.reactions.reaction import Reaction

_log = structlog.get_logger(__name__)

ATTEMPTS = 5
FIRST_PAUSE_SECONDS = 0.1
LOOK_SECONDS = 0.5

Act = Callable[[Any, str, str, str], None]
"""(command, command id, correlation id, causing event): carries out a command of the service."""

Connections = ConnectionPool[psycopg.Connection[TupleRow]]


class Reactor:
    """All reactions of a service; feeds on batches of any source, as a projector does."""

    def __init__(
        self,
        reactions: Sequence[Reaction],
        vocabularies: Mapping[str, Vocabulary],
        connections: Connections,
        act: Act,
        clock: Clock,
    ) -> None:
        self._reactions, self._vocabularies = reactions, vocabularies
        self._connections, self._act, self._clock = connections, act, clock
        self._parking = ParkingLot(connections)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({reaction.source for reaction in self._reactions}))

    def checkpoint(self, source: str) -> int:
        """The last position of the source that was reacted to."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT position FROM reaction.checkpoint WHERE source = %s", (source,)
            ).fetchone()
        return int(row[0]) if row else 0

    def apply(self, source: str, batch: Sequence[RecordedEvent]) -> int:
        """React to a batch that begins right behind the checkpoint; the new checkpoint."""
        for recorded in batch:
            for reaction in self._reactions:
                if (reaction.source, reaction.event) == (source, recorded.event.type):
                    self._react(reaction, recorded)
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO reaction.checkpoint VALUES (%s, %s) ON CONFLICT (source)"
                " DO UPDATE SET position ="
                " greatest(reaction.checkpoint.position, excluded.position)",
                (source, batch[-1].position),
            )
        return batch[-1].position

    def retry_due(self, stop: Event) -> None:
        """Carry out what operators want retried, until `stop`."""
        while not stop.is_set():
            self.retry_once()
            stop.wait(LOOK_SECONDS)

    def retry_once(self) -> None:
        """One look at what is due; a failure keeps its stream parked."""
        held: set[tuple[str, str, str]] = set()
        for parked, recorded in self._parking.due():
            place = (parked.reaction, parked.source, parked.stream)
            reaction = self._named(parked.reaction)
            if place in held or reaction is None:
                continue
            failure = self._attempt(reaction, recorded)
            if failure is None:
                self._parking.done(parked)
            else:
                held.add(place)
                self._parking.failed_again(parked, failure)

    def _react(self, reaction: Reaction, recorded: RecordedEvent) -> None:
        event = recorded.event
        if self._parking.holds(reaction.name, event.log, event.stream):
            self._park(reaction, recorded, "an earlier event of its stream is parked")
            return
        failure = self._attempt(reaction, recorded)
        pause = FIRST_PAUSE_SECONDS
        for _ in range(ATTEMPTS - 1):
            if failure is None:
                return
            time.sleep(pause)
            pause *= 2
            failure = self._attempt(reaction, recorded)
        if failure is not None:
            self._park(reaction, recorded, failure)

    def _attempt(self, reaction: Reaction, recorded: RecordedEvent) -> str | None:
        """Carry it out; what went wrong, or None."""
        event = recorded.event
        try:
            vocabulary = self._vocabularies[event.log]
            values = vocabulary.upcast(event.type, event.schema_version, event.clear())
            command = reaction.command(values)
            if command is not None:
                identifier = reaction.command_id(recorded)
                self._act(command, identifier, event.correlation_id, event.event_id)
        except Refused as refused:
            return None if refused.reason in reaction.tolerates else f"refused: {refused.reason}"
        except psycopg.OperationalError:
            raise  # the database is away: nothing is parked for that, the batch comes again
        except Exception as error:
            _log.exception("reaction.failed", reaction=reaction.name, event_id=event.event_id)
            return type(error).__name__
        return None

    def _park(self, reaction: Reaction, recorded: RecordedEvent, reason: str) -> None:
        self._parking.park(reaction.name, recorded, reason, self._clock.now())
        _log.error(
            "reaction.parked",
            reaction=reaction.name,
            event_id=recorded.event.event_id,
            reason=reason,
        )

    def _named(self, name: str) -> Reaction | None:
        return next((reaction for reaction in self._reactions if reaction.name == name), None)
