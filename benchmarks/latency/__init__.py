"""From a command to an outside subscriber, through the processes of the registry as they run.

The command is OpenBatch, one event. Commands are due at a fixed rate; the time counts from when a
command was due, so that one that waits for another to be sent is not made to look fast. It ends
when a plain pika consumer of the public events has the event in its hands.
"""

from __future__ import annotations

import statistics

from benchmarks.child import run
from benchmarks.figures import Figure
from benchmarks.latency.subscriber import Subscriber
from benchmarks.repetitions import Say
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Milliseconds, median and 99th percentile at each rate; the rates take turns."""
    say("command_to_subscriber: starting the registry")
    environment = servers.start_registry()
    measured: dict[int, list[tuple[float, float]]] = {rate: [] for rate in sizes.rates}
    for repetition in range(1, sizes.rate_repetitions + 1):
        for rate in sizes.rates:
            say(
                f"command_to_subscriber: {rate} commands/s,"
                f" {repetition} of {sizes.rate_repetitions}"
            )
            taken = _milliseconds(
                environment["JIANDU_AMQP_URL"],
                environment["JIANDU_CONSOLE_KEY_FILE"],
                rate,
                sizes.rate_seconds,
            )
            percentiles = statistics.quantiles(taken, n=100, method="inclusive")
            measured[rate].append((percentiles[49], percentiles[98]))
    return [
        Figure(
            f"command_to_subscriber_{rate}_{name}",
            "ms",
            statistics.median(pair[place] for pair in pairs),
        )
        for rate, pairs in measured.items()
        for place, name in enumerate(("p50", "p99"))
    ]


def _milliseconds(amqp_url: str, key_file: str, rate: int, seconds: float) -> list[float]:
    with Subscriber(amqp_url) as subscriber:
        sent = run(
            "latency.sending", amqp_url=amqp_url, key_file=key_file, rate=rate, seconds=seconds
        )["due"]
        arrived = subscriber.wait_for(sent)
    return [1_000 * (arrived[command] - due) for command, due in sent.items()]
