"""Events and appends for tests of the log, which does not care what they mean."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from shared.contracts.stored import StoredEvent
from shared.eventlog.store import Append, Claim, Release

PATIENCE = 60.0
"""Seconds a condition may take on a busy machine before the test fails."""

NOON = dt.datetime(2026, 1, 5, 4, 0, tzinfo=dt.UTC)


def an_event(
    stream: str, version: int, note: Any = "something", command_id: str = ""
) -> StoredEvent:
    kept = {"salt": "AAAAAAAAAAAAAAAAAAAAAA==", "value": "somebody"}
    return StoredEvent(
        log="registry",
        stream=stream,
        version=version,
        type="SomethingHappened",
        schema_version=1,
        occurred_at=NOON,
        command_id=command_id or str(uuid.uuid4()),
        role="officer",
        withheld={"actor_id": kept, "correlation_id": kept, "causation_id": kept},
        public={"note": note},
        internal={},
        sealed={},
    )


def an_append(
    streams: Mapping[str, int],
    *,
    command_id: str | None = None,
    fingerprint: bytes = b"same",
    each: int = 1,
    claims: Sequence[Claim] = (),
    releases: Sequence[Release] = (),
    result: Mapping[str, Any] | None = None,
) -> Append:
    """A command that adds `each` events to every stream; `streams` says what version each has."""
    identifier = command_id or str(uuid.uuid4())
    return Append(
        command_id=identifier,
        fingerprint=fingerprint,
        result=result or {"command": identifier},
        expected=streams,
        events=[
            an_event(stream, version + step, command_id=identifier)
            for stream, version in streams.items()
            for step in range(1, each + 1)
        ],
        claims=claims,
        releases=releases,
    )


class AClock:
    """A clock that a test sets."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.time = now

    def now(self) -> dt.datetime:
        return self.time


class Courier:
    """A publisher that remembers what it was given, and fails when told to."""

    def __init__(self) -> None:
        self.delivered: list[int] = []
        self.broken: Exception | None = None

    def publish(self, page: Sequence[Any]) -> None:
        if self.broken is not None:
            raise self.broken
        self.delivered += [recorded.position for recorded in page]

    def keep_alive(self) -> None:
        """Nothing to keep."""
