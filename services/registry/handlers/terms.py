"""Terms: reminders, renewal, and what follows when a term is over."""

from __future__ import annotations

from typing import Any

from services.registry.domain import point, renewal, retirement
from services.registry.domain.renewal import Renewal
from services.registry.handlers.aggregates import POINT, RENEWAL, RETIREMENT
from services.registry.handlers.common import BUREAU, of, own_point
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import RenewalStatus
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def propose_renewal(work: Work, command: commands.ProposeRenewal) -> None:
    own_point(work, command.point_id)
    work.decide(RENEWAL, command.renewal_id, command)
    work.decide(POINT, command.point_id, point.BeginRenewal(command.renewal_id))


def record_grade(work: Work, command: commands.RecordRenewalGrade) -> None:
    _renewal_within(work, command.renewal_id)
    work.decide(RENEWAL, command.renewal_id, command)


def decide_renewal(work: Work, command: commands.DecideRenewal) -> None:
    found = _renewal_within(work, command.renewal_id)
    its = work.state(POINT, found.point_id)
    given = renewal.Decide(command, its.term_ends_on, its.term_number)
    work.decide(RENEWAL, command.renewal_id, given)
    if work.state(RENEWAL, command.renewal_id).status is RenewalStatus.DECLINED:
        work.decide(POINT, found.point_id, point.EndRenewal())


def renew_point(work: Work, command: commands.RenewPoint) -> None:
    found = _renewal_within(work, command.renewal_id)
    work.decide(RENEWAL, command.renewal_id, command)
    work.decide(POINT, found.point_id, point.Renew())


def _renewal_within(work: Work, renewal_id: str) -> Renewal:
    """The renewal, of a point in the actor's divisions. Raises NotFound."""
    found: Renewal = work.require(RENEWAL, renewal_id)
    division = work.require(POINT, found.point_id).division
    work.within_or_unknown(RENEWAL, renewal_id, division)
    return found


def remind_of_term(work: Work, command: commands.RemindOfTerm) -> None:
    work.require(POINT, command.point_id)
    work.decide(POINT, command.point_id, command)


def end_term(work: Work, command: commands.EndTerm) -> None:
    """What was agreed on in time takes effect, also when nobody has completed it."""
    _complete_agreed(work, work.require(POINT, command.point_id))
    work.decide(POINT, command.point_id, command)
    state = work.state(POINT, command.point_id)
    if not state.retirement_id:
        return
    facts = f"管理期限已于{command.last_day}届满，未办理续期。"
    opened = retirement.Open(state.retirement_id, command.point_id, state.ground, facts)
    work.decide(RETIREMENT, state.retirement_id, opened)


def _complete_agreed(work: Work, state: point.Point) -> None:
    """The renewal of a point whose term is over, if it may have effect."""
    if not state.renewal_id or state.retirement_id:
        return
    if work.state(RENEWAL, state.renewal_id).status is RenewalStatus.AGREED:
        completed = commands.RenewPoint(renewal_id=state.renewal_id)
        work.decide(RENEWAL, state.renewal_id, completed)
        work.decide(POINT, state.point_id, point.Renew(at_the_end=True))


_RENEWAL = of(RENEWAL, "renewal_id")
_TERM: Any = of(POINT, "point_id")

ROUTES: dict[type, Route] = {
    commands.ProposeRenewal: Route({*BUREAU, Role.POINT}, _RENEWAL, propose_renewal),
    commands.RecordRenewalGrade: Route({Role.OFFICER}, _RENEWAL, record_grade),
    commands.DecideRenewal: Route({Role.LEADER}, _RENEWAL, decide_renewal),
    commands.RenewPoint: Route({Role.LEADER}, _RENEWAL, renew_point),
    commands.RemindOfTerm: Route({Role.SYSTEM}, _TERM, remind_of_term),
    commands.EndTerm: Route({Role.SYSTEM}, _TERM, end_term),
}
