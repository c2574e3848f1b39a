"""Verification: its steps, more time for it, pauses in which no time counts, and its finding."""

from __future__ import annotations

from typing import Any

from services.clues.domain.clue_state import Clue
from services.clues.domain.context import Context
from services.clues.domain.days import refuse_day
from services.clues.domain.limits import has_passed, left_of, longer, running, watch, watch_rest
from services.clues.domain.pausing import refuse_while_stopped
from shared.contracts.clues import commands, events
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import ClueLimit, ClueStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions

_L = ClueLimit


def start(state: Clue, _: commands.StartVerification, context: Context) -> list[Any]:
    if not state.handlers:
        raise Refused(Reason.NOT_ASSIGNED, "nobody handles it yet")
    refuse_while_stopped(state)
    verification = watch(context, context.settings.verification_days)
    return [events.VerificationStarted(clue_id=state.clue_id, verification=verification)]


def take_step(state: Clue, command: commands.TakeVerificationStep, context: Context) -> list[Any]:
    _refuse_others(state, context)
    if command.step_id in state.steps:
        raise Refused(Reason.ALREADY_EXISTS, "that step is on record", ["step_id"])
    refuse_day("taken_on", command.taken_on, state.since, context)
    return [
        events.VerificationStepTaken(
            clue_id=state.clue_id,
            step_id=command.step_id,
            taken_on=command.taken_on,
            means=command.means,
            account=command.account,
        )
    ]


def extend(state: Clue, command: commands.ExtendClueVerification, context: Context) -> list[Any]:
    its = _extendable(state, _L.VERIFICATION, context)
    days = context.settings_on(its.span.counted_from).verification_extension_days
    return [
        events.ClueVerificationExtended(
            clue_id=state.clue_id,
            verification=longer(context, its, days),
            reasons=command.reasons,
        )
    ]


def extend_case(state: Clue, command: commands.ExtendCase, context: Context) -> list[Any]:
    its = _extendable(state, _L.OVERALL, context)
    days = context.settings_on(its.span.counted_from).overall_extension_days
    return [
        events.CaseExtended(
            clue_id=state.clue_id, overall=longer(context, its, days), reasons=command.reasons
        )
    ]


def _extendable(state: Clue, name: ClueLimit, context: Context) -> WatchedLimit:
    """Once, and before it has passed."""
    if name in state.extended:
        raise Refused(Reason.EXTENDED_ALREADY, f"{name} was extended before")
    if (name, None) in state.stopped:
        raise Refused(Reason.LIMIT_PAUSED, f"{name} is stopped")
    its = running(state.limits, name)
    if its is None or has_passed(its.span, context.today):
        raise Refused(Reason.LIMIT_PASSED, f"{name} does not run any more")
    return its


def pause(state: Clue, command: commands.PauseVerification, context: Context) -> list[Any]:
    """Limits that have passed are not stopped: their alarms go on."""
    left = {
        name: left_of(its.span, context.today, context.calendar)
        for name in (_L.VERIFICATION, _L.OVERALL)
        for its in [running(state.limits, name)]
        if its is not None and not has_passed(its.span, context.today)
    }
    if _L.VERIFICATION not in left:
        raise Refused(Reason.LIMIT_PASSED, "the verification's limit has passed")
    return [
        events.VerificationPaused(
            clue_id=state.clue_id,
            paused_on=context.today,
            stops=tuple(left),
            days_left=tuple(left.values()),
            ground=command.ground,
            reasons=command.reasons,
        )
    ]


def resume(state: Clue, command: commands.ResumeVerification, context: Context) -> list[Any]:
    """What was left runs from the next day on."""
    rest = {name: watch_rest(context, *stopped) for name, stopped in state.paused.items()}
    return [
        events.VerificationResumed(
            clue_id=state.clue_id,
            verification=rest[_L.VERIFICATION],
            overall=rest.get(_L.OVERALL),
            reasons=command.reasons,
        )
    ]


def conclude(state: Clue, command: commands.ConcludeVerification, context: Context) -> list[Any]:
    _refuse_others(state, context)
    if not state.steps:
        raise Refused(Reason.NO_STEPS_TAKEN, "no step of the verification is on record")
    return [
        events.ClueVerified(
            clue_id=state.clue_id,
            finding=command.finding,
            facts=command.facts,
            basis=command.basis,
        )
    ]


def _refuse_others(state: Clue, context: Context) -> None:
    if context.actor_id not in state.handlers:
        raise Refused(Reason.NOT_HANDLER, "others handle it")


_S = ClueStatus
_RUNNING = (_S.ACCEPTED, _S.REFERRED, _S.ANSWERED, _S.VERIFYING, _S.VERIFIED)

TRANSITIONS: Transitions = {
    (_S.ACCEPTED, commands.StartVerification): start,
    (_S.ANSWERED, commands.StartVerification): start,
    (_S.VERIFYING, commands.TakeVerificationStep): take_step,
    (_S.VERIFYING, commands.ExtendClueVerification): extend,
    **{(status, commands.ExtendCase): extend_case for status in _RUNNING},
    (_S.VERIFYING, commands.PauseVerification): pause,
    (_S.PAUSED, commands.ResumeVerification): resume,
    (_S.VERIFYING, commands.ConcludeVerification): conclude,
}
