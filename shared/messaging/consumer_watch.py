"""Whether a nameko service hears its requests: its broker connected, its consumers running."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from shared.messaging.queue_consumer import HardenedQueueConsumer


class ConsumerState:
    """Filled in by the service once it is set up; to be asked from anywhere in its process."""

    def __init__(self) -> None:
        self.queue_consumer: HardenedQueueConsumer | None = None

    def reason(self) -> str | None:
        """Why no request is heard, or None."""
        if self.queue_consumer is None:
            return "not started yet"
        consumers = list(self.queue_consumer._consumers.values())
        if not consumers:
            return "not consuming"
        if not all(_is_connected(consumer) for consumer in consumers):
            return "the broker is not connected"
        return None


class ConsumerWatch(DependencyProvider):  # type: ignore[misc]
    """An attribute of the service class that fills in `state`."""

    queue_consumer = HardenedQueueConsumer()

    def __init__(self, state: ConsumerState) -> None:
        super().__init__()
        self._state = state

    def setup(self) -> None:
        """The queue consumer is shared with the service's entrypoints."""
        self._state.queue_consumer = self.queue_consumer


def _is_connected(consumer: Any) -> bool:
    # A connection that was lost takes itself off its channels.
    connection = getattr(consumer.channel, "connection", None)
    return bool(connection is not None and connection.connected)
