"""An invented service with limits: books are lent for working days, and asked back when over."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from psycopg_pool import ConnectionPool

from shared.contracts.errors import Refused
from shared.contracts.fields import Day, Identifier, Pattern
from shared.contracts.limits import TimeLimit, time_limit
from shared.contracts.message import Part, Vocabulary, define, public
from shared.contracts.stored import RecordedEvent, Trace, store
from shared.contracts.working_days import WorkingDays
from shared.projections.projector import Projector
from shared.service.limit_rows import closes, eve_of, limits_model, opens, opens_on
from shared.service.timekeeper import Timekeeper
from shared.service.timekeeping import RunningLimit, Timekeeping
from shared.service.working_calendar import calendar
from tests.eventlog.making import AClock

EVENTS = Vocabulary("lending", "event")


@define(EVENTS)
class BookLent:
    loan_id: str = public(Identifier())
    limit: TimeLimit = public(Part(TimeLimit))
    card_ends_on: dt.date | None = public(Day(allow_none=True))


@define(EVENTS)
class BookReturned:
    loan_id: str = public(Identifier())


@define(EVENTS)
class LimitMoved:
    name: str = public(Pattern(r"[a-z_]+", "a name"))
    about: str | None = public(Identifier(allow_none=True))
    limit: TimeLimit = public(Part(TimeLimit))


MODEL = limits_model(
    "lending",
    EVENTS,
    [
        opens("BookLent", "loan"),
        opens_on("BookLent", "card", eve_of("card_ends_on")),
        closes("BookReturned", "loan", "card"),
    ],
)


@dataclass(frozen=True)
class AskBack:
    loan_id: str


@dataclass(frozen=True)
class Renew:
    loan_id: str


@dataclass(frozen=True)
class CountAnew:
    limit: RunningLimit


@dataclass
class Library:
    """The service's log in memory, its read model, and a timekeeper that works on it."""

    pool: ConnectionPool
    clock: AClock = field(default_factory=AClock)
    known: WorkingDays = field(default_factory=calendar)
    acts: list[tuple[Any, str]] = field(default_factory=list)
    answer: Callable[[Any], None] = lambda command: None
    real: float = 0.0
    position: int = 0
    versions: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.projector = Projector(MODEL, self.pool)
        self.projector.install({"lending": lambda after: []})

    def timekeeper(self) -> Timekeeper:
        """A new one, as a leader that has just begun."""
        keeping = Timekeeping(
            model=MODEL,
            fallen={
                "loan": lambda limit: AskBack(limit.identifier),
                "card": lambda limit: Renew(limit.identifier),
            },
            recompute=CountAnew,
            calendar=lambda standing: self.known,
        )
        standing: Any = None  # the calendar above needs none
        return Timekeeper(keeping, self.pool, standing, self._act, self.clock, lambda: self.real)

    def lend(
        self, since: dt.date, days: int, card_ends_on: dt.date | None = None
    ) -> tuple[str, TimeLimit]:
        loan_id = str(uuid.uuid4())
        limit = time_limit(self.known, since, days)
        self.happens(loan_id, BookLent(loan_id=loan_id, limit=limit, card_ends_on=card_ends_on))
        return loan_id, limit

    def happens(self, loan_id: str, event: Any) -> None:
        """An event, projected at once."""
        stream = f"loan-{loan_id}"
        self.position += 1
        self.versions[stream] = self.versions.get(stream, 0) + 1
        stored = store(
            event,
            EVENTS.type_of(event),
            log="lending",
            stream=stream,
            version=self.versions[stream],
            occurred_at=self.clock.now(),
            trace=Trace("officer", "officer-1", str(uuid.uuid4()), str(uuid.uuid4())),
            seal=lambda subject, context, plaintext: plaintext,
        )
        recorded = RecordedEvent(self.position, stored.occurred_at, stored)
        self.projector.apply("lending", [recorded])

    def asked(self) -> list[Any]:
        return [command for command, _ in self.acts]

    def _act(self, command: Any, command_id: str, correlation_id: str, cause: str | None) -> None:
        self.acts.append((command, command_id))
        self.answer(command)


def refusing(reason: str) -> Callable[[Any], None]:
    def answer(command: Any) -> None:
        raise Refused(reason)

    return answer
