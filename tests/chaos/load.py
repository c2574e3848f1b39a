"""A steady load of commands, each sent until it is acknowledged, and a plain subscriber."""

from __future__ import annotations

import json
import random
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

import pika
from pika.exceptions import AMQPError

from shared.access.actor import Actor
from shared.contracts.errors import JianduError
from shared.contracts.roles import Role
from shared.messaging.rpc_client import RemoteError, RpcClient, RpcTimeout, ServiceUnavailable
from shared.service.client import ServiceClient
from tests.system.installation import Installation

OFFICER = Actor("chaos", Role.OFFICER)
ANYBODY = Actor("public", Role.PUBLIC)
DIVISIONS = ("430202", "430203", "430204", "430211", "430223", "430224", "430225")
FIRST_YEAR = 1950
YEARS = 40
PAUSE_SECONDS = 0.06
DEADLINE_SECONDS = 3.0
RETRY_SECONDS = 0.2
QUEUE = "chaos.subscriber"
EXCHANGE = "registry.public.events"


@dataclass(frozen=True)
class Message:
    """A command of the load: whose, of which service, and what it says."""

    actor: Actor
    service: str
    command: str
    payload: dict[str, Any]


def figures(chance: random.Random) -> Message:
    payload = {
        "division": "430200",
        "year": FIRST_YEAR + chance.randrange(YEARS),
        "figures": [
            {"division": division, "market_entities": chance.randrange(1_000_000)}
            for division in chance.sample(DIVISIONS, 3)
        ],
        "reason": "按统计年鉴更正",
    }
    return Message(OFFICER, "registry", "RecordDistrictFigures", payload)


def clue(chance: random.Random) -> Message:
    """Somebody tells of one of a few bodies, so that themes are counted by several at once.

    Its ids are never those of another load, whose seed may be the same.
    """
    payload = {
        "clue_id": str(uuid.uuid4()),
        "reporter_id": str(uuid.uuid4()),
        "way": "form",
        "kinds": chance.sample(("illegal_fine", "inaction", "excessive_inspection"), 2),
        "division": chance.choice(DIVISIONS),
        "body": chance.choice(("市生态环境局", "市应急管理局")),
        "amount": chance.randrange(1, 10_000_000),
        "urgent": chance.random() < 0.1,
        "retaliation": chance.random() < 0.1,
        "reporting": "named",
        "text": "检查时超标罚款。",
        "reporter_name": "赵某",
        "reporter_phone": "13900001111",
        **dict.fromkeys(("happened_on", "place", "unit_concerned")),
    }
    return Message(ANYBODY, "clues", "FileClue", payload)


LOADS = (figures, clue)


class Sender:
    """Sends commands until they are acknowledged; for one thread."""

    def __init__(self, system: Installation) -> None:
        self._system = system
        self._rpc: RpcClient | None = None
        self.told = ""
        """What the command under way was last answered with instead of a result."""

    def send(self, its: Message, stop: Event) -> dict[str, Any] | None:
        """The result; None when `stop` was set before there was one. The id stays the same.

        It has `command_id` and `service` besides what the service tells.
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
                return result | {"command_id": identifier, "service": its.service}
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
    """Several senders at once. While `paused`, none has a command under way."""

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
        while not self._stop.is_set():
            if not self._go.wait(0.2):
                continue
            with self._guard:
                self._busy += 1
            try:
                result = sender.send(chance.choice(LOADS)(chance), self._stop)
            finally:
                with self._guard:
                    self._busy -= 1
            if result is not None:
                with self._guard:
                    self.acknowledged[result["command_id"]] = result
            self._stop.wait(PAUSE_SECONDS)
        sender.close()


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
