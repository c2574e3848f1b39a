"""The `api` role: a nameko service on eventlet, any number of replicas."""

from __future__ import annotations

from typing import Any

from shared.messaging.rpc_server import rpc
from shared.messaging.runner import run_service
from shared.service import health
from shared.service.answers import Answers
from shared.service.wiring import Wiring

WORKERS = 16
"""Commands and queries under way at once; each holds a database connection at the most."""


def run(wiring: Wiring) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = wiring.config
    started = {"ok": False}
    server = health.serve(config.health_host, config.health_port, lambda: dict(started))

    def on_ready() -> None:
        started["ok"] = True

    try:
        run_service(
            _service(wiring.definition.name, Answers(wiring)),
            {"AMQP_URI": config.amqp_url, "max_workers": WORKERS},
            on_ready,
        )
    finally:
        server.shutdown()
        wiring.close()


def _service(service_name: str, answers: Answers) -> type:
    class Api:
        name = service_name

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
