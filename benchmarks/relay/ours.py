"""The relay of a service: numbers all that waits, then publishes it page by page."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.pools import pool
from benchmarks.relay.wire import SERVICE
from shared.clock import SystemClock
from shared.contracts.registry.events import EVENTS
from shared.eventlog.collecting import collect_seldom
from shared.eventlog.relay import Relay
from shared.eventlog.store import EventLog
from shared.service.both_forms import BothForms


def measure(url: str, amqp_url: str) -> dict[str, Any]:
    """Messages confirmed, and the seconds from the first numbering to the last confirm."""
    with pool(url) as connections:
        log = EventLog(SERVICE, connections)
        relay = Relay(url, log, SystemClock(), BothForms(SERVICE, EVENTS, amqp_url))
        if not relay.lead():
            raise RuntimeError("another relay leads")
        collect_seldom()
        begin = time.perf_counter()
        while relay.number():
            pass
        while relay.publish_page():
            pass
        seconds = time.perf_counter() - begin
        relay.step_down()
        if log.unnumbered() or log.published() != log.head():
            raise RuntimeError("the relay left something")
        return {"count": 2 * log.head(), "seconds": seconds}
