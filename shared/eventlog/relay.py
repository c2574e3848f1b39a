"""The relay: numbers committed commands, then hands the ledger on in order.

One relay of a log works at a time. An advisory lock saves the others the work; safety does not
rest on it but on the ledger's primary key. The lock's own session does all the writing, is
pinged every second and is ended by the server after three idle seconds, so a relay that hangs
loses lock and session together and another goes on.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from threading import Event
from typing import Protocol

import psycopg
import structlog
from psycopg.rows import TupleRow

from shared.clock import Clock
from shared.contracts.stored import RecordedEvent
from shared.eventlog.growth import LOOK_SECONDS, Growth
from shared.eventlog.store import EventLog
from shared.observability import metrics
from shared.observability.telling import describe
from shared.postgres.connect import connect

IDLE_LIMIT = "3s"
POLL_SECONDS = 0.02
QUIET_POLL_SECONDS = 0.1
"""Once nothing was appended for `QUIET_ROUNDS` looks: the first command after a quiet second waits
50 ms more in the mean, and an idle relay costs a fifth of the looks."""
QUIET_ROUNDS = 50
KEEP_ALIVE_SECONDS = 1.0
STANDBY_SECONDS = 0.5
COMMANDS_A_ROUND = 1_000

_log = structlog.get_logger(__name__)


class Publisher(Protocol):
    """How the relay hands events on."""

    def publish(self, page: Sequence[RecordedEvent]) -> None:
        """Publish in order; return once the broker has confirmed all, else raise NotPublished."""

    def keep_alive(self) -> None:
        """Called while there is nothing to publish."""


class NotPublished(Exception):
    """The broker did not confirm; the same events are published again later."""


class Deposed(Exception):
    """Another relay leads, or the session that held the lock is gone."""


class Relay:
    """Numbers and publishes the log `log` found at `url`, as long as it leads.

    Numbering and publishing are two loops, each to be run in a thread of its own: while the
    broker is away, the log is numbered on and its own read models follow.

    `leading` and `standing_by` say where it is; neither, when the database cannot be asked.
    """

    def __init__(self, url: str, log: EventLog, clock: Clock, publisher: Publisher) -> None:
        self._url, self._log, self._clock, self._publisher = url, log, clock, publisher
        self._session: psycopg.Connection[TupleRow] | None = None
        self.leading = self.standing_by = False
        self.growth = Growth()

    def run_numbering(self, stop: Event) -> None:
        """Stand by, lead, and after any failure stand by again, until `stop`."""
        quiet = 0
        while not stop.is_set():
            try:
                if not self.lead():
                    stop.wait(STANDBY_SECONDS)
                elif self.number() > 0:
                    quiet = 0
                else:
                    quiet += 1
                    stop.wait(POLL_SECONDS if quiet < QUIET_ROUNDS else QUIET_POLL_SECONDS)
            except (psycopg.Error, Deposed) as error:
                _log.warning("relay.stepped_down", log=self._log.name, error=describe(error))
                metrics.RELAY_FAILURES.labels(self._log.name, "numbering").inc()
                self.step_down()
                stop.wait(STANDBY_SECONDS)
        self.step_down()

    def run_publishing(self, stop: Event) -> None:
        """Publish what is numbered while this relay leads, until `stop`."""
        while not stop.is_set():
            seen = self.growth.rounds
            try:
                if not self.leading or self.publish_page() == 0:
                    self._rest(seen, stop)
            except (NotPublished, psycopg.Error) as error:
                _log.warning("relay.publish_failed", log=self._log.name, error=describe(error))
                metrics.RELAY_FAILURES.labels(self._log.name, "publishing").inc()
                stop.wait(STANDBY_SECONDS)

    def _rest(self, seen: int, stop: Event) -> None:
        """Until there may be something to publish; the broker is kept company meanwhile."""
        until = time.monotonic() + LOOK_SECONDS
        while time.monotonic() < until and not stop.is_set():
            self._publisher.keep_alive()
            if self.growth.wait(seen, KEEP_ALIVE_SECONDS, stop):
                return

    def lead(self) -> bool:
        """Be the relay of this log, or try to become it; True while this one is."""
        if self.leading:
            return True
        if self._session is None or self._session.closed:
            self._session = connect(self._url, f"jiandu relay {self._log.name}")
            self._session.execute(f"SET idle_session_timeout = '{IDLE_LIMIT}'")
            self._session.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_LIMIT}'")
        row = self._session.execute(
            "SELECT pg_try_advisory_lock(%s)", (relay_lock(self._log.name),)
        ).fetchone()
        self.leading = bool(row and row[0])
        self.standing_by = not self.leading
        metrics.LEADER.labels(self._log.name).set(self.leading)
        if self.leading:
            _log.info("relay.leading", log=self._log.name)
            self.growth.tell()  # what the one before left to do
        return self.leading

    def number(self) -> int:
        """Give positions to waiting commands; returns how many events got one.

        Raises Deposed when another relay has given the same positions first.
        """
        if self._session is None or not self.leading:
            raise Deposed("this relay does not lead")
        begun = time.perf_counter()
        try:
            row = self._session.execute(
                "SELECT eventlog.number(%s, %s)", (COMMANDS_A_ROUND, self._clock.now())
            ).fetchone()
        except psycopg.errors.UniqueViolation:
            raise Deposed("another relay has given these positions") from None
        numbered = int(row[0]) if row else 0
        if numbered:
            self.growth.tell()
            seconds = time.perf_counter() - begun
            metrics.NUMBERING_SECONDS.labels(self._log.name).observe(seconds)
            metrics.EVENTS_NUMBERED.labels(self._log.name).inc(numbered)
        return numbered

    def publish_page(self) -> int:
        """Publish the next page of the ledger; returns how many events it had.

        The mark moves only past what the broker has confirmed, so an event may go out twice
        and is never left out. Raises NotPublished.
        """
        published = self._log.published()
        page = self._log.read(published)
        if page:
            begun = time.perf_counter()
            self._publisher.publish(page)
            self._log.mark_published(published, page[-1].position)
            seconds = time.perf_counter() - begun
            metrics.PUBLISH_SECONDS.labels(self._log.name).observe(seconds)
            metrics.EVENTS_PUBLISHED.labels(self._log.name).inc(len(page))
        return len(page)

    def step_down(self) -> None:
        """Give up lock and session."""
        self.leading = self.standing_by = False
        metrics.LEADER.labels(self._log.name).set(0)
        if self._session is not None:
            self._session.close()
            self._session = None


def relay_lock(log: str) -> int:
    """The advisory lock key of a log's relay."""
    return 0x4A440000_00000000 | zlib.crc32(log.encode())
