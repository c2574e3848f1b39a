"""Carries out what operators ask of a running service."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import TupleRow, dict_row
from psycopg_pool import ConnectionPool

from shared.access.actor import Actor, Verifier, digest
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Refused
from shared.contracts.operations import (
    OPERATIONS,
    ListOpenings,
    ListParked,
    RetryParked,
    ShowHistory,
)
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import is_city
from shared.reactions.parking import ParkingLot
from shared.service.history import show_history
from shared.service.openings import list_openings

Connections = ConnectionPool[psycopg.Connection[TupleRow]]

_OPERATORS = frozenset({Role.OPERATOR})
ROLES: dict[type, frozenset[Role]] = {
    ListParked: _OPERATORS,
    RetryParked: _OPERATORS,
    ListOpenings: frozenset({Role.AUDITOR}),
    ShowHistory: frozenset({Role.AUDITOR, Role.OPERATOR}),
}


class Operations:
    """For operators and auditors; every call is signed, as commands are."""

    def __init__(self, verifier: Verifier, parking: ParkingLot, connections: Connections) -> None:
        self._verifier, self._parking, self._connections = verifier, parking, connections

    def execute(self, wire: Any) -> Any:
        """ListParked: a list of what waits; RetryParked: `{"due": how many}`; the others: a page.

        Raises Invalid or Refused.
        """
        envelope = Envelope.load(wire)
        actor = self._verifier.verify(envelope.actor, digest(wire))
        operation = OPERATIONS.find(envelope.type)
        if actor.role not in ROLES[operation.cls]:
            raise Refused(
                Reason.WRONG_ROLE, f"{envelope.type} is not for the role {actor.role}", ["actor"]
            )
        match operation.load(envelope.payload):
            case ListParked():
                return [parked.plain() for parked in self._parking.all()]
            case RetryParked(ids=ids):
                return {"due": self._parking.retry(ids)}
            case ListOpenings() as openings:
                _refuse_district(actor)
                return list_openings(self._rows, openings)
            case ShowHistory() as asked:
                _refuse_district(actor)
                return show_history(self._rows, asked)
        raise AssertionError("every operation has its case")

    def _rows(self, query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            # Planned anew each time: which filters are given decides what to begin with.
            return cursor.execute(query.encode(), named or parameters, prepare=False).fetchall()


def _refuse_district(actor: Actor) -> None:
    """The log is the whole city's, and nothing in it says of which district an event is."""
    if not is_city(actor.division):
        raise Refused(
            Reason.OUT_OF_SCOPE, f"your role is held for {actor.division}, the log is the city's"
        )
