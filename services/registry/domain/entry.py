"""What happens to an application before its formal check is passed.

A recommender stands by it or not, the bureau asks for a supplement and the applicant supplies it
or lets it lapse (rules of selection: channel, formal check, supplements).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from services.registry.domain.application_state import Application, recommendation_of
from services.registry.domain.context import Context
from services.registry.domain.examining import refuse_recused
from services.registry.domain.limits import recomputing
from shared.contracts.errors import Invalid, Refused
from shared.contracts.limits import TimeLimit
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    IndustryGroup,
    LimitName,
    Recommendation,
    Size,
)
from shared.contracts.spelling import spelling
from shared.contracts.transitions import Transitions

Filing = commands.SubmitApplication | commands.SubmitSupplement


@dataclass(frozen=True)
class Submit:
    """SubmitApplication with what the unit data made of it: group and size class."""

    command: commands.SubmitApplication
    industry_group: IndustryGroup
    size: Size


@dataclass(frozen=True)
class Supplement:
    """SubmitSupplement with what the unit data made of it: group and size class."""

    command: commands.SubmitSupplement
    industry_group: IndustryGroup
    size: Size


def submit(_: Application, command: Submit, context: Context) -> list[Any]:
    given = command.command
    _refuse_wrong_recommender(given)
    limit = None if given.channel is Channel.RECOMMENDED else _check_begins(context)
    return [
        events.ApplicationSubmitted(
            application_id=given.application_id,
            batch_id=given.batch_id,
            channel=given.channel,
            recommender=given.recommender,
            unit_kind=given.unit_kind,
            division=given.division,
            industry_section=given.industry_section,
            industry_group=command.industry_group,
            trade=given.trade,
            size=command.size,
            staff=given.staff,
            revenue_wan=given.revenue_wan,
            assets_wan=given.assets_wan,
            filed_by=context.actor_id,
            filed_on=context.today,
            check_limit=limit,
            unit_name=given.unit_name,
            credit_code=given.credit_code,
            address=given.address,
            contact_name=given.contact_name,
            contact_phone=given.contact_phone,
        )
    ]


def confirm_recommendation(
    state: Application, command: commands.ConfirmRecommendation, context: Context
) -> list[Any]:
    recommender = _recommender_asked(state, Recommendation.CONFIRMED)
    limit = _limit_from_here(state, context)
    return [
        events.RecommendationConfirmed(
            application_id=state.application_id,
            recommender=recommender,
            document=command.document,
            check_limit=limit,
        )
    ]


def decline_recommendation(
    state: Application, command: commands.DeclineRecommendation, context: Context
) -> list[Any]:
    recommender = _recommender_asked(state, Recommendation.DECLINED)
    limit = _limit_from_here(state, context)
    return [
        events.RecommendationDeclined(
            application_id=state.application_id,
            recommender=recommender,
            document=command.document,
            check_limit=limit,
            reasons=command.reasons,
        )
    ]


def request_supplement(
    state: Application, command: commands.RequestSupplement, context: Context
) -> list[Any]:
    refuse_recused(state, context)
    limit = context.limit(context.settings.supplement_days)
    return [
        events.SupplementRequested(
            application_id=state.application_id,
            limit=limit,
            missing=command.missing,
        )
    ]


def submit_supplement(state: Application, command: Supplement, context: Context) -> list[Any]:
    """Until the end of the last day; the recommender's word holds while it is still named."""
    limit = _running(state, LimitName.SUPPLEMENT)
    if limit.has_passed(context.today):
        raise Refused(Reason.SUPPLEMENT_OVERDUE, f"it was to be supplied by {limit.due_on}")
    given = command.command
    _refuse_wrong_recommender(given)
    word = recommendation_of(state, given.channel, given.recommender)
    check = None if word is Recommendation.AWAITED else _check_begins(context)
    return [
        events.SupplementSubmitted(
            application_id=state.application_id,
            channel=given.channel,
            recommender=given.recommender,
            unit_kind=given.unit_kind,
            division=given.division,
            industry_section=given.industry_section,
            industry_group=command.industry_group,
            trade=given.trade,
            size=command.size,
            staff=given.staff,
            revenue_wan=given.revenue_wan,
            assets_wan=given.assets_wan,
            check_limit=check,
            answer=given.answer,
            unit_name=given.unit_name,
            credit_code=given.credit_code,
            address=given.address,
            contact_name=given.contact_name,
            contact_phone=given.contact_phone,
        )
    ]


def lapse(state: Application, _: commands.LapseApplication, context: Context) -> list[Any]:
    due = _passed(_running(state, LimitName.SUPPLEMENT), context)
    return [events.ApplicationLapsed(application_id=state.application_id, due=due)]


def report_overdue(
    state: Application, _: commands.ReportFormalCheckOverdue, context: Context
) -> list[Any]:
    if state.check_overdue:
        raise Refused(Reason.ALREADY_EXISTS, "that it is overdue is on record")
    due = _passed(_running(state, LimitName.FORMAL_CHECK), context)
    return [events.FormalCheckOverdue(application_id=state.application_id, due=due)]


def refuse_unrecommended(state: Application) -> None:
    """Raise Refused while the recommender that the application names has not confirmed."""
    if state.recommendation in (Recommendation.AWAITED, Recommendation.DECLINED):
        raise Refused(
            Reason.RECOMMENDATION_MISSING, f"the recommendation is {state.recommendation}"
        )


def _recommender_asked(state: Application, word: Recommendation) -> str:
    """The recommender, whose word is not given yet; a body may still stand by what it declined."""
    if state.recommendation is Recommendation.NOT_NEEDED or state.recommender is None:
        raise Refused(Reason.RECOMMENDATION_NOT_NEEDED, "the unit has nominated itself")
    if state.recommendation in (Recommendation.CONFIRMED, word):
        raise Refused(Reason.RECOMMENDATION_DECIDED, f"it is {state.recommendation}")
    return state.recommender


def _limit_from_here(state: Application, context: Context) -> TimeLimit | None:
    """The formal check begins, unless it waits for a supplement anyway, or has begun before."""
    if state.status is ApplicationStatus.SUPPLEMENTING:
        return None
    if state.check_overdue:
        return None
    return state.limits.get((LimitName.FORMAL_CHECK, None)) or _check_begins(context)


def _check_begins(context: Context) -> TimeLimit:
    return context.limit(context.settings.formal_check_days)


def _running(state: Application, name: LimitName) -> TimeLimit:
    limit = state.limits.get((name, None))
    if limit is None:
        raise Refused(Reason.LIMIT_RUNNING, f"no limit {name} has begun")
    return limit


def _passed(limit: TimeLimit, context: Context) -> dt.date:
    """Its last day, which must be over."""
    if not limit.has_passed(context.today):
        raise Refused(Reason.LIMIT_RUNNING, f"the limit runs to the end of {limit.due_on}")
    return limit.due_on


def _refuse_wrong_recommender(given: Filing) -> None:
    if given.channel is Channel.RECOMMENDED and given.recommender is None:
        raise Invalid.one("recommender", "missing", "name who recommends the unit")
    if given.channel is Channel.SELF_NOMINATED and given.recommender is not None:
        raise Invalid.one("recommender", "not_allowed", "a self-nominated unit has no recommender")
    refuse_own_recommender(given.recommender, given.unit_name, "recommender")


def refuse_own_recommender(recommender: str | None, unit_name: str, field: str) -> None:
    """Raise Invalid, about the field that says so, for a unit that would recommend itself."""
    if recommender and spelling(recommender) == spelling(unit_name):
        raise Invalid.one(field, "own_recommender", "a unit does not recommend itself")


_S = ApplicationStatus
TRANSITIONS: Transitions = {
    (_S.ABSENT, Submit): submit,
    (_S.SUBMITTED, commands.ConfirmRecommendation): confirm_recommendation,
    (_S.SUBMITTED, commands.DeclineRecommendation): decline_recommendation,
    (_S.SUBMITTED, commands.RequestSupplement): request_supplement,
    (_S.SUBMITTED, commands.ReportFormalCheckOverdue): report_overdue,
    (_S.SUPPLEMENTING, commands.ConfirmRecommendation): confirm_recommendation,
    (_S.SUPPLEMENTING, commands.DeclineRecommendation): decline_recommendation,
    (_S.SUPPLEMENTING, Supplement): submit_supplement,
    (_S.SUPPLEMENTING, commands.LapseApplication): lapse,
    **recomputing(_S.SUBMITTED, _S.SUPPLEMENTING),
}
"""The application's transitions of this part; `application.TRANSITIONS` has all of them."""
