"""The procedure of a retirement: facts told, statement and defence, deliberation, announcement.

`PATHS` says what each ground asks for (rules.md section 3, retirement and procedure).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.registry.domain import limits
from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from services.registry.domain.day import refuse_day
from services.registry.domain.limits import Limits
from services.registry.domain.quorum import refuse_no_meeting
from shared.contracts.errors import Refused
from shared.contracts.limits import TimeLimit
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import (
    LimitName,
    Resolution,
    RetirementGround,
    RetirementStatus,
)
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Path:
    """What a ground asks for.

    must: once its facts are established, the point cannot be kept
    defence: the facts are told and the point may state its case before it is decided
    """

    must: bool
    defence: bool


_G = RetirementGround
PATHS: Mapping[RetirementGround, Path] = {
    _G.DISHONEST_DEBTOR: Path(must=True, defence=True),
    _G.SERIOUS_ILLEGALITY: Path(must=True, defence=True),
    _G.LEAKING: Path(must=True, defence=True),
    _G.ABUSING_TITLE: Path(must=True, defence=True),
    _G.FALSE_PAPERS: Path(must=True, defence=True),
    _G.INVENTED_CLUE: Path(must=True, defence=True),
    # Nothing is reproached to it, so there is nothing to defend against.
    _G.WOUND_UP: Path(must=False, defence=False),
    _G.OWN_WISH: Path(must=False, defence=False),
    _G.TERM_OVER: Path(must=True, defence=True),
    _G.INACTIVE_YEAR: Path(must=False, defence=True),
    _G.NO_LONGER_QUALIFIED: Path(must=False, defence=True),
}


@dataclass(frozen=True)
class Retirement:
    """`heard_on`: the day of its last statement, or on which it has waived it."""

    status: RetirementStatus = RetirementStatus.ABSENT
    retirement_id: str = ""
    point_id: str = ""
    ground: RetirementGround = RetirementGround.OWN_WISH
    opened_on: dt.date = dt.date.min
    told_on: dt.date = dt.date.min
    heard_on: dt.date = dt.date.min
    limits: Limits = field(default_factory=dict)

    @property
    def statement_limit(self) -> TimeLimit | None:
        """Within which the point may state its case."""
        return self.limits.get((LimitName.STATEMENT, None))


@dataclass(frozen=True)
class Open:
    """OpenRetirement, or the part of MergePoint and EndTerm that opens one."""

    retirement_id: str
    point_id: str
    ground: RetirementGround
    facts: str


@dataclass(frozen=True)
class Complete:
    """Part of RetirePoint."""


def open_retirement(_: Retirement, command: Open, context: Context) -> list[Any]:
    return [
        events.RetirementOpened(
            retirement_id=command.retirement_id,
            point_id=command.point_id,
            ground=command.ground,
            opened_on=context.today,
            facts=command.facts,
        )
    ]


def tell_facts(
    state: Retirement, command: commands.TellRetirementFacts, context: Context
) -> list[Any]:
    """The days for a statement count from when it is on record, so that no date shortens them."""
    refuse_day("told_on", command.told_on, state.opened_on, context)
    return [
        events.RetirementFactsTold(
            retirement_id=state.retirement_id,
            point_id=state.point_id,
            told_on=command.told_on,
            means=command.means,
            limit=context.limit(context.settings.defence_days),
        )
    ]


def record_statement(
    state: Retirement, command: commands.RecordStatement, context: Context
) -> list[Any]:
    """A statement made in time may be recorded later; what came too late is not one."""
    refuse_day("made_on", command.made_on, state.told_on, context)
    limit = state.statement_limit
    if limit is not None and limit.has_passed(command.made_on):
        raise Refused(Reason.STATEMENT_TOO_LATE, f"the limit ended {limit.due_on}", ["made_on"])
    return [
        events.StatementRecorded(
            retirement_id=state.retirement_id,
            point_id=state.point_id,
            made_on=command.made_on,
            statement=command.statement,
        )
    ]


def waive_statement(
    state: Retirement, command: commands.WaiveStatement, context: Context
) -> list[Any]:
    return [
        events.StatementWaived(
            retirement_id=state.retirement_id,
            point_id=state.point_id,
            waived_on=context.today,
            evidence=command.evidence,
        )
    ]


def decide_retirement(
    state: Retirement, command: commands.DecideRetirement, context: Context
) -> list[Any]:
    _refuse_unheard(state, command.held_on)
    refuse_no_meeting(command, context)
    refuse_day("held_on", command.held_on, state.opened_on, context)
    if command.resolution is Resolution.RETIRE and not command.facts_hold:
        raise Refused(Reason.FACTS_NOT_ESTABLISHED, "nobody retires without facts", ["facts_hold"])
    if command.resolution is Resolution.KEEP and not _may_keep(state.ground, command.facts_hold):
        raise Refused(Reason.MUST_RETIRE, f"{state.ground} leaves no choice", ["resolution"])
    return [
        events.RetirementDecided(
            retirement_id=state.retirement_id,
            point_id=state.point_id,
            held_on=command.held_on,
            members=command.members,
            present=command.present,
            minutes=command.minutes,
            facts_hold=command.facts_hold,
            resolution=command.resolution,
            reasons=command.reasons,
        )
    ]


def _may_keep(ground: RetirementGround, facts_hold: bool) -> bool:
    """A point whose term is over goes, whatever is thought of it: it could have been renewed."""
    return ground is not _G.TERM_OVER and not (facts_hold and PATHS[ground].must)


def _refuse_unheard(state: Retirement, held_on: dt.date) -> None:
    """Raise Refused for a meeting before the point was told, and heard or had its time to answer.

    The meeting comes on a later day, so that it has before it what the point has said.
    """
    if not PATHS[state.ground].defence:
        return
    limit, at = state.statement_limit, ["held_on"]
    if limit is None:
        raise Refused(Reason.FACTS_NOT_TOLD, "the facts have not been told to the point")
    if limit.has_passed(held_on):
        return
    if state.status is RetirementStatus.HEARD:
        if held_on <= state.heard_on:
            raise Refused(Reason.MEETING_TOO_EARLY, f"it was heard on {state.heard_on}", at)
    elif limit.provisional and held_on > limit.due_on:
        raise Refused(Reason.LIMIT_PROVISIONAL, f"its last day {limit.due_on} may yet move", at)
    else:
        raise Refused(Reason.STATEMENT_OPEN, f"it may state its case until {limit.due_on}", at)


def complete(state: Retirement, _: Complete, __: Context) -> list[Any]:
    return [events.RetirementCompleted(retirement_id=state.retirement_id, point_id=state.point_id)]


_S = RetirementStatus
TRANSITIONS: Transitions = {
    **correcting(RetirementStatus),
    (_S.ABSENT, Open): open_retirement,
    (_S.OPENED, commands.TellRetirementFacts): tell_facts,
    (_S.FACTS_TOLD, commands.RecordStatement): record_statement,
    (_S.FACTS_TOLD, commands.WaiveStatement): waive_statement,
    (_S.HEARD, commands.RecordStatement): record_statement,
    (_S.OPENED, commands.DecideRetirement): decide_retirement,
    (_S.FACTS_TOLD, commands.DecideRetirement): decide_retirement,
    (_S.HEARD, commands.DecideRetirement): decide_retirement,
    (_S.TO_RETIRE, Complete): complete,
    **limits.recomputing(_S.FACTS_TOLD, _S.HEARD),
}


def decide(state: Retirement, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Retirement, event: Any) -> Retirement:
    match event:
        case events.RetirementOpened():
            return Retirement(
                _S.OPENED, event.retirement_id, event.point_id, event.ground, event.opened_on
            )
        case events.RetirementFactsTold():
            told = limits.opened(state.limits, LimitName.STATEMENT, event.limit)
            return replace(state, status=_S.FACTS_TOLD, told_on=event.told_on, limits=told)
        case events.StatementRecorded():
            heard_on = max(state.heard_on, event.made_on)
            return replace(state, status=_S.HEARD, heard_on=heard_on)
        case events.StatementWaived():
            return replace(state, status=_S.HEARD, heard_on=event.waived_on)
        case events.RetirementDecided():
            retires = event.resolution is Resolution.RETIRE
            return replace(state, status=_S.TO_RETIRE if retires else _S.KEPT)
        case events.RetirementEnded():
            return replace(state, status=_S.KEPT)
        case events.RetirementCompleted():
            return replace(state, status=_S.RETIRED)
        case events.LimitMoved():
            return replace(state, limits=limits.moved(state.limits, event))
        case events.RecordCorrected():
            return state
    raise TypeError(f"a retirement knows nothing of {type(event).__name__}")
