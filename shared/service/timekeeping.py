"""What a service's limits lead to: the declaration that its timekeeper works by."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.reasons import Reason
from shared.contracts.working_days import Due, WorkingDays
from shared.projections.model import Model
from shared.service.standing import Standing

_NAMESPACE = uuid.UUID("0a4c1ab8-5f55-5f0e-8f0b-6a3f3d0f2c47")

DONE_ALREADY = frozenset({Reason.WRONG_STATE, Reason.LIMIT_RUNNING, Reason.NOTHING_CHANGES})
"""Refusals that mean that somebody was faster, or that the row is older than the stream."""


@dataclass(frozen=True)
class RunningLimit:
    """A row of the service's limits. `about` is None for a limit of the whole stream.

    due_on: its last day; counted_from, working_days: None where no calendar can move it
    """

    stream: str
    name: str
    about: str | None
    due_on: dt.date
    counted_from: dt.date | None
    working_days: int | None
    provisional: bool

    @property
    def identifier(self) -> str:
        """The id of the thing that the stream is of."""
        return self.stream.partition("-")[2]

    def command_id(self, *of: object) -> str:
        """Always the same for a limit and its day, so whoever finds it due does it once.

        And another for what comes due next of it, though a corrected table give it the same day.
        """
        counted = (self.counted_from, self.working_days)
        named = (self.stream, self.name, self.about or "", self.due_on.isoformat(), *counted, *of)
        return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, named))))

    def due(self, calendar: WorkingDays) -> Due:
        """When it is due by a calendar."""
        if self.counted_from is None or self.working_days is None:
            return Due(self.due_on, provisional=False)
        return calendar.due(self.counted_from, self.working_days)


CommandFor = Callable[[RunningLimit], Any]


@dataclass(frozen=True)
class Timekeeping:
    """A service's limits.

    model: its read model of running limits (`limit_rows.limits_model`)
    fallen: limit's name -> the command that it leads to, made of its row alone
    recompute: the command that counts a limit anew
    calendar: the working calendar as the service has it
    tolerates: refusals by which nothing is left to do
    """

    model: Model
    fallen: Mapping[str, CommandFor]
    recompute: CommandFor
    calendar: Callable[[Standing], WorkingDays]
    tolerates: frozenset[Reason] = DONE_ALREADY
