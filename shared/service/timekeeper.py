"""Turns limits whose day has ended into commands of the service, each once (invariant 14).

The leader of the `log` role looks at the rows of running limits by business time. What it finds
due it carries out under an id made of the limit and its day: a twin, or the leader that comes
after a fallen one, does the same command again and changes nothing. A row stays until the event
that ends it is projected, so time-keeping that was down finds all that fell due meanwhile.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow, class_row
from psycopg_pool import ConnectionPool

from shared.clock import Clock
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.working_days import WorkingDays
from shared.observability.telling import describe
from shared.service.alarms import PROVISIONAL, TIMEKEEPER
from shared.service.limit_rows import TABLE, WHOLE
from shared.service.standing import Standing
from shared.service.timekeeping import RunningLimit, Timekeeping
from shared.service.worker_states import WorkerState

Connections = ConnectionPool[psycopg.Connection[TupleRow]]

Act = Callable[[Any, str, str, str | None], None]
"""(command, command id, correlation id, cause): carries out a command of the service."""

LOOK_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 300.0
FAILURES_TO_TELL = 3
"""So many in a row are no hiccup any more."""
PAGE = 500

_log = structlog.get_logger(__name__)


class LimitStuck(RuntimeError):
    """A limit has fallen due and its command fails again and again."""


@dataclass
class _Failure:
    times: int
    until: float
    told: str


class Timekeeper:
    """Keeps the limits of one service; one at work at a time is enough, two do no harm."""

    def __init__(
        self,
        timekeeping: Timekeeping,
        connections: Connections,
        standing: Standing,
        act: Act,
        clock: Clock,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timekeeping, self._connections, self._standing = timekeeping, connections, standing
        self._act, self._clock, self._now = act, clock, now
        self.model = timekeeping.model.name
        self._table = f"readmodel.{self.model}_{TABLE}"
        self._counted_by: WorkingDays | None = None
        self._done: set[str] = set()
        self._failures: dict[str, _Failure] = {}

    def run(self, stop: Event) -> None:
        """Look again and again until `stop`. Raises LimitStuck once a command keeps failing."""
        while not stop.is_set():
            self.look()
            self._raise_stuck()
            stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Carry out all that is due now, the longest due first, and count anew what may be.

        Raises psycopg.errors.UndefinedTable before the read model is installed for the first time.
        """
        seen = {*self._carry_out_fallen(), *self._count_anew()}
        # What is no longer due is forgotten: its row has moved on.
        self._done &= seen
        self._failures = {key: its for key, its in self._failures.items() if key in seen}

    def states(self) -> list[WorkerState]:
        """How many limits have fallen due and are not done, and how many are provisional.

        Raises psycopg.errors.UndefinedTable as `look` does.
        """
        query = (
            "SELECT count(*) FILTER (WHERE due_on < %s AND NOT provisional"  # noqa: S608
            " AND name = ANY (%s))::int,"
            f" count(*) FILTER (WHERE provisional)::int FROM {self._table}"
        )
        today = business_date(self._clock.now())
        with self._connections.connection() as connection:
            row = connection.execute(
                query.encode(), (today, list(self._timekeeping.fallen)), prepare=False
            ).fetchone()
        fallen, provisional = row or (0, 0)
        return [WorkerState(TIMEKEEPER, lag=fallen), WorkerState(PROVISIONAL, lag=provisional)]

    def _carry_out_fallen(self) -> Iterator[str]:
        """What has fallen due for certain; a provisional limit waits until it is counted anew."""
        today = business_date(self._clock.now())
        for limit in self._rows("due_on < %(today)s AND NOT provisional", today=today):
            command_for = self._timekeeping.fallen.get(limit.name)
            if command_for is not None:
                key = limit.command_id()
                yield key
                self._once(key, limit, command_for)

    def _count_anew(self) -> Iterator[str]:
        """Limits that the calendar of now gives another day, or the same one for certain.

        Under a calendar that is new here all are looked at, later the provisional ones.
        """
        calendar = self._timekeeping.calendar(self._standing)
        is_new, failed = calendar is not self._counted_by, False
        for limit in self._rows("working_days IS NOT NULL" if is_new else "provisional"):
            due = limit.due(calendar)
            if (due.day, due.provisional) != (limit.due_on, limit.provisional):
                key = limit.command_id(limit.provisional, due.day, due.provisional)
                yield key
                self._once(key, limit, self._timekeeping.recompute)
                failed = failed or key in self._failures
        if not failed:
            self._counted_by = calendar

    def _once(self, key: str, limit: RunningLimit, command_for: Callable[..., Any]) -> None:
        failure = self._failures.get(key)
        if key in self._done or (failure is not None and self._now() < failure.until):
            return
        try:
            self._act(command_for(limit), key, key, None)
        except Refused as refused:
            if refused.reason not in self._timekeeping.tolerates:
                self._failed(key, limit, f"refused: {refused.reason}")
                return
            _log.info("limit.past", stream=limit.stream, limit=limit.name, reason=refused.reason)
        except psycopg.OperationalError:
            raise  # the database is away: that is nothing of this limit's
        except Exception as error:
            _log.exception("limit.broke", stream=limit.stream, limit=limit.name)
            self._failed(key, limit, describe(error))
            return
        self._done.add(key)
        self._failures.pop(key, None)

    def _failed(self, key: str, limit: RunningLimit, told: str) -> None:
        times = self._failures[key].times + 1 if key in self._failures else 1
        pause = min(2.0**times, LONGEST_PAUSE_SECONDS)
        about = f"{limit.name} of {limit.stream}, due {limit.due_on}: {told}"
        self._failures[key] = _Failure(times, self._now() + pause, about)
        _log.warning("limit.failed", stream=limit.stream, limit=limit.name, error=told, times=times)

    def _raise_stuck(self) -> None:
        stuck = [its.told for its in self._failures.values() if its.times >= FAILURES_TO_TELL]
        if stuck:
            raise LimitStuck(f"{len(stuck)} limits cannot be carried out, first {stuck[0]}")

    def _rows(self, condition: str, **values: dt.date) -> Iterator[RunningLimit]:
        """Rows by day, a page at a time, so that those that fail hold none of the others up."""
        behind: dict[str, Any] = {"day": dt.date.min, "stream": "", "name": "", "about": ""}
        while True:
            page = self._page(condition, {**behind, **values})
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1]
            behind = {
                "day": last.due_on,
                "stream": last.stream,
                "name": last.name,
                "about": last.about or WHOLE,
            }

    def _page(self, condition: str, values: dict[str, Any]) -> list[RunningLimit]:
        query = (
            f"SELECT stream, name, nullif(about, '{WHOLE}') AS about, due_on,"  # noqa: S608 - ours
            f" counted_from, working_days, provisional FROM {self._table}"
            f" WHERE {condition} AND (due_on, stream, name, about)"
            " > (%(day)s, %(stream)s, %(name)s, %(about)s)"
            f" ORDER BY due_on, stream, name, about LIMIT {PAGE}"
        )
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=class_row(RunningLimit)) as cursor,
        ):
            # Not prepared: a rebuild puts another table under the name.
            return cursor.execute(query.encode(), values, prepare=False).fetchall()
