"""Where everyone of the story hands in commands and questions.

Every id is derived from the installation and the thing's name in the data. So a play that was
killed and is started again sends the very same commands, and the services, which carry out a
command id once, let it go on from where it stopped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from examples.first_batch import waiting
from examples.first_batch.trouble import DemoFailed
from shared.access.actor import Actor
from shared.contracts.errors import JianduError
from shared.contracts.zh import sentence
from shared.messaging.rpc_client import RemoteError, RpcTimeout, ServiceUnavailable
from shared.service.client import ServiceClient

T = TypeVar("T")
Say = Callable[[str], None]
"""Hears of progress, a Chinese sentence at a time."""

PATIENCE_SECONDS = 60.0
"""How long one command or question is repeated while the services do not answer."""

REGISTRY = "registry"


class Desk:
    """Sends in the name of actors, again under the same id when the outcome is not known."""

    def __init__(self, client: ServiceClient, say: Say) -> None:
        self._client, self._say = client, say
        # A registry's key is made with its database and stays with it: it names the installation.
        self._installation = uuid.uuid5(uuid.NAMESPACE_URL, self.verifier_key(REGISTRY))

    def id(self, *names: str) -> str:
        """The id of a thing of the story in this installation, always the same."""
        return str(uuid.uuid5(self._installation, "/".join(("first-batch", *names))))

    def send(self, actor: Actor, command_type: str, name: str, payload: Any) -> dict[str, Any]:
        """Carry out a command of the registry; `name` tells it from its like.

        Raises DemoFailed when the services refuse it or cannot be reached.
        """
        try:
            return self.attempt(actor, command_type, name, payload)
        except JianduError as error:
            raise DemoFailed(
                f"{command_type}（{name}）未能办理：{sentence(error)}",
                f"{command_type} ({name}) was not carried out: {error}. "
                "See `make status` and the logs in the run folder.",
            ) from error

    def attempt(self, actor: Actor, command_type: str, name: str, payload: Any) -> dict[str, Any]:
        """As `send`, but an answer of the services that says no is raised as it is."""
        command_id = self.id("command", command_type, name)
        return self._patiently(
            lambda: self._client.command(
                actor, REGISTRY, command_type, payload, command_id=command_id
            )
        )

    def query(self, actor: Actor, service: str, query_type: str, payload: Any) -> Any:
        """The answer to a query. Raises JianduError, DemoFailed."""
        return self._patiently(lambda: self._client.query(actor, service, query_type, payload))

    def query_all(self, actor: Actor, service: str, query_type: str, payload: Any) -> list[Any]:
        """Every item of a list. Raises JianduError, DemoFailed."""
        return self._patiently(lambda: self._client.query_all(actor, service, query_type, payload))

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
