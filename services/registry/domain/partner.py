"""A body that works along with the bureau: it reads and recommends, until that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class PartnerStatus(StrEnum):
    ABSENT = "absent"
    REGISTERED = "registered"
    ENDED = "ended"


@dataclass(frozen=True)
class Partner:
    status: PartnerStatus = PartnerStatus.ABSENT
    division: str = ""
    name: str = ""


def register(_: Partner, command: commands.RegisterPartnerBody, context: Context) -> list[Any]:
    return [
        events.PartnerBodyRegistered(
            partner_id=command.partner_id,
            division=command.division,
            name=command.name,
            kind=command.kind,
            duties=command.duties,
            registered_on=context.today,
        )
    ]


def end(_: Partner, command: commands.EndPartnership, context: Context) -> list[Any]:
    return [
        events.PartnershipEnded(
            partner_id=command.partner_id, ended_on=context.today, reason=command.reason
        )
    ]


TRANSITIONS: Transitions = {
    **correcting(PartnerStatus),
    (PartnerStatus.ABSENT, commands.RegisterPartnerBody): register,
    (PartnerStatus.REGISTERED, commands.EndPartnership): end,
}


def decide(state: Partner, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Partner, event: Any) -> Partner:
    match event:
        case events.PartnerBodyRegistered():
            return Partner(PartnerStatus.REGISTERED, event.division, event.name)
        case events.PartnershipEnded():
            return replace(state, status=PartnerStatus.ENDED)
        case events.RecordCorrected():
            return state
    raise TypeError(f"a partner knows nothing of {type(event).__name__}")
