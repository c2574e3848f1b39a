"""A publicity activity of a point: recorded by it, confirmed or returned by the bureau."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from services.assessment.domain.context import Context
from services.assessment.domain.days import EARLIEST, refuse_day
from shared.contracts.assessment import commands, events
from shared.contracts.assessment.vocabulary.duties import PublicityStatus
from shared.contracts.transitions import Transitions, decide_by


@dataclass(frozen=True)
class Publicity:
    """held_on: as it was recorded last"""

    status: PublicityStatus = PublicityStatus.ABSENT
    publicity_id: str = ""
    point_id: str = ""
    division: str = ""
    held_on: dt.date = EARLIEST


@dataclass(frozen=True)
class Record:
    """RecordPublicity with the point that has done it, and where that is."""

    command: commands.RecordPublicity
    point_id: str
    division: str


def record(_: Publicity, command: Record, context: Context) -> list[Any]:
    given = command.command
    refuse_day("held_on", given.held_on, context)
    return [
        events.PublicityRecorded(
            publicity_id=given.publicity_id,
            point_id=command.point_id,
            division=command.division,
            held_on=given.held_on,
            form=given.form,
            subject=given.subject,
            audience=given.audience,
            account=given.account,
        )
    ]


def confirm(state: Publicity, _: commands.ConfirmPublicity, __: Context) -> list[Any]:
    return [
        events.PublicityConfirmed(
            publicity_id=state.publicity_id, point_id=state.point_id, held_on=state.held_on
        )
    ]


def send_back(state: Publicity, command: commands.ReturnPublicity, _: Context) -> list[Any]:
    return [events.PublicityReturned(publicity_id=state.publicity_id, reasons=command.reasons)]


_S = PublicityStatus

TRANSITIONS: Transitions = {
    (_S.ABSENT, Record): record,
    (_S.RETURNED, Record): record,
    (_S.RECORDED, commands.ConfirmPublicity): confirm,
    (_S.RECORDED, commands.ReturnPublicity): send_back,
}


def decide(state: Publicity, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Publicity, event: Any) -> Publicity:
    match event:
        case events.PublicityRecorded():
            return Publicity(
                status=_S.RECORDED,
                publicity_id=event.publicity_id,
                point_id=event.point_id,
                division=event.division,
                held_on=event.held_on,
            )
        case events.PublicityConfirmed():
            return replace(state, status=_S.CONFIRMED)
        case events.PublicityReturned():
            return replace(state, status=_S.RETURNED)
    raise TypeError(f"publicity knows nothing of {type(event).__name__}")
