"""A batch's review group as one application meets it, and who it keeps away from the work on it."""

from __future__ import annotations

from services.registry.domain import application
from services.registry.domain.examining import refuse_recused
from services.registry.domain.recusal import REVIEWED_BY, Interests, Panel, Unit, closest_tie
from services.registry.domain.review_group import ReviewGroup, ReviewGroupStatus
from services.registry.handlers.aggregates import APPLICATION, REVIEW_GROUP
from shared.contracts.registry import events
from shared.contracts.roles import Role
from shared.service.work import Work


def panel_of(work: Work, application_id: str) -> Panel | None:
    """The batch's group as this application meets it; None when the batch has no group."""
    state: application.Application = work.state(APPLICATION, application_id)
    group: ReviewGroup = work.state(REVIEW_GROUP, state.batch_id)
    if group.status is ReviewGroupStatus.ABSENT:
        return None
    unit = Unit(
        name=work.open(state.unit_name),
        credit_code=work.open(state.credit_code),
        recommender=state.recommender,
        industry_group=state.industry_group,
        division=state.division,
    )
    ties = {
        member: ground
        for member, declared in group.interests.items()
        for ground in [closest_tie([_opened(work, its) for its in declared], unit)]
        if ground is not None
    }
    return Panel(group.members, ties, frozenset(group.interests))


def refuse_tied(work: Work, application_id: str) -> None:
    """Raise Refused for an actor whom their word or a rule keeps away from this unit.

    A reviewer must also be of the batch's group, where it has one, and a member of it must have
    told its interests, since no rule finds what nobody knows.
    """
    refuse_recused(work.state(APPLICATION, application_id), work.context)
    panel = panel_of(work, application_id)
    if panel is None:
        return
    if work.actor.role is Role.REVIEWER:
        panel.refuse(work.actor.id)
    panel.refuse_tied(work.actor.id)
    panel.refuse_silent(work.actor.id)


def refuse_tied_bureau(work: Work, application_id: str) -> None:
    """The same of what a unit or a recommender does too, who speak for themselves."""
    if work.actor.role in REVIEWED_BY:
        refuse_tied(work, application_id)


def _opened(work: Work, declared: events.InterestsDeclared) -> Interests:
    return Interests(
        employer_name=work.open(declared.employer_name),
        employer_code=work.open(declared.employer_code),
        bodies=tuple(work.open(declared.bodies)),
        industry_group=declared.industry_group,
        district=declared.district,
    )
