"""How a unit leaves its batch before it is designated: taken back, or struck off by a meeting.

Rules of selection: deliberation and what undoes it are decisions of a meeting, with minutes, a
quorum and grounds; a hard stop found after the review is such a ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain import review
from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.quorum import refuse_no_meeting
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus, Departure, RejectionStage
from shared.contracts.transitions import Transitions

_S = ApplicationStatus
STRIKABLE = (_S.QUALIFIED, _S.RESERVE, _S.LISTED, _S.ON_NOTICE)
"""Where a review has found the unit qualified and nobody has designated it."""
WITHDRAWABLE = (_S.SUBMITTED, _S.SUPPLEMENTING, _S.UNDER_REVIEW, *STRIKABLE)
"""An application can be taken back until its unit is a point."""


@dataclass(frozen=True)
class LeaveNotice:
    """Part of WithdrawApplication or StrikeOff: a unit on notice is no candidate any more."""

    application_id: str
    departure: Departure


def withdraw(
    state: Application, command: commands.WithdrawApplication, context: Context
) -> list[Any]:
    return [
        events.ApplicationWithdrawn(
            application_id=state.application_id,
            withdrawn_on=context.today,
            reasons=command.reasons,
        )
    ]


def strike_off(state: Application, command: commands.StrikeOff, context: Context) -> list[Any]:
    """Raises Refused without a quorum, Invalid for a ground that only an objection gives."""
    refuse_no_meeting(command, context)
    review.refuse_ground_of_notice(command.grounds)
    return [
        events.ApplicationRejected(
            application_id=state.application_id,
            stage=RejectionStage.STRIKING_OFF,
            grounds=command.grounds,
            reasons=command.reasons,
        )
    ]


TRANSITIONS: Transitions = {
    **{(status, commands.WithdrawApplication): withdraw for status in WITHDRAWABLE},
    **{(status, commands.StrikeOff): strike_off for status in STRIKABLE},
}
"""The application's transitions of this part; `application.TRANSITIONS` has all of them."""
