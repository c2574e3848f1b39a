"""Carries out what operators ask of a running service."""

from __future__ import annotations

from typing import Any

from shared.access.actor import Verifier, digest
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Refused
from shared.contracts.operations import OPERATIONS, ListParked, RetryParked
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.reactions.parking import ParkingLot

OPERATORS = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})


class Operations:
    """For operators only; every call is signed, as commands are."""

    def __init__(self, verifier: Verifier, parking: ParkingLot) -> None:
        self._verifier, self._parking = verifier, parking

    def execute(self, wire: Any) -> Any:
        """ListParked: a list of what waits; RetryParked: `{"due": how many}`.

        Raises Invalid or Refused.
        """
        envelope = Envelope.load(wire)
        actor = self._verifier.verify(envelope.actor, digest(wire))
        operation = OPERATIONS.find(envelope.type)
        if actor.role not in OPERATORS:
            raise Refused(
                Reason.WRONG_ROLE, f"{envelope.type} is not for the role {actor.role}", ["actor"]
            )
        match operation.load(envelope.payload):
            case ListParked():
                return [parked.plain() for parked in self._parking.all()]
            case RetryParked(ids=ids):
                return {"due": self._parking.retry(ids)}
        raise AssertionError("every operation has its case")
