"""From the rows of the log to a read model in PostgreSQL, as the log role keeps it live.

ours   the registry's model `applications`, a page of the log at a time
peer   eventsourcing's ProjectionRunner with PostgreSQL tracking: a transaction for each event
limit  reading the same pages in the leanest way we know, and counting their events by type
"""

from __future__ import annotations

from benchmarks.child import rate
from benchmarks.figures import Figure
from benchmarks.filling import fill_numbered
from benchmarks.history import history
from benchmarks.repetitions import Say, interleaved
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Events per second."""
    with servers.log_database() as log:
        say("projection: filling the log")
        fill_numbered(log.owner_url, history(sizes.projection))

        def ours() -> float:
            with servers.log_database() as models:
                return rate(
                    "projection.ours", log_url=log.runtime_url, models_url=models.runtime_url
                )

        def peer() -> float:
            with servers.empty_database() as database:
                return rate(
                    "projection.runner", url=database.owner_url, events=sizes.projection_peer
                )

        medians = interleaved(
            "projection",
            {
                "ours": ours,
                "peer": peer,
                "limit": lambda: rate("projection.counting", url=log.runtime_url),
            },
            sizes.repetitions,
            say,
        )
    return [Figure("projection", "events/s", medians["ours"], medians["peer"], medians["limit"])]
