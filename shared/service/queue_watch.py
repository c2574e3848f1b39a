"""Shows how much waits in the service's queues, where RabbitMQ's management API may be asked."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Event

import structlog

from shared.messaging.topology import dead_letter_queue, rpc_queue, subscription_queue
from shared.observability import broker_queues, metrics

LOOK_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class QueueWatch:
    """Looks every few seconds; a management API that does not answer harms nobody."""

    def __init__(self, management_url: str, amqp_url: str, queues: Iterable[str]) -> None:
        self._management_url, self._amqp_url = management_url, amqp_url
        self._queues = tuple(queues)
        self._silent = False

    def run(self, stop: Event) -> None:
        """Until `stop`."""
        while not stop.is_set():
            self.look()
            stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Ask once and show it; show nothing when there is no answer."""
        try:
            found = broker_queues.depths(self._management_url, self._amqp_url, self._queues)
        except broker_queues.QueuesUnknown as unknown:
            if not self._silent:
                _log.warning("queues.unknown", error=str(unknown))
            self._silent = True
            metrics.QUEUE_MESSAGES.clear()
            return
        self._silent = False
        for queue, depth in found.items():
            metrics.QUEUE_MESSAGES.labels(queue, "ready").set(depth.ready)
            metrics.QUEUE_MESSAGES.labels(queue, "unacked").set(depth.unacked)


def queues_of(service: str, sources: Iterable[str]) -> list[str]:
    """The queues that a service reads, and the dead letters of each."""
    own = [rpc_queue(service)]
    for source in sources:
        own += [subscription_queue(service, source), dead_letter_queue(service, source)]
    return own
