"""Filing, acceptance, assignment, recusal, consent, joining."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.entries import (
    Origin,
    refuse_half_known,
    refuse_own_receipt,
    refuse_strange_day,
    tells_for_itself,
)
from services.clues.domain.limits import watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import ClueStatus, DeclineGround, Reporting
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions


@dataclass(frozen=True)
class File:
    """FileClue, or an entry's part of another command, with how it came in.

    of_clue: the clue whose reporter suffers retaliation
    """

    command: commands.FileClue
    origin: Origin
    of_clue: str | None = None


@dataclass(frozen=True)
class Flag:
    """Part of FlagRetaliation, and of a filing that says so: the case opened for it."""

    retaliation_clue_id: str


@dataclass(frozen=True)
class Gather:
    """Part of JoinClue: another clue is handled with this one."""

    joined_clue_id: str
    recused: frozenset[str]


@dataclass(frozen=True)
class CarryRecusals:
    """Part of a command by which others stay out too: who does, of the clues it belongs with."""

    recused: frozenset[str]


def file(_: Clue, command: File, context: Context) -> list[Any]:
    given, origin, figures = command.command, command.origin, context.settings
    refuse_half_known(given, origin)
    refuse_own_receipt(given, origin)
    refuse_strange_day(given, context)
    days = figures.urgent_acceptance_days if given.urgent else figures.acceptance_days
    return [
        events.ClueFiled(
            clue_id=given.clue_id,
            kinds=given.kinds,
            division=given.division,
            way=origin.way,
            point_id=origin.point_id,
            source_id=origin.source_id,
            hotline_number=origin.hotline_number,
            filed_by=origin.filed_by,
            of_clue=command.of_clue,
            by_point=tells_for_itself(given, origin),
            concerns_unit=given.unit_concerned is not None,
            body=given.body,
            happened_on=given.happened_on,
            amount=given.amount,
            urgent=given.urgent,
            retaliation=given.retaliation,
            reporting=given.reporting,
            reporter_id=given.reporter_id,
            text=given.text,
            place=given.place,
            unit_concerned=given.unit_concerned,
            reporter_name=given.reporter_name,
            reporter_phone=given.reporter_phone,
            acceptance=watch(context, days),
        )
    ]


def flag(state: Clue, command: Flag, _: Context) -> list[Any]:
    if state.retaliation_clue_id:
        raise Refused(Reason.FLAGGED_ALREADY, "a case of its own is open for it")
    return [
        events.RetaliationFlagged(
            clue_id=state.clue_id, retaliation_clue_id=command.retaliation_clue_id
        )
    ]


def accept(state: Clue, _: commands.AcceptClue, context: Context) -> list[Any]:
    return _accepted(state, context)


def _accepted(state: Clue, context: Context) -> list[Any]:
    days = context.settings.overall_days
    overall = watch(context, days, working=False)
    return [events.ClueAccepted(clue_id=state.clue_id, overall=overall)]


def decline(state: Clue, command: commands.DeclineClue, context: Context) -> list[Any]:
    """For want of a lead only what is anonymous: whoever else told it can be asked for more."""
    lacks_lead = command.ground is DeclineGround.NO_CONCRETE_LEAD
    if lacks_lead and state.reporting is not Reporting.ANONYMOUS:
        raise Refused(Reason.REPORTER_KNOWN, "whoever told it can be asked", ["ground"])
    return [
        events.ClueDeclined(
            clue_id=state.clue_id,
            ground=command.ground,
            reasons=command.reasons,
            feedback=watch(context, context.settings.feedback_days),
        )
    ]


def assign(state: Clue, command: commands.AssignClue, _: Context) -> list[Any]:
    for index, account in enumerate(command.handlers):
        if account in state.recused:
            raise Refused(Reason.CASE_RECUSED, f"{account} stays out", [f"handlers[{index}]"])
    if set(command.handlers) == set(state.handlers):
        raise Refused(Reason.NOTHING_CHANGES, "they handle it already", ["handlers"])
    return [events.ClueAssigned(clue_id=state.clue_id, handlers=command.handlers)]


def recuse(state: Clue, command: commands.RecuseOfficer, _: Context) -> list[Any]:
    if command.account_id in state.recused:
        raise Refused(Reason.NOTHING_CHANGES, "they stay out already", ["account_id"])
    return [
        events.OfficerRecused(
            clue_id=state.clue_id,
            account_id=command.account_id,
            tie=command.tie,
            reasons=command.reasons,
        )
    ]


def record_consent(state: Clue, command: commands.RecordConsent, _: Context) -> list[Any]:
    if not state.concerns_unit:
        raise Refused(Reason.NO_UNIT_CONCERNED, "no unit is named that could consent")
    return [
        events.ConsentRecorded(
            clue_id=state.clue_id, given=command.given, evidence=command.evidence
        )
    ]


def join(state: Clue, command: commands.JoinClue, context: Context) -> list[Any]:
    """What was not accepted yet is so with it: whoever told it learns as much as of any other."""
    if command.into_clue_id == state.clue_id:
        raise Invalid.one("into_clue_id", "not_allowed", "a clue is not joined to itself")
    if state.gathered:
        raise Refused(Reason.GATHERS_OTHERS, "others are handled with it: join it the other way")
    if state.ledger.claims:
        raise Refused(Reason.LEDGER_NOT_EMPTY, "refunds are claimed in it")
    joined = events.ClueJoined(
        clue_id=state.clue_id, into_clue_id=command.into_clue_id, reasons=command.reasons
    )
    return [*_accepted(state, context), joined] if state.status is _S.FILED else [joined]


def gather(state: Clue, command: Gather, _: Context) -> list[Any]:
    return [
        events.ClueGathered(
            clue_id=state.clue_id,
            joined_clue_id=command.joined_clue_id,
            recused=tuple(sorted(command.recused)),
        )
    ]


def carry(state: Clue, command: CarryRecusals, _: Context) -> list[Any]:
    """Whatever has become of the clue; those who stay out already are not told again."""
    missing = command.recused - state.recused
    if not missing:
        raise Refused(Reason.NOTHING_CHANGES, "they stay out already")
    return [events.RecusalsCarried(clue_id=state.clue_id, recused=tuple(sorted(missing)))]


_S = ClueStatus
OPEN = (_S.ACCEPTED, _S.REFERRED, _S.ANSWERED, _S.VERIFYING, _S.PAUSED, _S.VERIFIED)
"""While an accepted clue is at work."""
_FILED = tuple(status for status in _S if status is not _S.ABSENT)

TRANSITIONS: Transitions = {
    (_S.ABSENT, File): file,
    **{(status, Flag): flag for status in _FILED},
    **{(status, CarryRecusals): carry for status in _FILED},
    **{(status, commands.RecuseOfficer): recuse for status in _FILED},
    (_S.FILED, commands.AcceptClue): accept,
    (_S.FILED, commands.DeclineClue): decline,
    **{
        (status, command): decision
        for status in (_S.FILED, *OPEN)
        for command, decision in (
            (commands.AssignClue, assign),
            (commands.RecordConsent, record_consent),
        )
    },
    **{(status, commands.JoinClue): join for status in (_S.FILED, _S.ACCEPTED)},
    **{(status, Gather): gather for status in OPEN},
}
