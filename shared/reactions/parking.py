"""Reactions that could not be carried out, kept in order until an operator has them retried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from shared.contracts.stored import RecordedEvent, from_internal_form, internal_form

MIGRATIONS = Path(__file__).parent / "migrations"

Connections = ConnectionPool[psycopg.Connection[TupleRow]]
LONGEST_REASON = 500


@dataclass(frozen=True)
class Parked:
    """One event that waits; `reason` is why, without anybody's data."""

    id: int
    reaction: str
    source: str
    stream: str
    position: int
    reason: str
    parked_at: dt.datetime
    due: bool

    def plain(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "reaction": self.reaction,
            "source": self.source,
            "stream": self.stream,
            "position": self.position,
            "reason": self.reason,
            "parked_at": self.parked_at.isoformat(),
            "due": self.due,
        }


class ParkingLot:
    """The parked reactions of one service."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def park(self, reaction: str, recorded: RecordedEvent, reason: str, at: dt.datetime) -> None:
        """Keep an event; one that is parked already stays as it is."""
        event = recorded.event
        with self._connections.connection() as connection:
            connection.execute(
                "INSERT INTO reaction.parked"
                " (reaction, source, stream, position, event, reason, parked_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (
                    reaction,
                    event.log,
                    event.stream,
                    recorded.position,
                    Jsonb(internal_form(recorded)),
                    reason[:LONGEST_REASON],
                    at,
                ),
            )

    def holds(self, reaction: str, source: str, stream: str) -> bool:
        """Whether an earlier event of the stream waits, so that a later one must wait too."""
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT 1 FROM reaction.parked"
                " WHERE reaction = %s AND source = %s AND stream = %s LIMIT 1",
                (reaction, source, stream),
            ).fetchone()
        return row is not None

    def all(self) -> Sequence[Parked]:
        """Everything parked, oldest position first."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT id, reaction, source, stream, position, reason, parked_at, due"
                " FROM reaction.parked ORDER BY source, position, reaction"
            ).fetchall()
        return [Parked(*row) for row in rows]

    def count(self) -> int:
        """How many wait."""
        with self._connections.connection() as connection:
            row = connection.execute("SELECT count(*) FROM reaction.parked").fetchone()
        return int(row[0]) if row else 0

    def retry(self, ids: Sequence[int] | None) -> int:
        """Have these retried, or all; each with everything of its stream that waits with it.

        Returns how many rows are due now.
        """
        with self._connections.connection() as connection:
            return connection.execute(
                "UPDATE reaction.parked p SET due = true WHERE EXISTS ("
                " SELECT 1 FROM reaction.parked chosen"
                " WHERE (%(all)s OR chosen.id = ANY (%(ids)s))"
                "  AND chosen.reaction = p.reaction AND chosen.source = p.source"
                "  AND chosen.stream = p.stream)",
                {"all": ids is None, "ids": list(ids or [])},
            ).rowcount

    def due(self) -> list[tuple[Parked, RecordedEvent]]:
        """What an operator wants retried, in the order of each stream."""
        with self._connections.connection() as connection:
            rows = connection.execute(
                "SELECT id, reaction, source, stream, position, reason, parked_at, due, event"
                " FROM reaction.parked WHERE due ORDER BY source, position, reaction"
            ).fetchall()
        return [(Parked(*row[:8]), from_internal_form(row[8])) for row in rows]

    def done(self, parked: Parked) -> None:
        """It has been carried out: forget it."""
        with self._connections.connection() as connection:
            connection.execute("DELETE FROM reaction.parked WHERE id = %s", (parked.id,))

    def failed_again(self, parked: Parked, reason: str) -> None:
        """It and what waits behind it stay parked until the next retry."""
        with self._connections.connection() as connection:
            connection.execute(
                "UPDATE reaction.parked SET due = false,"
                " reason = CASE WHEN id = %(id)s THEN %(reason)s ELSE reason END"
                " WHERE reaction = %(reaction)s AND source = %(source)s AND stream = %(stream)s",
                {
                    "id": parked.id,
                    "reason": reason[:LONGEST_REASON],
                    "reaction": parked.reaction,
                    "source": parked.source,
                    "stream": parked.stream,
                },
            )
