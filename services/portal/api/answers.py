"""What queries are answered with, as JSON Schema.

Answers are told, not promised to be all: a field more is no break, so objects are open.
"""

from __future__ import annotations

from services.portal.api.shapes import (
    DAY,
    FLAG,
    ID,
    OBJECT,
    TEXT,
    TIME,
    WHOLE,
    Schema,
    counts,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.assessment import queries as assessment
from shared.contracts.portal import queries as portal
from shared.contracts.registry import queries as registry
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Finding,
    IndustryGroup,
    ObjectionOutcome,
    RejectionGround,
    RejectionStage,
    RetirementGround,
    Size,
    UnitKind,
)
from shared.contracts.roles import Role

_AT: Schema = {"stream": TEXT, "version": WHOLE}
_PROFILE: Schema = {
    "channel": words(Channel),
    "unit_kind": words(UnitKind),
    "division": TEXT,
    "industry_group": words(IndustryGroup),
    "size": words(Size),
}
_BATCH: Schema = {
    "batch_id": ID,
    "division": TEXT,
    "title": TEXT,
    "places": WHOLE,
    "opens_on": DAY,
    "closes_on": DAY,
    "phase": {"type": "string", "enum": ["coming", "open", "closed"]},
    "may_work": FLAG,
    "version": WHOLE,
}
_APPLICATION: Schema = {
    "application_id": ID,
    "batch_id": ID,
    "status": words(ApplicationStatus),
    **_PROFILE,
    "recommender": or_null(TEXT),
    "findings": {"type": "object", "additionalProperties": words(Finding)},
    "rejected_at": or_null(words(RejectionStage)),
    "grounds": or_null(each(words(RejectionGround))),
    "notice_id": or_null(ID),
    "point_id": or_null(ID),
    "filed_at": TIME,
    "version": WHOLE,
    "changed_at": TIME,
}
_NOTICE: Schema = {
    "notice_id": ID,
    "batch_id": ID,
    "text": TEXT,
    "published_on": DAY,
    "first_day": DAY,
    "last_day": DAY,
    "running": FLAG,
    "days_left": WHOLE,
    "units": each(OBJECT),
    "designated": each(ID),
    "objections": each(ref("Objection")),
    "bureau": TEXT,
    "may_work": FLAG,
    "version": WHOLE,
}
_OBJECTION: Schema = {
    "objection_id": ID,
    "notice_id": ID,
    "application_id": ID,
    "anonymous": FLAG,
    "outcome": or_null(words(ObjectionOutcome)),
    "raised_on": DAY,
    "unit_name": TEXT,
    "division": TEXT,
    "bureau": TEXT,
    "may_work": FLAG,
}
_POINT: Schema = {
    "point_id": ID,
    "application_id": ID,
    "batch_id": ID,
    "unit_name": TEXT,
    **_PROFILE,
    "designated_on": DAY,
    "term_ends_on": DAY,
    "retired_on": or_null(DAY),
    "ground": or_null(words(RetirementGround)),
    "active": FLAG,
    "term_over": FLAG,
    "may_work": FLAG,
    "version": WHOLE,
}
_ACCOUNT: Schema = {
    "account_id": ID,
    "status": {"type": "string", "enum": ["open", "closed"]},
    "login": or_null(TEXT),
    "display_name": or_null(TEXT),
    "registered": FLAG,
    "must_change": FLAG,
    "second_factor": FLAG,
    "identity": FLAG,
    "grants": each(ref("Grant")),
    "version": WHOLE,
}

SCHEMAS: dict[str, Schema] = {
    "Batch": shape(("applications", "may_work"), **_BATCH, stream=TEXT, applications=counts()),
    "BatchShown": shape(
        ("deliberations", "applications", "places_left", "may_work"),
        **_BATCH,
        stream=TEXT,
        deliberations=each(OBJECT),
        applications=counts(),
        places_left=WHOLE,
    ),
    "Application": shape(**_APPLICATION),
    "ApplicationNamed": shape(**_APPLICATION, unit_name=or_null(TEXT)),
    "ApplicationOpened": shape(
        ("checks",),
        **_APPLICATION,
        stream=TEXT,
        unit_name=or_null(TEXT),
        credit_code=or_null(TEXT),
        address=or_null(TEXT),
        contact_name=or_null(TEXT),
        contact_phone=or_null(TEXT),
        reasons=or_null(TEXT),
        checks=each(
            shape(check=words(Check), finding=words(Finding), evidence=or_null(TEXT), made_at=TIME)
        ),
        history=each(
            shape(version=WHOLE, type=TEXT, occurred_at=TIME, role=or_null(TEXT), changed=OBJECT)
        ),
        steps=each(
            shape(
                command=TEXT,
                variant=or_null(TEXT),
                possible=FLAG,
                reason=or_null(TEXT),
                needs=each(TEXT),
                roles=each(words(Role)),
            )
        ),
    ),
    "Notice": shape(("objections", "may_work"), **_NOTICE),
    "NoticeShown": shape(("objections", "may_work"), **_NOTICE, stream=TEXT),
    "Objection": shape(**_OBJECTION),
    "ObjectionOpened": shape(
        **_OBJECTION,
        **_AT,
        facts=or_null(TEXT),
        contact_name=or_null(TEXT),
        contact_phone=or_null(TEXT),
    ),
    "Point": shape(("may_work",), **_POINT),
    "PointShown": shape(("may_work",), **_POINT, stream=TEXT),
    "Task": shape(
        kind=TEXT,
        id=ID,
        batch_id=ID,
        batch_title=TEXT,
        since=DAY,
        number=WHOLE,
        unit_kind=or_null(words(UnitKind)),
        division=or_null(TEXT),
        industry_group=or_null(words(IndustryGroup)),
        size=or_null(words(Size)),
        findings=or_null({"type": "object", "additionalProperties": words(Finding)}),
    ),
    "Settings": shape(
        day=DAY,
        **_AT,
        figures=each(
            shape(
                name=TEXT,
                zh=TEXT,
                value=WHOLE,
                default=WHOLE,
                least=WHOLE,
                most=WHOLE,
                since=or_null(DAY),
            )
        ),
    ),
    "SettingsChange": shape(
        version=WHOLE,
        kind={"type": "string", "enum": ["figures", "sizes"]},
        effective_from=DAY,
        set_to=each(OBJECT),
        corrects=or_null(TEXT),
        reason=TEXT,
        changed_by=TEXT,
        changed_at=TIME,
    ),
    "WorkingDays": shape(
        year=WHOLE, off=each(DAY), worked=each(DAY), loaded=FLAG, source=or_null(TEXT)
    ),
    "Coverage": shape(
        division=TEXT,
        year=or_null(WHOLE),
        points=WHOLE,
        districts=each(
            shape(
                division=TEXT,
                points=WHOLE,
                points_share=or_null(WHOLE),
                market_entities=or_null(WHOLE),
                entities_share=or_null(WHOLE),
                output_wan=or_null(WHOLE),
            )
        ),
        by_industry_group=counts(),
        by_size=counts(),
        by_channel=counts(),
    ),
    "Grant": shape(
        ("revoked",),
        grant_id=ID,
        role=words(Role),
        division=or_null(TEXT),
        unit=or_null(TEXT),
        revoked=FLAG,
    ),
    "Account": shape(**_ACCOUNT),
    "AccountShown": shape(**_ACCOUNT, stream=TEXT),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    registry.ListBatches: ref("Batch"),
    registry.ShowBatch: ref("BatchShown"),
    registry.ListApplications: ref("Application"),
    registry.OpenApplication: ref("ApplicationOpened"),
    registry.OpenApplications: ref("ApplicationNamed"),
    registry.ListNotices: ref("Notice"),
    registry.ShowNotice: ref("NoticeShown"),
    registry.ListObjections: ref("Objection"),
    registry.OpenObjection: ref("ObjectionOpened"),
    registry.ListPoints: ref("Point"),
    registry.ShowPoint: ref("PointShown"),
    registry.ListTasks: ref("Task"),
    registry.ShowSettings: ref("Settings"),
    registry.ListSettingsChanges: ref("SettingsChange"),
    registry.ListWorkingDays: ref("WorkingDays"),
    assessment.ShowCoverage: ref("Coverage"),
    portal.ListAccounts: ref("Account"),
    portal.ShowAccount: ref("AccountShown"),
}
"""What each query is answered with; of a list, one of its items."""
