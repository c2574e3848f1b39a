"""From the broker into another service's read model; each message is one row.

The messages wait in their queue before the clock starts.

ours   LogSubscription with assessment's model `coverage`; the source's api is silent, so that all
       comes by the broker and nothing by the feed
peer   a stock nameko event_handler that writes the row, a message at a time
limit  a kombu consumer that acknowledges each message and does nothing else, from a queue like ours
"""

from __future__ import annotations

from benchmarks.child import rate
from benchmarks.figures import Figure
from benchmarks.repetitions import Say, interleaved
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes
from benchmarks.subscription.waiting import fill_nameko_queue, fill_subscription


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Messages per second."""

    def ours() -> float:
        with servers.log_database() as database, servers.vhost() as amqp_url:
            fill_subscription(amqp_url, sizes.subscription)
            return rate(
                "subscription.ours",
                url=database.runtime_url,
                amqp_url=amqp_url,
                events=sizes.subscription,
            )

    def peer() -> float:
        with servers.empty_database() as database, servers.vhost() as amqp_url:
            fill_nameko_queue(amqp_url, sizes.subscription_peer)
            return rate(
                "subscription.nameko_handler",
                url=database.owner_url,
                amqp_url=amqp_url,
                events=sizes.subscription_peer,
            )

    def limit() -> float:
        with servers.vhost() as amqp_url:
            queue = fill_subscription(amqp_url, sizes.subscription)
            return rate(
                "subscription.kombu_consumer",
                amqp_url=amqp_url,
                queue=queue,
                events=sizes.subscription,
            )

    medians = interleaved(
        "subscription", {"ours": ours, "peer": peer, "limit": limit}, sizes.repetitions, say
    )
    return [
        Figure("subscription", "messages/s", medians["ours"], medians["peer"], medians["limit"])
    ]
