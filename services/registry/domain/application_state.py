"""Where an application stands: its state, and what each event makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.registry.domain import documents, examination
from services.registry.domain.examination import Examination
from services.registry.domain.limits import Limits, closed, moved, opened
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Sealable
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    Finding,
    IndustryGroup,
    LimitName,
    Recommendation,
    Size,
    Trade,
    UnitKind,
)
from shared.contracts.spelling import spelling

_S = ApplicationStatus


@dataclass(frozen=True)
class UnitData:
    """What is known of the unit beside its name and code."""

    industry_section: str | None = None
    trade: Trade | None = None
    staff: int | None = None
    revenue_wan: int | None = None
    assets_wan: int | None = None
    address: Sealable[str] = ""
    contact_name: Sealable[str] = ""
    contact_phone: Sealable[str] = ""


@dataclass(frozen=True)
class Application:
    """An application's state. `findings` has the last finding of each check made."""

    status: ApplicationStatus = ApplicationStatus.ABSENT
    application_id: str = ""
    batch_id: str = ""
    channel: Channel = Channel.SELF_NOMINATED
    recommender: str | None = None
    recommendation: Recommendation = Recommendation.NOT_NEEDED
    unit_kind: UnitKind = UnitKind.ENTERPRISE
    division: str = ""
    industry_group: IndustryGroup = IndustryGroup.MANUFACTURING
    size: Size = Size.NOT_APPLICABLE
    filed_by: str = ""
    filed_on: dt.date | None = None
    check_overdue: bool = False
    limits: Limits = field(default_factory=dict)
    unit_name: Sealable[str] = ""
    credit_code: Sealable[str | None] = None
    unit: UnitData = field(default_factory=UnitData)
    notice_id: str = ""
    deliberation_id: str = ""
    findings: Mapping[Check, Finding] = field(default_factory=dict)
    documents: documents.Documents = field(default_factory=dict)
    examination: Examination = field(default_factory=Examination)


def evolve(state: Application, event: Any) -> Application:
    if isinstance(event, examination.EVENTS):
        state = replace(state, examination=examination.evolve(state.examination, event))
    match event:
        case events.ApplicationSubmitted():
            return Application(
                status=_S.SUBMITTED,
                application_id=event.application_id,
                batch_id=event.batch_id,
                channel=event.channel,
                recommender=event.recommender,
                recommendation=recommendation_of(Application(), event.channel, event.recommender),
                unit_kind=event.unit_kind,
                division=event.division,
                industry_group=event.industry_group,
                size=event.size,
                filed_by=event.filed_by,
                filed_on=event.filed_on,
                limits=_check_begins({}, event.check_limit),
                unit_name=event.unit_name,
                credit_code=event.credit_code,
                unit=_unit_data(event),
            )
        case events.UnitDataCorrected():
            return replace(
                state,
                division=event.division,
                industry_group=event.industry_group,
                size=event.size,
                unit_name=event.unit_name,
                credit_code=event.credit_code,
                unit=_unit_data(event),
            )
        case events.RecordCorrected():
            return state
        case events.RecommendationConfirmed():
            return _spoken(state, event, Recommendation.CONFIRMED)
        case events.RecommendationDeclined():
            return _spoken(state, event, Recommendation.DECLINED)
        case events.SupplementRequested():
            return replace(
                state,
                status=_S.SUPPLEMENTING,
                limits=opened(
                    closed(state.limits, [LimitName.FORMAL_CHECK]),
                    LimitName.SUPPLEMENT,
                    event.limit,
                ),
            )
        case events.SupplementSubmitted():
            return _supplemented(state, event)
        case events.ApplicationWithdrawn():
            return _ended(state, _S.WITHDRAWN)
        case events.ApplicationLapsed():
            return _ended(state, _S.LAPSED)
        case events.FormalCheckOverdue():
            limits = closed(state.limits, [LimitName.FORMAL_CHECK])
            return replace(state, check_overdue=True, limits=limits)
        case events.LimitMoved():
            return replace(state, limits=moved(state.limits, event))
        case events.FormalCheckPassed():
            limits = closed(state.limits, [LimitName.FORMAL_CHECK])
            return replace(state, status=_S.UNDER_REVIEW, limits=limits)
        case events.ReviewCheckRecorded():
            return replace(state, findings={**state.findings, event.check: event.finding})
        case events.OpinionAsked():
            limits = opened(state.limits, LimitName.OPINION, event.limit, event.opinion_id)
            return replace(state, limits=limits)
        case events.OpinionAnswered() | events.OpinionOverdue() | events.OpinionTakenBack():
            limits = closed(state.limits, [LimitName.OPINION], event.opinion_id)
            return replace(state, limits=limits)
        case _ if isinstance(event, examination.EVENTS):
            return state
        case events.ReviewConcluded(conclusion=Conclusion.QUALIFIED):
            return replace(state, status=_S.QUALIFIED)
        case events.ReviewConcluded():
            return state
        case events.ApplicationRejected():
            return _ended(state, _S.REJECTED)
        case events.ApplicationListed():
            return replace(state, status=_S.LISTED)
        case events.ApplicationReserved():
            return replace(state, status=_S.RESERVE, deliberation_id=event.deliberation_id)
        case events.ApplicationLeftOut():
            return replace(state, status=_S.LEFT_OUT)
        case events.ApplicationPutOnNotice():
            return replace(state, status=_S.ON_NOTICE, notice_id=event.notice_id)
        case events.ApplicationDesignated():
            return replace(state, status=_S.DESIGNATED)
        case events.DocumentAttached():
            return replace(state, documents=documents.attached(state.documents, event))
        case events.DocumentWithdrawn():
            return replace(state, documents=documents.withdrawn(state.documents, event))
    raise TypeError(f"an application knows nothing of {type(event).__name__}")


_TellsUnit = events.ApplicationSubmitted | events.SupplementSubmitted | events.UnitDataCorrected


def _unit_data(event: _TellsUnit) -> UnitData:
    return UnitData(
        industry_section=event.industry_section,
        trade=event.trade,
        staff=event.staff,
        revenue_wan=event.revenue_wan,
        assets_wan=event.assets_wan,
        address=event.address,
        contact_name=event.contact_name,
        contact_phone=event.contact_phone,
    )


def recommendation_of(
    state: Application, channel: Channel, recommender: str | None
) -> Recommendation:
    """Where the recommendation stands once the application names this channel and recommender."""
    if channel is Channel.SELF_NOMINATED or recommender is None:
        return Recommendation.NOT_NEEDED
    same = state.recommender is not None and spelling(state.recommender) == spelling(recommender)
    confirmed = same and state.recommendation is Recommendation.CONFIRMED
    return Recommendation.CONFIRMED if confirmed else Recommendation.AWAITED


def _ended(state: Application, status: ApplicationStatus) -> Application:
    """What had to come from the applicant is over. Opinions end by events of their own."""
    limits = closed(state.limits, [LimitName.FORMAL_CHECK, LimitName.SUPPLEMENT])
    return replace(state, status=status, limits=limits)


def _spoken(state: Application, event: Any, word: Recommendation) -> Application:
    limits = _check_begins(state.limits, event.check_limit)
    return replace(state, recommendation=word, limits=limits)


def _check_begins(limits: Limits, limit: TimeLimit | None) -> Limits:
    return limits if limit is None else opened(limits, LimitName.FORMAL_CHECK, limit)


def _supplemented(state: Application, event: events.SupplementSubmitted) -> Application:
    return replace(
        state,
        status=_S.SUBMITTED,
        channel=event.channel,
        recommender=event.recommender,
        recommendation=recommendation_of(state, event.channel, event.recommender),
        unit_kind=event.unit_kind,
        division=event.division,
        industry_group=event.industry_group,
        size=event.size,
        check_overdue=False,
        limits=_check_begins({}, event.check_limit),
        unit_name=event.unit_name,
        credit_code=event.credit_code,
        unit=_unit_data(event),
    )
