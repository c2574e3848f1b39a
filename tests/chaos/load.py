"""A steady load of commands, each sent until it is acknowledged, and a plain subscriber."""

from __future__ import annotations

import json
import random
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

import pika
from pika.exceptions import AMQPError

from shared.contracts.days import business_date
from shared.contracts.errors import JianduError
from shared.messaging.rpc_client import RemoteError, RpcClient, RpcTimeout, ServiceUnavailable
from shared.service.client import ServiceClient
from tests.chaos.cases import case
from tests.chaos.messages import ALONE, Message
from tests.system.installation import Installation

PAUSE_SECONDS = 0.06
DEADLINE_SECONDS = 3.0
RETRY_SECONDS = 0.2
ALONE_SHARE = 0.7
"""After how many of a case's commands one comes that stands alone."""
QUEUE = "chaos.subscriber"
EXCHANGE = "registry.public.events"


class Sender:
    """Sends commands until they are acknowledged; for one thread."""

    def __init__(self, system: Installation) -> None:
        self._system = system
        self._rpc: RpcClient | None = None
        self.told = ""
        """What the command under way was last answered with instead of a result."""

    def send(self, its: Message, stop: Event) -> dict[str, Any] | None:
        """The result; None when `stop` was set before there was one. The id stays the same.

        It has `command_id`, `service` and `payload` besides what the service tells.
        """
        identifier = str(uuid.uuid4())
        while not stop.is_set():
            try:
                result = self._client().command(
                    its.actor, its.service, its.command, its.payload, command_id=identifier
                )
            except (RpcTimeout, ServiceUnavailable, RemoteError, JianduError, OSError) as error:
                self.told = f"{its.command}: {error!r}"
                stop.wait(RETRY_SECONDS)
            else:
                self.told = ""
                sent = {"service": its.service, "payload": its.payload}
                return result | sent | {"command_id": identifier}
        return None

    def close(self) -> None:
        if self._rpc is not None:
            self._rpc.close()

    def _client(self) -> ServiceClient:
        if self._rpc is None:
            self._rpc = RpcClient(self._system.amqp_url, DEADLINE_SECONDS)
        return ServiceClient(self._rpc, self._system.issuer)


@dataclass
class Load:
    """Several senders at once, each with a case on its way beside commands that stand alone.

    While `paused`, none has a command under way.
    """

    system: Installation
    seed: int
    threads: int = 3
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    _stop: Event = field(default_factory=Event)
    _go: Event = field(default_factory=Event)
    _guard: Lock = field(default_factory=Lock)
    _busy: int = 0
    _running: list[Thread] = field(default_factory=list)
    _senders: list[Sender] = field(default_factory=list)

    def start(self) -> None:
        self._go.set()
        self._running = [
            Thread(target=self._run, args=(random.Random(self.seed + n),), daemon=True)
            for n in range(self.threads)
        ]
        for thread in self._running:
            thread.start()

    def of(self, service: str) -> dict[str, dict[str, Any]]:
        """What a service has acknowledged, by the commands' ids."""
        with self._guard:
            told = dict(self.acknowledged)
        return {identifier: its for identifier, its in told.items() if its["service"] == service}

    def paid(self) -> dict[str, int]:
        """Payments that were acknowledged, by their ids: what was paid, in fen."""
        payloads = [its["payload"] for its in self.of("clues").values()]
        return {its["payment_id"]: its["amount"] for its in payloads if "payment_id" in its}

    def fed_back(self) -> int:
        """How many clues were fed back: cases that went their whole way."""
        return sum("FeedbackGiven" in its["events"] for its in self.of("clues").values())

    def pause(self) -> None:
        self._go.clear()

    def idle(self) -> bool:
        with self._guard:
            return self._busy == 0

    def waiting(self) -> list[str]:
        """What the commands that are not acknowledged yet were last answered with."""
        return [sender.told for sender in self._senders if sender.told]

    def resume(self) -> None:
        self._go.set()

    def stop(self) -> None:
        self._stop.set()
        self._go.set()
        for thread in self._running:
            thread.join(30)

    def _run(self, chance: random.Random) -> None:
        sender = Sender(self.system)
        self._senders.append(sender)
        sending = self._messages(chance)
        while not self._stop.is_set():
            if not self._go.wait(0.2):
                continue
            with self._guard:
                self._busy += 1
            try:
                result = sender.send(next(sending), self._stop)
            finally:
                with self._guard:
                    self._busy -= 1
            if result is not None:
                with self._guard:
                    self.acknowledged[result["command_id"]] = result
            self._stop.wait(PAUSE_SECONDS)
        sender.close()

    def _messages(self, chance: random.Random) -> Iterator[Message]:
        """One case after another; what stands alone comes between its commands."""
        while True:
            for its in case(chance, lambda: business_date(self.system.clock.now())):
                yield its
                if chance.random() < ALONE_SHARE:
                    yield chance.choice(ALONE)(chance)


class Subscriber:
    """Another party: pika, a durable queue of its own, acknowledging what it has noted.

    It owes what comes behind position `since`, at which the log stood when it was `ready`.
    """

    def __init__(self, amqp_url: str) -> None:
        self._amqp_url = amqp_url
        self.since = 0
        self.positions: set[int] = set()
        self.deliveries = 0
        self.ready = Event()
        self._stop = Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def has_all_up_to(self, position: int) -> bool:
        return len([its for its in self.positions.copy() if its > self.since]) >= (
            position - self.since
        )

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(15)

    def _run(self) -> None:
        while not self._stop.is_set():
            with suppress(AMQPError, OSError):
                self._consume()
            self._stop.wait(0.3)

    def _consume(self) -> None:
        parameters = pika.URLParameters(f"{self._amqp_url}?heartbeat=4&socket_timeout=3")
        with pika.BlockingConnection(parameters) as connection:
            channel = connection.channel()
            channel.exchange_declare(EXCHANGE, "topic", durable=True)
            # Classic: pika waits for ever when it consumes from a quorum queue that is still
            # coming back after its only node was killed (RabbitMQ 3.10).
            channel.queue_declare(QUEUE, durable=True)
            channel.queue_bind(QUEUE, EXCHANGE, "#")
            channel.basic_qos(prefetch_count=100)
            self.ready.set()
            for method, _, body in channel.consume(QUEUE, inactivity_timeout=0.2):
                if self._stop.is_set():
                    return
                if method is not None:
                    self.positions.add(int(json.loads(body)["sequence"]))
                    self.deliveries += 1
                    channel.basic_ack(method.delivery_tag)
