"""The installation's console: what is asked of the services themselves, past the portal.

The first accounts, and what proves the logs. To be used by one thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from examples.play import waiting
from examples.play.portal import Say
from examples.play.trouble import DemoFailed
from shared.access.actor import Actor
from shared.messaging.rpc_client import RemoteError, RpcTimeout, ServiceUnavailable
from shared.service.client import ServiceClient

T = TypeVar("T")

REGISTRY = "registry"
PATIENCE_SECONDS = 60.0
"""How long one command or question is repeated while the services do not answer."""


class Console:
    """Asks again while there is no answer."""

    def __init__(self, client: ServiceClient, say: Say) -> None:
        self._client, self._say = client, say

    def command(
        self, actor: Actor, service: str, command_type: str, payload: Any, command_id: str
    ) -> dict[str, Any]:
        """Carry out a command. Raises JianduError, DemoFailed."""
        return self._patiently(
            lambda: self._client.command(
                actor, service, command_type, payload, command_id=command_id
            )
        )

    def query(
        self,
        actor: Actor,
        service: str,
        query_type: str,
        payload: Any,
        after: Mapping[str, Any] | None = None,
    ) -> Any:
        """The answer to a query, see `ServiceClient.query`. Raises JianduError, DemoFailed."""
        return self._patiently(
            lambda: self._client.query(actor, service, query_type, payload, after=after)
        )

    def ask(self, service: str, method: str, *args: Any) -> Any:
        """One of a service's plain methods. Raises JianduError, DemoFailed."""
        return self._patiently(lambda: self._client.ask(service, method, *args))

    def verifier_key(self, service: str) -> str:
        """The public key with which the service's checkpoints are verified."""
        return str(self.ask(service, "keys")["checkpoint"])

    def opened_on(self, batch_id: str) -> dt.date | None:
        """The day from which the log says that a batch is open; None when it has none."""
        after = 0
        while page := self.ask(REGISTRY, "feed", after):
            for event in page:
                if event["type"] == "BatchOpened" and event["public"]["batch_id"] == batch_id:
                    return dt.date.fromisoformat(event["public"]["opens_on"])
            after = page[-1]["position"]
        return None

    def _patiently(self, work: Callable[[], T]) -> T:
        answered = True

        def once() -> tuple[T] | None:
            nonlocal answered
            try:
                return (work(),)
            except (RpcTimeout, ServiceUnavailable):
                if answered:
                    self._say(f"服务暂未应答，最多再等 {PATIENCE_SECONDS:.0f} 秒")
                answered = False
                return None

        try:
            (answer,) = waiting.until(
                once,
                PATIENCE_SECONDS,
                "服务没有应答：请执行 make up，再用 make status 查看哪个进程没有就绪",
                "The services do not answer: run `make up`, then look with `make status`",
            )
        except RemoteError as error:
            raise DemoFailed(
                "服务内部出错：请查看运行目录 logs/ 下的日志",
                f"A service failed inside ({error}): see the logs in the run folder.",
            ) from error
        return answer
