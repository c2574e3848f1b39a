"""Where a clue stands: its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.clues.domain import limits
from services.clues.domain.days import EARLIEST
from services.clues.domain.ledger import Ledger
from services.clues.domain.limits import Limits
from shared.contracts.clues.fields import Span, WatchedLimit
from shared.contracts.clues.vocabulary import (
    ClueFinding,
    ClueKind,
    ClueLimit,
    ClueStatus,
    DeclineGround,
    OutcomeKind,
    Reporting,
    Satisfaction,
)


@dataclass(frozen=True)
class Outcome:
    """complied: the body has followed it, or reported; of a notice and the like it is at once.

    document_number: of what goes to the body as a document
    superseded: a decision has taken the opinion's place
    """

    kind: OutcomeKind
    complied: bool
    document_number: str | None = None
    superseded: bool = False


@dataclass(frozen=True)
class Referral:
    referral_id: str
    unit: str | None
    names_unit: bool
    refusable: Span


@dataclass(frozen=True)
class Clue:
    """A clue's state.

    since: the first day of which anything of it is told: when it happened, or was filed
    handlers, recused: accounts · consent: of the unit concerned, None before it was asked
    paused: the limits that a verification's pause stops, as they ran, and the days left of each
    stopped: the same of the others that wait, each by its name and what it is about
    extended: limits that were, this round
    gathered: the clues handled with it · into: the clue it is handled with
    kin: all it ever was handled with, and the case of retaliation or what that is about
    fed_back_on, told_on: when point and reporter were told, this round
    satisfaction: what the reporter has said of it, this round
    body_unit: the account unit that answers for the body; None: no account does
    """

    status: ClueStatus = ClueStatus.ABSENT
    clue_id: str = ""
    division: str = ""
    kinds: tuple[ClueKind, ...] = ()
    body: str = ""
    since: dt.date = EARLIEST
    point_id: str | None = None
    urgent: bool = False
    reporting: Reporting = Reporting.ANONYMOUS
    reporter_id: str = ""
    by_point: bool = False
    concerns_unit: bool = False
    text: Any = None
    unit_concerned: Any = None
    reporter_name: Any = None
    reporter_phone: Any = None
    retaliation_clue_id: str = ""
    handlers: tuple[str, ...] = ()
    recused: frozenset[str] = frozenset()
    consent: bool | None = None
    referral: Referral | None = None
    body_unit: str | None = None
    steps: frozenset[str] = frozenset()
    finding: ClueFinding | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    limits: Limits = field(default_factory=dict)
    paused: Mapping[ClueLimit, tuple[WatchedLimit, int]] = field(default_factory=dict)
    stopped: Mapping[tuple[ClueLimit, str | None], tuple[WatchedLimit, int]] = field(
        default_factory=dict
    )
    extended: frozenset[ClueLimit] = frozenset()
    gathered: tuple[str, ...] = ()
    into: str = ""
    kin: frozenset[str] = frozenset()
    declined: DeclineGround | None = None
    round: int = 1
    fed_back_on: dt.date | None = None
    told_on: dt.date | None = None
    satisfaction: Satisfaction | None = None

    @property
    def verification(self) -> WatchedLimit | None:
        return limits.running(self.limits, ClueLimit.VERIFICATION)
