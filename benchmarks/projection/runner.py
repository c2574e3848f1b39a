"""The peer: a projection of `eventsourcing`, run as its documentation shows.

Its view keeps less than ours: an application's status, version and time, by one upsert for each
event, in the transaction that tracks the event.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from benchmarks.history import history
from benchmarks.servers import eventsourcing_settings

_LONGEST_SECONDS = 300.0
_LOOK_SECONDS = 0.02
_EVENTS_A_SAVE = 500


@dataclass(frozen=True)
class Happened(DomainEvent):
    """One of the registry's events, with its clear values."""

    type: str
    data: dict[str, Any]


class Registry(Application[UUID]):
    """The application that has recorded them."""


class ApplicationsView(PostgresTrackingRecorder):
    """A table of applications beside the tracking table."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS applications (application_id uuid PRIMARY KEY,"
                " status text NOT NULL, version bigint NOT NULL, changed_at timestamptz NOT NULL)"
            ).format()
        )

    def put(self, event: Happened, tracking: Tracking) -> None:
        """The event's row and its tracking, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                "INSERT INTO applications VALUES (%s, %s, %s, %s) ON CONFLICT (application_id)"
                " DO UPDATE SET status = excluded.status, version = excluded.version,"
                " changed_at = excluded.changed_at",
                (event.originator_id, event.type, event.originator_version, event.timestamp),
                prepare=True,
            )


class Applications(Projection[ApplicationsView]):
    """Every event moves its application's row on."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Called by the runner for each event."""
        self.view.put(domain_event, tracking)


def measure(url: str, events: int) -> dict[str, Any]:
    """Events processed, and the seconds from the runner's start to the last one."""
    settings = dict(eventsourcing_settings(url))
    with Registry(settings) as registry:
        _record(registry, events)
        last = registry.recorder.max_notification_id()
    begin = time.perf_counter()
    with ProjectionRunner(
        application_class=Registry,
        projection_class=Applications,
        view_class=ApplicationsView,
        env=settings,
    ) as runner:
        until = begin + _LONGEST_SECONDS
        while runner.view.max_tracking_id("Registry") != last:
            if runner.is_interrupted.wait(_LOOK_SECONDS) or time.perf_counter() > until:
                raise RuntimeError("the projection did not reach the end")
        seconds = time.perf_counter() - begin
    return {"count": events, "seconds": seconds}


def _record(registry: Registry, events: int) -> None:
    happened = [registry.mapper.to_stored_event(event) for event in _happened(events)]
    for first in range(0, len(happened), _EVENTS_A_SAVE):
        registry.recorder.insert_events(happened[first : first + _EVENTS_A_SAVE])


def _happened(events: int) -> Iterator[Happened]:
    for event in history(events):
        yield Happened(
            originator_id=UUID(event.stream.partition("-")[2]),
            originator_version=event.version,
            timestamp=event.occurred_at,
            type=event.type,
            data=event.clear(),
        )
