"""Sends commands at a fixed rate, from as many clients as it takes."""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from shared.access.actor import Actor, Issuer
from shared.contracts.roles import Role
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

_CLIENTS = 16
_WARM_UP_SECONDS = 1.0
_DEADLINE_SECONDS = 30.0
_LEADER = Actor("leader-1", Role.LEADER, "430200")


def measure(amqp_url: str, key_file: str, rate: int, seconds: float) -> dict[str, Any]:
    """`due`: command id -> when it was to be sent (monotonic seconds), without the warm-up."""
    issuer = Issuer.from_file("console", Path(key_file))
    pacing = _Pacing(rate, int(rate * (seconds + _WARM_UP_SECONDS)))

    def work() -> dict[str, float]:
        with RpcClient(amqp_url, _DEADLINE_SECONDS) as rpc:
            client, due = ServiceClient(rpc, issuer), {}
            client.ask("registry", "head")
            pacing.ready()
            while (turn := pacing.turn()) is not None:
                command_id = str(uuid.uuid4())
                client.command(_LEADER, "registry", "OpenBatch", _batch(), command_id=command_id)
                if turn.is_measured:
                    due[command_id] = turn.due
        return due

    with ThreadPoolExecutor(_CLIENTS) as clients:
        shares = [clients.submit(work) for _ in range(_CLIENTS)]
        return {"due": {key: due for share in shares for key, due in share.result().items()}}


class _Turn:
    def __init__(self, due: float, is_measured: bool) -> None:
        self.due, self.is_measured = due, is_measured


class _Pacing:
    """Hands out the times at which commands are due; a client that takes one waits for it."""

    def __init__(self, rate: int, commands: int) -> None:
        self._rate, self._commands, self._next = rate, commands, 0
        self._guard = threading.Lock()
        self._together = threading.Barrier(_CLIENTS, action=self._begin)
        self._began = 0.0

    def ready(self) -> None:
        """Wait for the other clients; then the clock starts."""
        self._together.wait(_DEADLINE_SECONDS)

    def turn(self) -> _Turn | None:
        """The next command's, once it is due; None when there is none left."""
        with self._guard:
            number, self._next = self._next, self._next + 1
        if number >= self._commands:
            return None
        due = self._began + number / self._rate
        time.sleep(max(0.0, due - time.monotonic()))
        return _Turn(due, is_measured=number >= self._rate * _WARM_UP_SECONDS)

    def _begin(self) -> None:
        self._began = time.monotonic()


def _batch() -> dict[str, Any]:
    today = dt.datetime.now(dt.UTC).date()
    return {
        "batch_id": str(uuid.uuid4()),
        "division": "430200",
        "title": "行政执法监督联系点",
        "places": 50,
        "opens_on": today.isoformat(),
        "closes_on": (today + dt.timedelta(days=60)).isoformat(),
    }
