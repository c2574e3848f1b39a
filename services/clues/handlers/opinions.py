"""Opinions and what becomes of them, themes, and inspections."""

from __future__ import annotations

from typing import Any

from services.clues.domain import inspections, proposal, records
from services.clues.domain.opinion import Opinion
from services.clues.handlers.aggregates import INSPECTION, INSPECTIONS, OPINION, PROPOSAL, THEME
from services.clues.handlers.common import (
    BUREAU,
    known,
    of,
    of_point_or_bureau,
    refuse_unknown_division,
)
from shared.contracts.clues import commands
from shared.contracts.roles import Role
from shared.contracts.spelling import spelling
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.work import Handler, Work


def answer_opinion(work: Work, command: commands.AnswerOpinion) -> None:
    state: Opinion = known(work, OPINION, command.opinion_id)
    work.decide(OPINION, command.opinion_id, command)
    if command.proposal_id is not None:
        opened = proposal.Open(command, state.division, state.point_id)
        work.decide(PROPOSAL, command.proposal_id, opened)


def _about(aggregate: Aggregate, field: str) -> Handler:
    def carry_out(work: Work, command: Any) -> None:
        identifier = getattr(command, field)
        known(work, aggregate, identifier)
        work.decide(aggregate, identifier, command)

    return carry_out


def note_inspection(work: Work, command: commands.NoteInspection) -> None:
    """Whoever notes it, inspections of one unit in one year are counted together."""
    refuse_unknown_division(work, command.division)
    point_id = of_point_or_bureau(work, command.division)
    work.decide(INSPECTION, command.inspection_id, records.NoteDown(command, point_id))
    identifier = inspections_of(work, command)
    work.decide(INSPECTIONS, identifier, inspections.Count(command, identifier))


def inspections_of(work: Work, command: commands.NoteInspection) -> str:
    """The id of the unit's record of the year, which tells nobody the unit."""
    return work.pseudonym("inspections", str(command.inspected_on.year), spelling(command.unit))


_PROPOSAL = of(PROPOSAL, "proposal_id")
_step_of_proposal = _about(PROPOSAL, "proposal_id")

ROUTES: dict[type, Route] = {
    commands.AnswerOpinion: Route({Role.OFFICER}, of(OPINION, "opinion_id"), answer_opinion),
    commands.RelayAnswer: Route(
        BUREAU | {Role.POINT}, of(OPINION, "opinion_id"), _about(OPINION, "opinion_id")
    ),
    commands.TakeProposalStep: Route(BUREAU, _PROPOSAL, _step_of_proposal),
    commands.CompleteProposal: Route(BUREAU, _PROPOSAL, _step_of_proposal),
    commands.DropProposal: Route({Role.LEADER}, _PROPOSAL, _step_of_proposal),
    commands.TellProposalBack: Route(BUREAU | {Role.POINT}, _PROPOSAL, _step_of_proposal),
    commands.NoteInspection: Route(
        BUREAU | {Role.POINT}, of(INSPECTION, "inspection_id"), note_inspection
    ),
    commands.ConcludeTheme: Route(BUREAU, of(THEME, "theme_id"), _about(THEME, "theme_id")),
}
