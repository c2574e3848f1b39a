"""A source and a read model in memory: what a subscription stands between."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from shared.messaging.publisher import Outgoing, PipelinedPublisher
from shared.messaging.subscription import LogSubscription
from shared.messaging.topology import internal_exchange
from tests.messaging.waiting import wait_until

SOURCE, CONSUMER = "registry", "assessment"


def event(position: int) -> dict[str, Any]:
    """The event that the source has at a position."""
    return {
        "position": position,
        "type": "PointDesignated",
        "stream": f"point-{position % 7}",
        "source": SOURCE,
    }


class SourceLog:
    """A log with feed and head, and a courier that delivers only what it is told to."""

    def __init__(self, amqp_url: str, length: int = 0) -> None:
        self.length = length
        self.feed_broken = False
        self.feed_calls: list[tuple[int, int]] = []
        self._publisher = PipelinedPublisher(amqp_url, exchanges=[internal_exchange(SOURCE)])

    def feed(self, after: int, limit: int) -> list[dict[str, Any]]:
        self.feed_calls.append((after, limit))
        if self.feed_broken:
            raise ConnectionError("the source does not answer")
        return [
            event(position) for position in range(after + 1, min(after + limit, self.length) + 1)
        ]

    def head(self) -> int:
        if self.feed_broken:
            raise ConnectionError("the source does not answer")
        return self.length

    def append(self, count: int) -> list[int]:
        """Lengthen the log without a word to the broker; return the new positions."""
        first = self.length + 1
        self.length += count
        return list(range(first, self.length + 1))

    def deliver(self, positions: Iterable[int]) -> None:
        """Publish these events, in this order, as often as they stand there."""
        self.deliver_raw(orjson.dumps(event(position)) for position in positions)

    def deliver_raw(self, bodies: Iterable[bytes]) -> None:
        """Publish these bodies."""
        self._publisher.publish(
            Outgoing(internal_exchange(SOURCE), "PointDesignated", body, "m", "t", 0)
            for body in bodies
        )


class ReadModel:
    """Keeps the positions applied; can be told to fail."""

    def __init__(self) -> None:
        self.applied: list[int] = []
        self.batches: list[int] = []
        self.poison: int | None = None
        self.attempts = 0

    def checkpoint(self) -> int:
        return len(self.applied)

    def apply(self, batch: list[dict[str, Any]]) -> int:
        self.attempts += 1
        positions = [each["position"] for each in batch]
        assert positions[0] == len(self.applied) + 1, "not at checkpoint + 1"
        assert positions == list(range(positions[0], positions[0] + len(positions)))
        if self.poison in positions:
            raise ValueError(f"cannot apply {self.poison}")
        self.applied += positions
        self.batches.append(len(positions))
        return len(self.applied)

    def wait_for(self, checkpoint: int, seconds: float = 15.0) -> None:
        wait_until(lambda: self.checkpoint() >= checkpoint, seconds, f"checkpoint {checkpoint}")
        assert self.applied == list(range(1, checkpoint + 1))


@contextmanager
def following(
    log: SourceLog, model: ReadModel, amqp_url: str, head_interval: float = 60.0, **options: Any
) -> Iterator[LogSubscription]:
    """A running subscription; stopped, within bounds, at the end of the block."""
    subscription = LogSubscription(
        CONSUMER,
        SOURCE,
        amqp_url,
        log.feed,
        log.head,
        model.apply,
        model.checkpoint,
        head_interval=head_interval,
        **options,
    )
    stop = threading.Event()
    thread = threading.Thread(target=subscription.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield subscription
    finally:
        stop.set()
        thread.join(6.0)
        assert not thread.is_alive(), "did not stop"
