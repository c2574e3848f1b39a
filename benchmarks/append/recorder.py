"""The peer: what an `eventsourcing` application calls to record the events of one save.

Its `state` is our body as JSON, made within the append as ours is. It keeps no command, no result
and no leaf.
"""

from __future__ import annotations

from uuid import UUID

import orjson
import psycopg
from eventsourcing.persistence import InfrastructureFactory, TrackingRecorder
from eventsourcing.persistence import StoredEvent as TheirEvent
from eventsourcing.utils import Environment

from benchmarks.servers import RUNTIME, eventsourcing_settings
from shared.contracts.stored import StoredEvent


class Writer:
    """The application recorder that the default settings give."""

    def __init__(self, url: str) -> None:
        self._recorder = _factory(url, create="no").application_recorder()

    @staticmethod
    def make_tables(owner_url: str) -> None:
        """Their tables, which the runtime role may fill."""
        with _factory(owner_url, create="yes") as factory:
            factory.application_recorder()
        with psycopg.connect(owner_url, autocommit=True) as connection:
            for kind in ("TABLES", "SEQUENCES"):
                connection.execute(
                    f"GRANT ALL ON ALL {kind} IN SCHEMA public TO {RUNTIME}".encode()
                )

    def prepare(self, command: list[StoredEvent]) -> list[StoredEvent]:
        """The events themselves."""
        return command

    def append(self, prepared: list[StoredEvent]) -> None:
        """Lock, notify, insert, commit: their pipeline of one transaction."""
        self._recorder.insert_events(
            [
                TheirEvent(
                    originator_id=UUID(event.stream.partition("-")[2]),
                    originator_version=event.version,
                    topic=event.type,
                    state=orjson.dumps(event.body()),
                )
                for event in prepared
            ]
        )


def _factory(url: str, create: str) -> InfrastructureFactory[TrackingRecorder]:
    settings = {**eventsourcing_settings(url), "CREATE_TABLE": create}
    return InfrastructureFactory[TrackingRecorder].construct(Environment("bench", settings))
