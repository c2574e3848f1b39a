"""Votes of a review group's members, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.examination import Examination
from services.registry.domain.examining import refuse_recused
from services.registry.domain.recusal import Panel
from services.registry.domain.review import Tally, refuse_unchecked
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events


def cast(state: Application, command: commands.CastVote, context: Context) -> list[Any]:
    """Once, and after every check has its finding: what is voted on is what they say of the unit.

    A failed check stops the unit at once, and no other is waited for (rules of selection: hard
    stop). Raises Refused.
    """
    refuse_recused(state, context)
    if context.actor_id in state.examination.votes:
        raise Refused(Reason.VOTED_ALREADY, "every member votes once")
    refuse_unchecked(state.unit_kind, state.findings)
    return [
        events.VoteCast(
            application_id=state.application_id,
            member_id=context.actor_id,
            in_favour=command.in_favour,
            reasons=command.reasons,
        )
    ]


@dataclass(frozen=True)
class Count:
    """How the members who take part have voted so far."""

    eligible: int
    votes_for: int
    votes_against: int

    def has_quorum(self, percent: int) -> bool:
        """Whether more than `percent` of those who take part have voted."""
        return (self.votes_for + self.votes_against) * 100 > self.eligible * percent


def counted(its: Examination, panel: Panel) -> Count:
    """The votes of members who are neither recused nor gone from the group."""
    eligible = panel.eligible(its.recused)
    votes = [in_favour for member, in_favour in its.votes.items() if member in eligible]
    return Count(len(eligible), votes.count(True), votes.count(False))


def tally(
    state: Application, panel: Panel, command: commands.ConcludeReview, context: Context
) -> Tally:
    """The votes that were cast. Raises Refused without a quorum, or when told other numbers."""
    count = counted(state.examination, panel)
    told = (command.votes_for, command.votes_against)
    if any(
        its is not None and its != cast
        for its, cast in zip(told, (count.votes_for, count.votes_against), strict=True)
    ):
        raise Refused(
            Reason.VOTES_DIFFER,
            f"cast were {count.votes_for} for and {count.votes_against} against",
            ["votes_for", "votes_against"],
        )
    if not count.has_quorum(context.settings.quorum_percent):
        cast = count.votes_for + count.votes_against
        raise Refused(Reason.NO_QUORUM, f"{cast} of {count.eligible} members have voted")
    return Tally(count.votes_for, count.votes_against, count.eligible)


def told(command: commands.ConcludeReview) -> Tally:
    """The vote as the sender has it from the meeting. Raises Invalid when it is not told."""
    if command.votes_for is None or command.votes_against is None:
        absent = "votes_for" if command.votes_for is None else "votes_against"
        raise Invalid.one(absent, "missing", "tell how the group has voted")
    return Tally(command.votes_for, command.votes_against)
