"""A subscription feeds the model as the log role lets it."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import structlog

from benchmarks.pools import pool
from benchmarks.subscription.waiting import CONSUMER, SOURCE
from services.assessment.views import COVERAGE
from shared.eventlog.collecting import collect_seldom
from shared.messaging.subscription import LogSubscription
from shared.projections.projector import Projector
from shared.service.following import applier

_LONGEST_SECONDS = 300.0
_HEAD_INTERVAL = 3_600.0


class Silent(Exception):
    """The source's api does not answer."""


def measure(url: str, amqp_url: str, events: int) -> dict[str, Any]:
    """Messages applied, and the seconds from the subscription's start to the last commit."""
    # That the source is silent is told as an error each time; here it is meant.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    stop = threading.Event()
    with pool(url) as connections:
        projector = Projector(COVERAGE, connections)
        projector.install({SOURCE: lambda _: []})
        apply, checkpoint = applier([projector], SOURCE)

        def apply_and_look(batch: list[dict[str, Any]]) -> int:
            position = apply(batch)
            if position >= events:
                stop.set()
            return position

        subscription = LogSubscription(
            consumer=CONSUMER,
            source=SOURCE,
            amqp_url=amqp_url,
            feed=_silent_feed,
            head=_silent_head,
            apply=apply_and_look,
            checkpoint=checkpoint,
            head_interval=_HEAD_INTERVAL,
        )
        guard = threading.Timer(_LONGEST_SECONDS, stop.set)
        guard.start()
        collect_seldom()
        begin = time.perf_counter()
        subscription.run(stop)
        seconds = time.perf_counter() - begin
        guard.cancel()
        if checkpoint() != events:
            raise RuntimeError(f"the subscription came to {checkpoint()} of {events}")
    return {"count": events, "seconds": seconds}


def _silent_feed(after: int, limit: int) -> list[dict[str, Any]]:
    raise Silent


def _silent_head() -> int:
    raise Silent
