"""A projector follows the log to its head."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.pools import pool
from services.registry.views import APPLICATIONS
from shared.eventlog.collecting import collect_seldom
from shared.eventlog.store import EventLog
from shared.projections.projector import Projector


def measure(log_url: str, models_url: str) -> dict[str, Any]:
    """Events taken in, and the seconds from the first page to the last commit."""
    with pool(log_url) as log_connections, pool(models_url) as connections:
        log = EventLog("registry", log_connections)
        projector = Projector(APPLICATIONS, connections)
        projector.install({"registry": log.read})
        collect_seldom()
        begin = time.perf_counter()
        for page in log.event_pages(projector.checkpoint("registry")):
            projector.apply("registry", page)
        seconds = time.perf_counter() - begin
        return {"count": projector.checkpoint("registry"), "seconds": seconds}
