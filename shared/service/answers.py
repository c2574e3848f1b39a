"""What a service answers over RPC, apart from how it is carried: plain functions on the wiring.

Every method gives an answer (see `contracts.envelope`), never an exception.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable
from typing import Any

import structlog

from shared.contracts.envelope import answer_error, answer_ok
from shared.contracts.errors import Invalid, JianduError
from shared.contracts.stored import internal_form
from shared.eventlog import audit
from shared.eventlog.store import LARGEST_PAGE
from shared.projections.projector import positions
from shared.service.wiring import Wiring

_log = structlog.get_logger(__name__)


class Answers:
    """The methods of a service that others may call."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def command(self, message: Any) -> dict[str, Any]:
        """Carry out a command; `{"stream", "version", "events"}`."""
        return _answered(lambda: dict(self._wiring.commands.execute(message)))

    def query(self, message: Any) -> dict[str, Any]:
        """Answer a query; `{"result", "stale"}`."""
        return _answered(lambda: self._wiring.queries.ask(message))

    def operate(self, message: Any) -> dict[str, Any]:
        """What an operator asks of the running service."""
        return _answered(lambda: self._wiring.operations.execute(message))

    def keys(self) -> dict[str, Any]:
        """The service's public keys: what to seal to, and what its checkpoints verify with."""
        return _answered(self._keys)

    def feed(self, after: Any, limit: Any = LARGEST_PAGE) -> dict[str, Any]:
        """Events behind position `after` in their internal form, at most 1,000."""
        return _answered(lambda: self._feed(after, limit))

    def head(self) -> dict[str, Any]:
        """The log's last position."""
        return _answered(self._wiring.log.head)

    def checkpoint(self) -> dict[str, Any]:
        """The newest signed checkpoint as a note, or null before the first."""
        return _answered(self._checkpoint)

    def status(self) -> dict[str, Any]:
        """How far the log is numbered, published, signed and projected."""
        return _answered(self._status)

    def proof(self, position: Any, size: Any) -> dict[str, Any]:
        """Inclusion proof (hex hashes) of a position in the tree of the first `size` events."""
        return _answered(
            lambda: audit.inclusion(
                self._wiring.log, _whole("position", position), _whole("size", size)
            )
        )

    def consistency(self, old: Any, new: Any) -> dict[str, Any]:
        """Consistency proof (hex hashes) between the trees of the first `old` and `new` events."""
        return _answered(
            lambda: audit.consistency(self._wiring.log, _whole("old", old), _whole("new", new))
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
        return [internal_form(recorded) for recorded in page]

    def _status(self) -> dict[str, Any]:
        log = self._wiring.log
        newest = log.latest_checkpoint()
        return {
            "head": log.head(),
            "unnumbered": log.unnumbered(),
            "published": log.published(),
            "signed": newest[0] if newest else 0,
            "models": positions(self._wiring.connections),
        }

    def _checkpoint(self) -> str | None:
        newest = self._wiring.log.latest_checkpoint()
        return None if newest is None else newest[1]


def _whole(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise Invalid.one(name, "wrong_type", "must be a whole number from 0 on")
    return value


def _answered(work: Callable[[], Any]) -> dict[str, Any]:
    try:
        return answer_ok(work())
    except JianduError as error:
        return answer_error(error)
    except Exception:
        # The text of an unforeseen error may hold somebody's data: it stays in our own records.
        reference = str(uuid.uuid4())
        _log.exception("answer.failed", reference=reference)
        return answer_error(JianduError(f"internal error, reference {reference}"))
