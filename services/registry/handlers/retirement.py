"""The retirement of a point, from its opening to the announcement."""

from __future__ import annotations

from services.registry.domain import point, renewal, retirement
from services.registry.domain.retirement import Retirement
from services.registry.handlers.aggregates import POINT, RENEWAL, RETIREMENT
from services.registry.handlers.common import BUREAU, known, of, own_point
from services.registry.handlers.terms import end_term
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import RetirementGround, RetirementStatus
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def open_retirement(work: Work, command: commands.OpenRetirement) -> None:
    own_point(work, command.point_id)
    if work.actor.role is Role.POINT and command.ground is not RetirementGround.OWN_WISH:
        raise Refused(Reason.WRONG_ROLE, "a point may ask to retire by its own wish", ["ground"])
    begin = point.BeginRetirement(command.retirement_id, command.ground)
    work.decide(POINT, command.point_id, begin)
    opened = retirement.Open(command.retirement_id, command.point_id, command.ground, command.facts)
    work.decide(RETIREMENT, command.retirement_id, opened)


def tell_facts(work: Work, command: commands.TellRetirementFacts) -> None:
    _retirement_within(work, command.retirement_id)
    work.decide(RETIREMENT, command.retirement_id, command)


def record_statement(work: Work, command: commands.RecordStatement) -> None:
    """What the point itself sends is made as it is sent; an officer records what came on paper."""
    _own_retirement(work, command.retirement_id)
    if work.actor.role is Role.POINT and command.made_on != work.context.today:
        raise Invalid.one("made_on", "out_of_range", "is the day on which you send it")
    work.decide(RETIREMENT, command.retirement_id, command)


def waive_statement(work: Work, command: commands.WaiveStatement) -> None:
    _own_retirement(work, command.retirement_id)
    work.decide(RETIREMENT, command.retirement_id, command)


def decide_retirement(work: Work, command: commands.DecideRetirement) -> None:
    found = _retirement_within(work, command.retirement_id)
    work.decide(RETIREMENT, command.retirement_id, command)
    if work.state(RETIREMENT, command.retirement_id).status is not RetirementStatus.KEPT:
        return
    merged_into = work.state(POINT, found.point_id).merged_into
    work.decide(POINT, found.point_id, point.EndRetirement(command.facts_hold))
    if merged_into:
        work.decide(POINT, merged_into, point.Separate(found.point_id))
    ends_on = work.state(POINT, found.point_id).term_ends_on
    if work.context.today > ends_on:  # which the timekeeper left to this procedure
        end_term(work, commands.EndTerm(point_id=found.point_id, last_day=ends_on))


def retire_point(work: Work, command: commands.RetirePoint) -> None:
    """Announce what was decided; the unit may apply again.

    The point keeps the unit's names until then, so that its terms are counted on.
    """
    known(work, POINT, command.point_id)
    before = work.state(POINT, command.point_id)
    work.decide(POINT, command.point_id, command)
    work.decide(RETIREMENT, before.retirement_id, retirement.Complete())
    if before.renewal_id:
        work.decide(RENEWAL, before.renewal_id, renewal.Lapse())


def _retirement_within(work: Work, retirement_id: str) -> Retirement:
    """The retirement, of a point in the actor's divisions. Raises NotFound."""
    found: Retirement = work.require(RETIREMENT, retirement_id)
    division = work.require(POINT, found.point_id).division
    work.within_or_unknown(RETIREMENT, retirement_id, division)
    return found


def _own_retirement(work: Work, retirement_id: str) -> None:
    """The same, or that of the point for which the actor acts."""
    found: Retirement = work.require(RETIREMENT, retirement_id)
    try:
        own_point(work, found.point_id)
    except NotFound:
        raise NotFound(RETIREMENT.prefix, retirement_id) from None


_RETIREMENT = of(RETIREMENT, "retirement_id")

ROUTES: dict[type, Route] = {
    commands.OpenRetirement: Route({*BUREAU, Role.POINT}, _RETIREMENT, open_retirement),
    commands.TellRetirementFacts: Route({Role.OFFICER}, _RETIREMENT, tell_facts),
    commands.RecordStatement: Route({Role.OFFICER, Role.POINT}, _RETIREMENT, record_statement),
    commands.WaiveStatement: Route({Role.OFFICER, Role.POINT}, _RETIREMENT, waive_statement),
    commands.DecideRetirement: Route({Role.LEADER}, _RETIREMENT, decide_retirement),
    commands.RetirePoint: Route({Role.LEADER}, of(POINT, "point_id"), retire_point),
}
