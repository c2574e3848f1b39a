"""Where an application stands: its state, and what each event makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.registry.domain import documents
from shared.contracts.message import Sealable
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    Finding,
    IndustryGroup,
    Size,
    Trade,
    UnitKind,
)

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
    unit_kind: UnitKind = UnitKind.ENTERPRISE
    division: str = ""
    industry_group: IndustryGroup = IndustryGroup.MANUFACTURING
    size: Size = Size.NOT_APPLICABLE
    filed_by: str = ""
    unit_name: Sealable[str] = ""
    credit_code: Sealable[str | None] = None
    unit: UnitData = field(default_factory=UnitData)
    notice_id: str = ""
    findings: Mapping[Check, Finding] = field(default_factory=dict)
    documents: documents.Documents = field(default_factory=dict)


def evolve(state: Application, event: Any) -> Application:
    match event:
        case events.ApplicationSubmitted():
            return Application(
                status=_S.SUBMITTED,
                application_id=event.application_id,
                batch_id=event.batch_id,
                channel=event.channel,
                unit_kind=event.unit_kind,
                division=event.division,
                industry_group=event.industry_group,
                size=event.size,
                filed_by=event.filed_by,
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
        case events.FormalCheckPassed():
            return replace(state, status=_S.UNDER_REVIEW)
        case events.ReviewCheckRecorded():
            return replace(state, findings={**state.findings, event.check: event.finding})
        case events.ReviewConcluded(conclusion=Conclusion.QUALIFIED):
            return replace(state, status=_S.QUALIFIED)
        case events.ReviewConcluded():
            return state
        case events.ApplicationRejected():
            return replace(state, status=_S.REJECTED)
        case events.ApplicationListed():
            return replace(state, status=_S.LISTED)
        case events.ApplicationPutOnNotice():
            return replace(state, status=_S.ON_NOTICE, notice_id=event.notice_id)
        case events.ApplicationDesignated():
            return replace(state, status=_S.DESIGNATED)
        case events.DocumentAttached():
            return replace(state, documents=documents.attached(state.documents, event))
        case events.DocumentWithdrawn():
            return replace(state, documents=documents.withdrawn(state.documents, event))
    raise TypeError(f"an application knows nothing of {type(event).__name__}")


def _unit_data(event: events.ApplicationSubmitted | events.UnitDataCorrected) -> UnitData:
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
