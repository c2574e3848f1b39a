"""From committed to confirmed by the broker, each event in both forms.

ours   number, read, render and publish, with the service's own relay
peer   kombu's producer with confirms: it waits for the broker's answer to each message
limit  py-amqp publishing pipelined what was rendered before: the same messages, nothing else

The broker is the same for all: a quorum queue takes what goes to each of the two exchanges.
"""

from __future__ import annotations

from benchmarks.child import rate
from benchmarks.figures import Figure
from benchmarks.filling import fill_waiting
from benchmarks.history import history
from benchmarks.relay.wire import declare_receivers
from benchmarks.repetitions import Say, interleaved
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Messages per second, two for each event."""

    def ours() -> float:
        with servers.log_database() as database, servers.vhost() as amqp_url:
            declare_receivers(amqp_url)
            fill_waiting(database.owner_url, history(sizes.relay))
            return rate("relay.ours", url=database.runtime_url, amqp_url=amqp_url)

    def other(kind: str, events: int) -> float:
        with servers.vhost() as amqp_url:
            declare_receivers(amqp_url)
            return rate(f"relay.{kind}", amqp_url=amqp_url, events=events)

    medians = interleaved(
        "relay",
        {
            "ours": ours,
            "peer": lambda: other("kombu_confirms", sizes.relay_peer),
            "limit": lambda: other("pipelined", sizes.relay),
        },
        sizes.repetitions,
        say,
    )
    return [Figure("relay", "messages/s", medians["ours"], medians["peer"], medians["limit"])]
