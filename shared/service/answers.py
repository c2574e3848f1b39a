"""What a service answers over RPC, apart from how it is carried: plain functions on the wiring.

Every method gives an answer (see `contracts.envelope`), never an exception.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import orjson

from shared.contracts.errors import Invalid
from shared.contracts.operations import OPERATIONS
from shared.contracts.stored import internal_form
from shared.contracts.transfers import TRANSFERS
from shared.eventlog import audit
from shared.eventlog.store import LARGEST_PAGE
from shared.projections.projector import positions
from shared.reactions.parking import ParkingLot
from shared.service.alarms import alarms
from shared.service.answering import Answering
from shared.service.wiring import Wiring
from shared.service.worker_states import SeenState, WorkerStates, plain

LARGEST_FEED_BYTES = 4 * 1024 * 1024
"""A page of the feed is cut there, since a reply of the broker has a limit of its own."""


class Answers:
    """The methods of a service that others may call."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._states = WorkerStates(wiring.connections)
        self._parking = ParkingLot(wiring.connections)
        self._answering = Answering(
            {
                "command": wiring.definition.commands,
                "query": wiring.definition.queries,
                "operate": OPERATIONS,
                "transfer": TRANSFERS,
            }
        )

    def command(self, message: Any) -> dict[str, Any]:
        """Carry out a command; `{"stream", "version", "events"}`."""
        return self._answering.answer(
            "command", lambda: dict(self._wiring.commands.execute(message)), message
        )

    def query(self, message: Any) -> dict[str, Any]:
        """Answer a query; `{"result", "stale"}`."""
        return self._answering.answer("query", lambda: self._wiring.queries.ask(message), message)

    def operate(self, message: Any) -> dict[str, Any]:
        """What an operator asks of the running service."""
        return self._answering.answer(
            "operate", lambda: self._wiring.operations.execute(message), message
        )

    def transfer(self, message: Any) -> dict[str, Any]:
        """Bring a file or a part of one, or read a part."""
        return self._answering.answer(
            "transfer", lambda: self._wiring.transfers.execute(message), message
        )

    def keys(self) -> dict[str, Any]:
        """The service's public keys: what to seal to, and what its checkpoints verify with."""
        return self._answering.answer("keys", self._keys)

    def feed(self, after: Any, limit: Any = LARGEST_PAGE) -> dict[str, Any]:
        """Events behind position `after` in their internal form, at most 1,000 or 4 MiB."""
        return self._answering.answer("feed", lambda: self._feed(after, limit))

    def head(self) -> dict[str, Any]:
        """The log's last position."""
        return self._answering.answer("head", self._wiring.log.head)

    def checkpoint(self) -> dict[str, Any]:
        """The newest signed checkpoint as a note, or null before the first."""
        return self._answering.answer("checkpoint", self._checkpoint)

    def status(self) -> dict[str, Any]:
        """How far all is numbered, published, signed, projected; who is in trouble; what alarms."""
        return self._answering.answer("status", self._status)

    def proof(self, position: Any, size: Any) -> dict[str, Any]:
        """Inclusion proof (hex hashes) of a position in the tree of the first `size` events."""
        return self._answering.answer(
            "proof",
            lambda: audit.inclusion(
                self._wiring.log, _whole("position", position), _whole("size", size)
            ),
        )

    def consistency(self, old: Any, new: Any) -> dict[str, Any]:
        """Consistency proof (hex hashes) between the trees of the first `old` and `new` events."""
        return self._answering.answer(
            "consistency",
            lambda: audit.consistency(self._wiring.log, _whole("old", old), _whole("new", new)),
        )

    def _keys(self) -> dict[str, str]:
        keyring = self._wiring.keyring
        return {
            "receiving": base64.b64encode(
                keyring.receiving_key().public_key().public_bytes_raw()
            ).decode(),
            "checkpoint": audit.verifier_key(self._wiring.log.name, keyring.checkpoint_key()),
        }

    def _feed(self, after: Any, limit: Any) -> list[dict[str, Any]]:
        page = self._wiring.log.read(_whole("after", after), _whole("limit", limit))
        forms: list[dict[str, Any]] = []
        size = 0
        for recorded in page:
            form = internal_form(recorded)
            size += len(orjson.dumps(form))
            if forms and size > LARGEST_FEED_BYTES:
                break
            forms.append(form)
        return forms

    def _status(self) -> dict[str, Any]:
        log = self._wiring.log
        newest = log.latest_checkpoint()
        workers, parked = self._states.seen(), self._parking.count()
        return {
            "head": log.head(),
            "unnumbered": log.unnumbered(),
            "published": log.published(),
            "signed": newest[0] if newest else 0,
            "models": self._models(workers),
            "parked": parked,
            "workers": [plain(worker) for worker in workers],
            "alarms": [alarm.plain() for alarm in alarms(log.name, workers, parked)],
        }

    def _models(self, workers: Sequence[SeenState]) -> list[dict[str, Any]]:
        """Positions as they are now; lags as the leader told them last, None if it did not."""
        lags = {(worker.model, worker.source): worker.lag for worker in workers}
        return [
            {**row, "lag": lags.get((str(row["model"]), str(row["source"])))}
            for row in positions(self._wiring.connections)
        ]

    def _checkpoint(self) -> str | None:
        newest = self._wiring.log.latest_checkpoint()
        return None if newest is None else newest[1]


def _whole(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise Invalid.one(name, "wrong_type", "must be a whole number from 0 on")
    return value
