"""A batch's review group (资格审查小组): its members, its chair, and their declared interests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from services.registry.domain.corrections import correcting
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class ReviewGroupStatus(StrEnum):
    ABSENT = "absent"
    APPOINTED = "appointed"


@dataclass(frozen=True)
class ReviewGroup:
    """A group's state; `interests` has the statements, unopened and in order, of each member and
    of each other person of the bureau who has made one.
    """

    status: ReviewGroupStatus = ReviewGroupStatus.ABSENT
    batch_id: str = ""
    members: frozenset[str] = frozenset()
    interests: Mapping[str, tuple[events.InterestsDeclared, ...]] = field(default_factory=dict)


def appoint(_: ReviewGroup, command: commands.AppointReviewGroup, __: Context) -> list[Any]:
    _refuse_stray_chair(command.member_ids, command.chair)
    return [
        events.ReviewGroupAppointed(
            batch_id=command.batch_id, member_ids=command.member_ids, chair=command.chair
        )
    ]


def change(state: ReviewGroup, command: commands.ChangeReviewGroup, _: Context) -> list[Any]:
    _refuse_stray_chair(command.member_ids, command.chair)
    return [
        events.ReviewGroupChanged(
            batch_id=state.batch_id,
            member_ids=command.member_ids,
            chair=command.chair,
            reasons=command.reasons,
        )
    ]


def declare_interests(
    state: ReviewGroup, command: commands.DeclareInterests, context: Context
) -> list[Any]:
    """Everybody speaks for themselves alone; whom the batch hears is the handler's to ask."""
    if command.member_id != context.actor_id:
        raise Refused(Reason.NOT_A_MEMBER, "people declare their own interests", ["member_id"])
    return [
        events.InterestsDeclared(
            batch_id=state.batch_id,
            member_id=command.member_id,
            employer_name=command.employer_name,
            employer_code=command.employer_code,
            bodies=command.bodies,
            industry_group=command.industry_group,
            district=command.district,
        )
    ]


def _refuse_stray_chair(members: tuple[str, ...], chair: str) -> None:
    if chair not in members:
        raise Invalid.one("chair", "not_in_vocabulary", "the chair must be one of the members")


_S = ReviewGroupStatus
TRANSITIONS: Transitions = {
    **correcting(ReviewGroupStatus),
    (_S.ABSENT, commands.AppointReviewGroup): appoint,
    (_S.APPOINTED, commands.ChangeReviewGroup): change,
    (_S.APPOINTED, commands.DeclareInterests): declare_interests,
}


def decide(state: ReviewGroup, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: ReviewGroup, event: Any) -> ReviewGroup:
    match event:
        case events.ReviewGroupAppointed():
            return ReviewGroup(_S.APPOINTED, event.batch_id, frozenset(event.member_ids))
        case events.ReviewGroupChanged():
            return replace(state, members=frozenset(event.member_ids))
        case events.InterestsDeclared():
            declared = (*state.interests.get(event.member_id, ()), event)
            return replace(state, interests={**state.interests, event.member_id: declared})
        case events.RecordCorrected():
            return state
    raise TypeError(f"a review group knows nothing of {type(event).__name__}")
