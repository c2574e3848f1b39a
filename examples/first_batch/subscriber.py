"""Another government system: a plain pika consumer of the registry's public events.

It knows nothing of this project but the broker's address and the exchange's name. Its queue is
durable and it acknowledges at the very end, so a killed demo loses it nothing: whoever starts
the demo again gets what was delivered before as well.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import pika
import pika.exceptions

from examples.play.trouble import DemoFailed
from shared.contracts.stored import leaf_of_document

EXCHANGE = "registry.public.events"
QUEUE = "demo.outside-subscriber"
LOOK_SECONDS = 0.2


@dataclass
class Received:
    """What came, by position in the log: the event's type, and the leaf worked out from it."""

    types: dict[int, str] = field(default_factory=dict)
    leaves: dict[int, str] = field(default_factory=dict)
    deliveries: int = 0

    def take(self, form: dict[str, Any]) -> None:
        """Note one CloudEvent. Raises KeyError, ValueError when it is none of ours."""
        position, data = int(form["sequence"]), form["data"]
        told_nothing_but_its_leaf = "subject" not in form
        self.types[position] = str(form["type"]).rpartition(".")[2]
        self.leaves[position] = (
            str(data["leaf"]) if told_nothing_but_its_leaf else leaf_of_document(data).hex()
        )
        self.deliveries += 1

    def by_type(self) -> dict[str, int]:
        return dict(Counter(self.types.values()).most_common())


def forget_queue(amqp_url: str) -> None:
    """Take the queue off the broker, where a demo killed in its last moment has left it."""
    try:
        with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
            connection.channel().queue_delete(QUEUE)
    except pika.exceptions.AMQPError as error:
        raise _failed(error) from error


class Subscriber:
    """Listens in a thread of its own from `with` on. `received` is whole once `wait` returns."""

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        self.received = Received()
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._done = False
        self._backlog: int | None = None
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=QUEUE, daemon=True)

    def __enter__(self) -> Subscriber:
        """Return once the queue is bound: from here on nothing that is published is missed."""
        self._thread.start()
        self._wait(lambda: self._backlog is not None, 30.0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(10.0)

    def wait(self, after: int, upto: int, seconds: float) -> Received:
        """What was received, once all positions behind `after` up to `upto` have come.

        Also all that lay in the queue before. Raises DemoFailed when that takes too long.
        """
        wanted = set(range(after + 1, upto + 1))
        self._wait(
            lambda: (
                self.received.deliveries >= (self._backlog or 0)
                and wanted <= self.received.types.keys()
            ),
            seconds,
        )
        return self.received

    def done(self) -> None:
        """What was received is written down: acknowledge it, and take the queue off the broker."""
        self._done = True

    def _wait(self, condition: Callable[[], bool], seconds: float) -> None:
        with self._changed:
            came = self._changed.wait_for(lambda: self._trouble is not None or condition(), seconds)
        if self._trouble is not None:
            raise _failed(self._trouble) from self._trouble
        if not came:
            raise DemoFailed(
                f"外部订阅者在 {seconds:.0f} 秒内没有收全公开事件：请用 make status 查看 "
                "registry 的 log 进程和消息代理",
                f"The outside subscriber did not get all public events within {seconds:.0f} s: "
                "is the registry's log process ready, and the broker?",
            )

    def _run(self) -> None:
        try:
            with pika.BlockingConnection(pika.URLParameters(self._url)) as connection:
                self._listen(connection)
        except Exception as error:  # whatever it was, the waiting thread must hear of it
            with self._changed:
                self._trouble = error
                self._changed.notify_all()

    def _listen(self, connection: Any) -> None:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        declared = channel.queue_declare(QUEUE, durable=True)
        channel.queue_bind(QUEUE, EXCHANGE, routing_key="#")
        with self._changed:
            self._backlog = declared.method.message_count
            self._changed.notify_all()
        channel.basic_consume(QUEUE, self._on_message)
        while not self._stop.is_set():
            connection.process_data_events(time_limit=LOOK_SECONDS)
        if self._done:
            channel.basic_ack(0, multiple=True)
            channel.queue_delete(QUEUE)

    def _on_message(self, _channel: Any, _method: Any, _properties: Any, body: bytes) -> None:
        with self._changed:
            self.received.take(json.loads(body))
            self._changed.notify_all()


def _failed(error: BaseException) -> DemoFailed:
    return DemoFailed(
        f"外部订阅者出错：{error!r}。请用 make status 查看消息代理",
        "The outside subscriber failed: look at the broker with `make status`.",
    )
