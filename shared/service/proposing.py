"""Commands that a service sends itself once a day has come that no limit of a stream runs to.

What has been kept long enough, say, follows from figures that change and from rows that have lain
still for years; so it is looked for, and not written down beforehand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
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
"""(rows of the read models, the settings, today): what is due now, a part at a time."""


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

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            self.look()
            stop.wait(LOOK_SECONDS)

    def look(self) -> None:
        """Carry out all that is due now; what is refused is not tried again by this process.

        Does nothing before the read models are there.
        """
        today = business_date(self._clock.now())
        for propose in self._proposes:
            try:
                due = list(propose(self._rows, self._standing, today))
            except psycopg.errors.UndefinedTable:
                continue
            for its in due:
                self._once(its)

    def _once(self, its: Proposed) -> None:
        if its.command_id in self._refused:
            return
        try:
            self._act(its.command, its.command_id, its.command_id, None)
        except (Refused, NotFound) as why:
            self._refused.add(its.command_id)
            reason = why.reason if isinstance(why, Refused) else why.kind
            _log.info("proposal.refused", type=type(its.command).__name__, reason=reason)

    def _rows(self, query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
        with (
            self._connections.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            return cursor.execute(query.encode(), named or parameters, prepare=False).fetchall()
