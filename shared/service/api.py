"""The `api` role: a nameko service on eventlet, any number of replicas."""

from __future__ import annotations

from typing import Any

from shared.messaging.consumer_watch import ConsumerState, ConsumerWatch
from shared.messaging.rpc_server import rpc
from shared.messaging.runner import run_service
from shared.observability.probe import Probe
from shared.service import health
from shared.service.answers import Answers
from shared.service.wiring import Pool, Wiring

WORKERS = 16
"""Commands and queries under way at once; each holds a database connection at the most."""


def run(wiring: Wiring) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = wiring.config
    consumers = ConsumerState()
    readiness = Readiness(wiring, consumers)
    server = health.serve(config.health_host, config.health_port, readiness.state)
    try:
        run_service(
            _service(wiring.definition.name, Answers(wiring), consumers),
            {"AMQP_URI": config.amqp_url, "max_workers": WORKERS},
            readiness.started,
        )
    finally:
        server.shutdown()
        wiring.close()


class Readiness:
    """What /readyz tells: `{"ok", "reasons": {part: why it is not ready}}`."""

    def __init__(self, wiring: Wiring, consumers: ConsumerState) -> None:
        self._consumers, self._is_started = consumers, False
        self._probes = (
            Probe("database", lambda: _ask(wiring.connections)),
            Probe("keys_database", lambda: _ask(wiring.keys_connections)),
        )

    def started(self) -> None:
        """The service consumes for the first time."""
        self._is_started = True

    def state(self) -> dict[str, Any]:
        """Ready: both databases answer within a second, and requests are heard."""
        found = {probe.name: probe.reason() for probe in self._probes}
        found["requests"] = self._consumers.reason() if self._is_started else "not started yet"
        reasons = {part: reason for part, reason in found.items() if reason is not None}
        return {"ok": not reasons, "reasons": reasons}


def _ask(pool: Pool) -> None:
    with pool.connection(timeout=1) as connection:
        connection.execute("SELECT 1")


def _service(service_name: str, answers: Answers, consumers: ConsumerState) -> type:
    class Api:
        name = service_name
        consumer_watch = ConsumerWatch(consumers)

        @rpc
        def command(self, message: Any) -> dict[str, Any]:
            return answers.command(message)

        @rpc
        def query(self, message: Any) -> dict[str, Any]:
            return answers.query(message)

        @rpc
        def operate(self, message: Any) -> dict[str, Any]:
            return answers.operate(message)

        @rpc
        def transfer(self, message: Any) -> dict[str, Any]:
            return answers.transfer(message)

        @rpc
        def keys(self) -> dict[str, Any]:
            return answers.keys()

        @rpc
        def feed(self, after: Any, limit: Any = 1_000) -> dict[str, Any]:
            return answers.feed(after, limit)

        @rpc
        def head(self) -> dict[str, Any]:
            return answers.head()

        @rpc
        def checkpoint(self) -> dict[str, Any]:
            return answers.checkpoint()

        @rpc
        def status(self) -> dict[str, Any]:
            return answers.status()

        @rpc
        def proof(self, position: Any, size: Any) -> dict[str, Any]:
            return answers.proof(position, size)

        @rpc
        def consistency(self, old: Any, new: Any) -> dict[str, Any]:
            return answers.consistency(old, new)

    return Api
