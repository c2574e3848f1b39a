"""A batch's plan and dates, and the order in which candidates fill the plan."""

from __future__ import annotations

from services.registry.domain import application, batch, ranking, spread
from services.registry.domain.batch_state import Plan
from services.registry.handlers.aggregates import APPLICATION, BATCH, FIGURES
from services.registry.handlers.common import about, known, of
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role
from shared.reference.divisions import Divisions
from shared.service.command_bus import Route
from shared.service.work import Work


def plan_batch(work: Work, command: commands.PlanBatch) -> None:
    known(work, BATCH, command.batch_id)
    bureau = work.state(BATCH, command.batch_id).division
    _refuse_elsewhere(work, bureau, command)
    proposal = None if command.proposal is None else _proposal(work, command, command.proposal)
    work.decide(BATCH, command.batch_id, batch.PlanPlaces(command, proposal))


def extend_batch(work: Work, command: commands.ExtendBatch) -> None:
    known(work, BATCH, command.batch_id)
    work.decide(BATCH, command.batch_id, command)


def record_ranking(work: Work, command: commands.RecordDeliberation) -> None:
    """Put the order on record that the bureau deliberated over, if it is the rules' order.

    Raises Conflict first, then Refused with RANKING_DIFFERS when the candidates named come in
    another order, or when the bureau lists one that is not among them.
    """
    if command.proposed is None:
        return
    work.refuse_stale(BATCH, command.batch_id)
    state: batch.Batch = work.state(BATCH, command.batch_id)
    candidates = []
    for index, application_id in enumerate(command.proposed):
        known(work, APPLICATION, application_id)
        with about(f"proposed[{index}]"):
            candidates.append(_candidate(work, command.batch_id, application_id))
    placed = [_of(work.state(APPLICATION, each)) for each in sorted(state.listed)]
    order = ranking.rank(command.batch_id, state.plan or Plan(), placed, candidates)
    if tuple(its.application_id for its in order) != command.proposed:
        raise Refused(Reason.RANKING_DIFFERS, "the rules give another order", ["proposed"])
    if not set(command.listed) <= set(command.proposed):
        raise Refused(Reason.RANKING_DIFFERS, "a unit is listed that was not ranked", ["proposed"])
    ranked = batch.RecordRanking(command.deliberation_id, command.proposed)
    work.decide(BATCH, command.batch_id, ranked)


def _candidate(work: Work, batch_id: str, application_id: str) -> ranking.Candidate:
    state: application.Application = work.state(APPLICATION, application_id)
    if state.batch_id != batch_id:
        raise Refused(Reason.NOT_IN_BATCH, "the application belongs to another batch")
    if state.status is not ApplicationStatus.QUALIFIED:
        raise Refused(Reason.WRONG_STATE, f"a candidate is qualified, this is {state.status}")
    return _of(state)


def _of(state: application.Application) -> ranking.Candidate:
    return ranking.Candidate(
        state.application_id,
        state.division,
        str(state.industry_group),
        str(state.size),
        state.filed_on,
    )


def _proposal(
    work: Work, command: commands.PlanBatch, choice: commands.SpreadChoice
) -> events.SpreadProposal:
    """The spread that the bureau chose, computed from the figures on record."""
    state: batch.Batch = work.state(BATCH, command.batch_id)
    recorded = work.state(FIGURES, f"{state.division}-{choice.year}")
    if not recorded.figures:
        raise Refused(
            Reason.FIGURES_MISSING, f"nothing is on record of {choice.year}", ["proposal"]
        )
    present = {its.division: its.places for its in choice.present}
    ground = spread.Ground(choice.year, recorded.figures, present)
    with about("proposal"):
        return spread.propose(
            state.places, ground, choice.method, choice.weighting, work.context.settings
        )


def _refuse_elsewhere(work: Work, bureau: str, command: commands.PlanBatch) -> None:
    """Raise Invalid for a division that is no district of the bureau's."""
    divisions = Divisions.for_year(work.context.today.year)
    named = {f"districts[{n}].division": its.division for n, its in enumerate(command.districts)}
    present = command.proposal.present if command.proposal else ()
    named |= {f"proposal.present[{n}].division": its.division for n, its in enumerate(present)}
    for path, division in named.items():
        if not divisions.within(division, bureau) or divisions.children(division):
            raise Invalid.one(path, "out_of_range", f"must be a district or county of {bureau}")


ROUTES: dict[type, Route] = {
    commands.PlanBatch: Route({Role.LEADER, Role.OFFICER}, of(BATCH, "batch_id"), plan_batch),
    commands.ExtendBatch: Route({Role.LEADER}, of(BATCH, "batch_id"), extend_batch),
}
