"""`jiandu audit verify` of a live log, with signed checkpoints, in one process.

ours   shared.eventlog.audit.verify: every leaf from its row, the tree, order, checkpoints
limit  the same rows read in the leanest way, parsed, put into canonical JSON and hashed
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
        say("verify: filling the log")
        fill_numbered(log.owner_url, history(sizes.verify))
        medians = interleaved(
            "verify",
            {
                "ours": lambda: rate("verify.ours", url=log.runtime_url),
                "limit": lambda: rate("verify.hashing", url=log.runtime_url),
            },
            sizes.repetitions,
            say,
        )
    return [Figure("verify", "events/s", medians["ours"], None, medians["limit"])]
