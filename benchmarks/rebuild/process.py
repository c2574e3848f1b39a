"""One rebuild of the registry's model `applications`, from a log that ends at `size`."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.pools import pool
from services.registry.views import APPLICATIONS
from shared.contracts.stored import RecordedEvent
from shared.eventlog.collecting import collect_seldom
from shared.eventlog.store import LARGEST_PAGE, EventLog
from shared.projections.projector import Projector


def measure(log_url: str, models_url: str, size: int) -> dict[str, Any]:
    """Events, seconds from the call to the swap, and the largest resident size in MiB."""
    with pool(log_url) as log_connections, pool(models_url) as connections:
        log = EventLog("registry", log_connections)

        def feed(after: int) -> Sequence[RecordedEvent]:
            return log.read(after, min(LARGEST_PAGE, size - after)) if after < size else []

        projector = Projector(APPLICATIONS, connections)
        projector.install({"registry": feed})
        collect_seldom()
        begin = time.perf_counter()
        projector.rebuild({"registry": feed})
        seconds = time.perf_counter() - begin
        if projector.checkpoint("registry") != size:
            raise RuntimeError("the rebuild did not reach the end")
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"count": size, "seconds": seconds, "peak_mib": peak_kib / 1024}
