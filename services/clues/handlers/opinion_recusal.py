"""Who stays out of an opinion, and with it out of the clue that it has become."""

from __future__ import annotations

from services.clues.domain import handling
from services.clues.domain.opinion import Opinion
from services.clues.handlers.aggregates import CLUE, OPINION
from services.clues.handlers.common import BUREAU, known, of
from services.clues.handlers.kin import carry_recusals
from shared.contracts.clues import commands
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def recuse_from_opinion(work: Work, command: commands.RecuseFromOpinion) -> None:
    state: Opinion = known(work, OPINION, command.opinion_id)
    if work.actor.role is Role.OFFICER and command.account_id != work.actor.id:
        raise Refused(Reason.WRONG_ROLE, "an officer declares their own ties", ["account_id"])
    work.decide(OPINION, command.opinion_id, command)
    if state.taken_as:
        carry_to_clue(work, state.taken_as, frozenset({command.account_id}))


def carry_to_clue(work: Work, clue_id: str, recused: frozenset[str]) -> None:
    """And to all that the clue belongs with."""
    if recused - work.state(CLUE, clue_id).recused:
        work.decide(CLUE, clue_id, handling.CarryRecusals(recused))
    carry_recusals(work, clue_id)


ROUTES: dict[type, Route] = {
    commands.RecuseFromOpinion: Route(BUREAU, of(OPINION, "opinion_id"), recuse_from_opinion),
}
