"""What follows from a finding, and when a case may be closed (rules.md section 2, outcome)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.days import refuse_day
from services.clues.domain.limits import has_passed, running, watch
from shared.contracts.clues import commands, events
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import (
    DOCUMENTS,
    ClueFinding,
    ClueLimit,
    ClueStatus,
    OutcomeKind,
)
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions

_K = OutcomeKind


@dataclass(frozen=True)
class CloseWithMain:
    """Part of CloseClue: a clue that was joined shares finding and outcomes of the main one."""

    main_clue_id: str
    finding: ClueFinding
    outcomes: tuple[OutcomeKind, ...]
    summary: str


def record_outcome(state: Clue, command: commands.RecordOutcome, context: Context) -> list[Any]:
    _refuse_ill_said(command)
    if state.finding is ClueFinding.UNSUBSTANTIATED:
        raise Refused(Reason.NOT_SUBSTANTIATED, "nothing follows from the finding", ["kind"])
    if command.outcome_id in state.outcomes:
        raise Refused(Reason.ALREADY_EXISTS, "that outcome is on record", ["outcome_id"])
    ignored: tuple[str, ...] = ()
    if command.kind is _K.SUPERVISION_DECISION:
        ignored = _ignored_opinions(state, context)
    return [
        events.OutcomeRecorded(
            clue_id=state.clue_id,
            outcome_id=command.outcome_id,
            kind=command.kind,
            document_number=command.document_number,
            persons=command.persons,
            supersedes=ignored,
            details=command.details,
            complying=_complying(command.kind, context),
        )
    ]


def _refuse_ill_said(command: commands.RecordOutcome) -> None:
    if command.kind is _K.REFUND:
        raise Invalid.one("kind", "not_allowed", "order refunds in the ledger")
    needs_number, needs_persons = command.kind in DOCUMENTS, command.kind is _K.DISCIPLINE
    for name, needed in (("document_number", needs_number), ("persons", needs_persons)):
        given = getattr(command, name) is not None
        if needed and not given:
            raise Invalid.one(name, "missing", f"{command.kind} has it")
        if given and not needed:
            raise Invalid.one(name, "not_allowed", f"{command.kind} has none")


def _complying(kind: OutcomeKind, context: Context) -> WatchedLimit | None:
    if kind is _K.SUPERVISION_OPINION:
        return watch(context, context.settings.correction_days, working=False)
    if kind is _K.SUPERVISION_DECISION:
        return watch(context, context.settings.report_days, working=False)
    return None


def _ignored_opinions(state: Clue, context: Context) -> tuple[str, ...]:
    """Opinions that were not followed in time. Raises Refused where there are none."""
    ignored = [
        key
        for key, its in state.outcomes.items()
        if its.kind is _K.SUPERVISION_OPINION and not its.complied and not its.superseded
    ]
    if not ignored:
        raise Refused(Reason.OPINION_FIRST, "give a supervision opinion first", ["kind"])
    for key in ignored:
        if (ClueLimit.CORRECTION, key) in state.stopped:
            raise Refused(Reason.LIMIT_PAUSED, "the days to correct it are stopped", ["kind"])
        its = running(state.limits, ClueLimit.CORRECTION, key)
        if its is not None and not has_passed(its.span, context.today):
            raise Refused(Reason.CORRECTION_RUNNING, f"until {its.span.due_on}", ["kind"])
    return tuple(ignored)


def record_compliance(
    state: Clue, command: commands.RecordCompliance, context: Context
) -> list[Any]:
    its = state.outcomes.get(command.outcome_id)
    if its is None:
        raise Refused(Reason.OUTCOME_UNKNOWN, "no such outcome", ["outcome_id"])
    if its.complied or its.superseded:
        raise Refused(Reason.NOTHING_CHANGES, "nothing is asked by it any more", ["outcome_id"])
    refuse_day("complied_on", command.complied_on, state.since, context)
    return [
        events.ComplianceRecorded(
            clue_id=state.clue_id,
            outcome_id=command.outcome_id,
            complied_on=command.complied_on,
            account=command.account,
        )
    ]


def close(state: Clue, command: commands.CloseClue, context: Context) -> list[Any]:
    """Never with an ordered refund unpaid, nor with an order that is not followed.

    Money that was verified and is not ordered needs reasons, which stay on record.
    """
    assert state.finding is not None
    if not state.ledger.settled:
        raise Refused(Reason.REFUND_UNPAID, "an ordered refund is not paid")
    if any(not (its.complied or its.superseded) for its in state.outcomes.values()):
        raise Refused(Reason.COMPLIANCE_OPEN, "an opinion or decision is not followed yet")
    outcomes = outcomes_of(state)
    if state.finding is not ClueFinding.UNSUBSTANTIATED and not outcomes:
        raise Refused(Reason.OUTCOME_MISSING, "nothing has followed from the finding")
    closed = _closed(state, state.finding, outcomes, command.summary, context)
    return [*_left_unordered(state, command.unordered_reasons), closed]


def _left_unordered(state: Clue, reasons: str | None) -> list[Any]:
    unordered = state.ledger.unordered
    if unordered and reasons is None:
        told = f"{unordered} fen are verified and not ordered"
        raise Refused(Reason.REFUND_NOT_ORDERED, told, ["unordered_reasons"])
    if reasons is None:
        return []
    if not unordered:
        raise Invalid.one("unordered_reasons", "not_allowed", "all that is verified is ordered")
    return [events.RefundsLeftUnordered(clue_id=state.clue_id, amount=unordered, reasons=reasons)]


def outcomes_of(state: Clue) -> tuple[OutcomeKind, ...]:
    """What came of it in this round, each kind once, in the vocabulary's order."""
    found = {its.kind for its in state.outcomes.values()}
    if state.ledger.ordered_anew:
        found.add(_K.REFUND)
    return tuple(kind for kind in _K if kind in found)


def close_with_main(state: Clue, command: CloseWithMain, context: Context) -> list[Any]:
    closed = _closed(state, command.finding, command.outcomes, command.summary, context)
    return [replace(closed, main_clue_id=command.main_clue_id)]


def _closed(
    state: Clue,
    finding: ClueFinding,
    outcomes: tuple[OutcomeKind, ...],
    summary: str,
    context: Context,
) -> events.ClueClosed:
    return events.ClueClosed(
        clue_id=state.clue_id,
        main_clue_id=None,
        finding=finding,
        outcomes=outcomes,
        summary=summary,
        feedback=watch(context, context.settings.feedback_days),
    )


_S = ClueStatus

TRANSITIONS: Transitions = {
    (_S.VERIFIED, commands.RecordOutcome): record_outcome,
    (_S.VERIFIED, commands.RecordCompliance): record_compliance,
    (_S.VERIFIED, commands.CloseClue): close,
    (_S.JOINED, CloseWithMain): close_with_main,
}
