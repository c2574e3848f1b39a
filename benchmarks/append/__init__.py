"""Commands into the log from one and from eight processes, each command in one transaction.

ours   EventLog.append: versions, idempotency, ledger queue, leaf; as the api role does it
peer   eventsourcing's PostgreSQL recorder as it is set up by default: a table lock for each append
limit  INSERT of the same rows into a table with a primary key and nothing else
"""

from __future__ import annotations

from benchmarks.child import rate
from benchmarks.figures import Figure
from benchmarks.repetitions import Say, interleaved
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes

EVENTS_A_BATCH = 50


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Events per second."""
    shapes = {
        "append_1_writer": (1, sizes.append_one, 1),
        "append_8_writers": (8, sizes.append_eight, 1),
        "append_8_writers_batch50": (8, sizes.append_batches, EVENTS_A_BATCH),
    }
    return [_figure(name, servers, *shape, sizes, say) for name, shape in shapes.items()]


def _figure(
    name: str,
    servers: Servers,
    writers: int,
    commands: int,
    events_each: int,
    sizes: Sizes,
    say: Say,
) -> Figure:
    def measure(kind: str) -> float:
        with servers.log_database() as database:
            return rate(
                "append.crew",
                kind=kind,
                owner_url=database.owner_url,
                url=database.runtime_url,
                writers=writers,
                commands=commands,
                events_each=events_each,
            )

    kinds = {"ours": "ours", "peer": "recorder", "limit": "raw"}
    medians = interleaved(
        name,
        {variant: lambda kind=kind: measure(kind) for variant, kind in kinds.items()},  # type: ignore[misc]
        sizes.repetitions,
        say,
    )
    return Figure(name, "events/s", medians["ours"], medians["peer"], medians["limit"])
