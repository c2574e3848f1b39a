"""A read model built anew from logs of three sizes, and the memory that takes.

Each rebuild runs in a process of its own, whose largest resident size is told by the kernel.
"""

from __future__ import annotations

import statistics

from benchmarks.child import run
from benchmarks.figures import Figure
from benchmarks.filling import fill_numbered
from benchmarks.history import history
from benchmarks.repetitions import Say
from benchmarks.servers import Servers
from benchmarks.sizes import Sizes


def figures(servers: Servers, sizes: Sizes, say: Say) -> list[Figure]:
    """Events per second and MiB for each size; the sizes take turns."""
    rates: dict[str, list[float]] = {name: [] for name, _ in sizes.rebuild}
    peaks: dict[str, list[float]] = {name: [] for name, _ in sizes.rebuild}
    with servers.log_database() as log:
        say(f"rebuild: filling the log with {sizes.rebuild[-1][1]:,} events")
        fill_numbered(log.owner_url, history(sizes.rebuild[-1][1]))
        for repetition in range(1, sizes.rebuild_repetitions + 1):
            for name, size in sizes.rebuild:
                say(f"rebuild_{name}: {repetition} of {sizes.rebuild_repetitions}")
                with servers.log_database() as models:
                    measured = run(
                        "rebuild.process",
                        log_url=log.runtime_url,
                        models_url=models.runtime_url,
                        size=size,
                    )
                rates[name].append(measured["count"] / measured["seconds"])
                peaks[name].append(measured["peak_mib"])
    return [
        *(Figure(f"rebuild_{name}", "events/s", statistics.median(rates[name])) for name in rates),
        *(Figure(f"rebuild_{name}_peak", "MiB", statistics.median(peaks[name])) for name in peaks),
    ]
