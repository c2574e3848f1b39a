"""What the next steps of an application depend on, and what is said of each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.registry.domain.examination import Examination
from services.registry.domain.recusal import Panel
from services.registry.domain.settings import Settings
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Check,
    DocumentKind,
    Finding,
    Recommendation,
    UnitKind,
)


@dataclass(frozen=True)
class OpenObjection:
    """An objection that is not decided.

    due_on: None where no limit runs; provisional: whether that day may yet move
    """

    due_on: dt.date | None
    extended: bool
    provisional: bool = False


@dataclass(frozen=True)
class Facts:
    """What the next steps of an application depend on, on the day `today`.

    places_left: how many applications the batch can still list
    notice_ends: last day of its time on notice, if it stands on one
    notice_differs: the notice shows other data of the unit than are on record
    objections: those to it that are open
    examination: recusals, resolutions, votes and opinions on record
    panel: the batch's review group as this application meets it, if there is one
    quorum_percent: share of votes that must be exceeded
    settings: the figures that its review goes by
    supplement_due: last day on which a supplement that was asked for may come
    supplement_provisional: whether that day may yet move
    reserves_before: how many reserves stand before it, if it is one
    terms_used_up: the unit has been a point for as many terms in a row as there may be
    documents_missing: kinds without which the formal check does not pass
    """

    status: ApplicationStatus
    recommendation: Recommendation
    unit_kind: UnitKind
    findings: Mapping[Check, Finding]
    today: dt.date
    places_left: int
    notice_ends: dt.date | None = None
    notice_differs: bool = False
    objections: tuple[OpenObjection, ...] = ()
    examination: Examination = field(default_factory=Examination)
    panel: Panel | None = None
    quorum_percent: int = 50
    settings: Settings = field(default_factory=Settings)
    reserves_before: int = 0
    supplement_due: dt.date | None = None
    supplement_provisional: bool = False
    terms_used_up: bool = False
    documents_missing: tuple[DocumentKind, ...] = ()


@dataclass(frozen=True)
class Step:
    """One command, possible or not.

    reason: why it is not possible
    needs: what is missing, by code or as a day; of a possible one, what it must bring along
    variant: the conclusion, where the command has several
    """

    command: str
    possible: bool
    reason: Reason | None = None
    needs: tuple[str, ...] = ()
    variant: str | None = None
