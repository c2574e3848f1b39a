"""The peer: what nameko's documentation shows, with a row written by each call."""

# ruff: noqa: E402 - the standard library is patched before anything else is imported
from __future__ import annotations

import os

import eventlet

eventlet.monkey_patch()
os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"

import time
from typing import Any

from eventlet.event import Event
from nameko.containers import ServiceContainer
from nameko.events import event_handler

from benchmarks.pools import Pool, pool
from benchmarks.subscription.waiting import CONSUMER, EVENT_TYPE, HANDLER, SOURCE

_WORKERS = 10
_LONGEST_SECONDS = 300.0
_COLUMNS = ("point_id", "division", "industry_group", "size", "channel")


def measure(url: str, amqp_url: str, events: int) -> dict[str, Any]:
    """Messages handled, and the seconds from the container's start to the last row."""
    done = Event()
    with pool(url, most=_WORKERS) as connections:
        _make_table(connections)
        container = ServiceContainer(
            _service(connections, events, done), {"AMQP_URI": amqp_url, "max_workers": _WORKERS}
        )
        begin = time.perf_counter()
        container.start()
        with eventlet.Timeout(_LONGEST_SECONDS):
            done.wait()
        seconds = time.perf_counter() - begin
        container.stop()
    return {"count": events, "seconds": seconds}


def _make_table(connections: Pool) -> None:
    with connections.connection() as connection:
        connection.execute(
            "CREATE TABLE points (point_id text PRIMARY KEY, division text NOT NULL,"
            " industry_group text NOT NULL, size text NOT NULL, channel text NOT NULL,"
            " active boolean NOT NULL)"
        )


def _service(connections: Pool, events: int, done: Event) -> type:
    class Assessment:
        name = CONSUMER
        handled = 0

        @event_handler(SOURCE, EVENT_TYPE)  # type: ignore[untyped-decorator]
        def on_designated(self, payload: dict[str, Any]) -> None:
            with connections.connection() as connection:
                connection.execute(
                    "INSERT INTO points VALUES (%s, %s, %s, %s, %s, true)"
                    " ON CONFLICT (point_id) DO NOTHING",
                    [payload["public"][name] for name in _COLUMNS],
                )
            Assessment.handled += 1
            if Assessment.handled == events:
                done.send()

    assert hasattr(Assessment, HANDLER)
    return Assessment
