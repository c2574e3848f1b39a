"""Commands that a service sends itself once a day has come that no limit of a stream runs to.

What has been kept long enough, say, follows from figures that change and from rows that have lain
still for years; so it is looked for, and not written down beforehand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any

import psycopg
import structlog
from psycopg.rows import TupleRow, dict_row
from psycopg_pool import ConnectionPool

from shared.clock import Clock
from shared.contracts.days import business_date
from shared.contracts.errors import NotFound, Refused
from shared.service.query_bus import Rows
from shared.service.standing import Standing

Connections = ConnectionPool[psycopg.Connection[TupleRow]]
Act = Callable[[Any, str, str, str | None], None]

LOOK_SECONDS = 60.0
"""How often the day is looked at; each day's work is looked for until there is none."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Proposed:
    """A command with the id that it always has, so that it is carried out once."""

    command: Any
    command_id: str


Propose = Callable[[Rows, Standing, dt.date], Iterable[Proposed]]
"""(rows of the read models, the settings, today): all that is due now, looked up as it is used."""

_AT_ONCE = 100
"""What is carried out of one kind before the others have their turn."""


class Proposing:
    """Of one service, in the leader of its `log` role."""

    def __init__(
        self,
        proposes: Iterable[Propose],
        connections: Connections,
        standing: Standing,
        act: Act,
        clock: Clock,
    ) -> None:
        self._proposes, self._connections = tuple(proposes), connections
        self._standing, self._act, self._clock = standing, act, clock
        self._refused: set[str] = set()
        self._refused_on = dt.date.min

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            self.look()
            stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Carry out what is due now, some of each kind; what is refused is tried again tomorrow.

        Does nothing before the read models are there.
        """
        today = business_date(self._clock.now())
        if today != self._refused_on:
            self._refused.clear()
            self._refused_on = today
        for propose in self._proposes:
            with suppress(psycopg.errors.UndefinedTable):
                self._some(propose(self._rows, self._standing, today))

    def _some(self, due: Iterable[Proposed]) -> None:
        done = 0
        for its in due:
            done += self._once(its)
            if done == _AT_ONCE:
                return

    def _once(self, its: Proposed) -> bool:
        """Whether it was carried out."""
        if its.command_id in self._refused:
            return False
        try:
            self._act(its.command, its.command_id, its.command_id, None)
        except (Refused, NotFound) as why:
            self._refused.add(its.command_id)
            reason = why.reason if isinstance(why, Refused) else why.kind
            _log.info("proposal.refused", type=type(its.command).__name__, reason=reason)
            return False
        return True

    def _rows(self, query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            return cursor.execute(query.encode(), named or parameters, prepare=False).fetchall()
