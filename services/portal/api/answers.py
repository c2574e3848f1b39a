"""What queries are answered with, as JSON Schema.

Answers are told, not promised to be all: a field more is no break, so objects are open.
"""

from __future__ import annotations

from services.portal.api import answers_clues, answers_points
from services.portal.api import answers_of_reviews as reviews
from services.portal.api.plan_shapes import FIGURES, PLAN, RANKING, SPREAD
from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    OBJECT,
    POSITIVE,
    SHARE,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    WHOLE,
    Schema,
    by_word,
    each,
    or_null,
    ref,
    shape,
    words,
    words_of,
)
from shared.contracts.assessment import queries as assessment
from shared.contracts.media import MediaType
from shared.contracts.portal import queries as portal
from shared.contracts.reasons import Reason
from shared.contracts.registry import queries as registry
from shared.contracts.registry.commands import COMMANDS as _COMMANDS
from shared.contracts.registry.events import EVENTS as _EVENTS
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    DocumentKind,
    Finding,
    IndustryGroup,
    Measure,
    ObjectionOutcome,
    PartnerKind,
    Recommendation,
    RejectionGround,
    RejectionStage,
    Size,
    TaskKind,
    TaskStanding,
    Trade,
    UnitKind,
)
from shared.contracts.roles import Role

_AT: Schema = {"stream": STREAM, "version": VERSION}
_UNIT: Schema = {
    "channel": words(Channel),
    "unit_kind": words(UnitKind),
    "division": DIVISION,
    "industry_group": words(IndustryGroup),
    "size": words(Size),
}
_BATCH: Schema = {
    "batch_id": ID,
    "division": DIVISION,
    "title": TEXT,
    "places": POSITIVE,
    "opens_on": DAY,
    "closes_on": DAY,
    "phase": {"type": "string", "enum": ["coming", "open", "closed"]},
    "may_work": FLAG,
    "version": VERSION,
}
_APPLICATION: Schema = {
    "application_id": ID,
    "batch_id": ID,
    "status": words(ApplicationStatus),
    **_UNIT,
    "recommender": or_null(TEXT),
    "recommendation": words(Recommendation),
    "check_due": or_null(DAY),
    "check_provisional": FLAG,
    "check_overdue": FLAG,
    "supplement_due": or_null(DAY),
    "supplement_provisional": FLAG,
    "findings": by_word(Check, words(Finding)),
    "rejection_stage": or_null(words(RejectionStage)),
    "grounds": or_null(each(words(RejectionGround))),
    "notice_id": or_null(ID),
    "point_id": or_null(ID),
    "filed_at": TIME,
    "version": VERSION,
    "changed_at": TIME,
}
_DOCUMENT: Schema = {
    "document_id": ID,
    "application_id": ID,
    "kind": words(DocumentKind),
    "media_type": words(MediaType),
    "size": WHOLE,
    "sha256": TEXT,
    "attached_at": TIME,
    "withdrawn_at": or_null(TIME),
}
_NOTICE: Schema = {
    "notice_id": ID,
    "batch_id": ID,
    "text": TEXT,
    "published_on": DAY,
    "first_day": DAY,
    "last_day": DAY,
    "runs_until": DAY,
    "corrections": each(
        shape(
            application_id=ID,
            wrong=TEXT,
            correction=TEXT,
            corrected_on=DAY,
            first_day=DAY,
            last_day=DAY,
        )
    ),
    "corrected": {"type": "object", "additionalProperties": DAY},
    "running": FLAG,
    "days_left": COUNT,
    "units": each(shape(application_id=ID, unit_name=TEXT, **_UNIT)),
    "designated": each(ID),
    "objections": each(ref("Objection")),
    "bureau": DIVISION,
    "may_work": FLAG,
    "version": VERSION,
}
_OBJECTION: Schema = {
    "objection_id": ID,
    "notice_id": ID,
    "application_id": ID,
    "anonymous": FLAG,
    "outcome": or_null(words(ObjectionOutcome)),
    "raised_on": DAY,
    "due_on": or_null(DAY),
    "provisional": or_null(FLAG),
    "extended": FLAG,
    "overdue": FLAG,
    "decided_on": or_null(DAY),
    "unit_name": TEXT,
    "division": DIVISION,
    "bureau": DIVISION,
    "may_work": FLAG,
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
    "version": VERSION,
}

_MEETING: Schema = {
    "meeting_id": ID,
    "division": DIVISION,
    "held_on": DAY,
    "subject": TEXT,
    "bodies": each(TEXT),
    **_AT,
}
_MEETING_TASK: Schema = {
    "task_id": ID,
    "owner": TEXT,
    "what": TEXT,
    "due_on": DAY,
    "standing": words(TaskStanding),
    "completed_on": or_null(DAY),
    "result": or_null(TEXT),
}

_SIZE_LIMITS = each(shape(measure=words(Measure), large=WHOLE, medium=WHOLE, small=WHOLE))
SCHEMAS: dict[str, Schema] = {
    "Batch": shape(
        ("applications", "may_work", "version"),
        **_BATCH,
        stream=STREAM,
        applications=by_word(ApplicationStatus, COUNT),
    ),
    "BatchShown": shape(
        (
            "deliberations",
            "qualified",
            "reserves",
            "applications",
            "places_left",
            "may_work",
            "version",
            "proposal",
        ),
        **_BATCH,
        stream=STREAM,
        plan=or_null(PLAN),
        proposal=or_null(OBJECT),
        deliberations=each(
            shape(
                deliberation_id=ID,
                held_on=DAY,
                decided=FLAG,
                listed=each(ID),
                reserves=each(ID),
                left_out=each(ID),
            )
        ),
        qualified=each(ID),
        reserves=each(ID),
        applications=by_word(ApplicationStatus, COUNT),
        places_left=COUNT,
    ),
    "Spread": SPREAD,
    "Ranking": RANKING,
    "DistrictFigures": FIGURES,
    "Application": shape(**_APPLICATION),
    "ApplicationNamed": shape(**_APPLICATION, unit_name=or_null(TEXT)),
    "ApplicationDeliberated": shape(**_APPLICATION, unit_name=or_null(TEXT), reasons=or_null(TEXT)),
    "ApplicationOpened": shape(
        ("checks", "documents", "stated"),
        **_APPLICATION,
        stream=STREAM,
        unit_name=or_null(TEXT),
        credit_code=or_null(TEXT),
        address=or_null(TEXT),
        contact_name=or_null(TEXT),
        contact_phone=or_null(TEXT),
        reasons=or_null(TEXT),
        missing=or_null(TEXT),
        checks=each(
            shape(check=words(Check), finding=words(Finding), evidence=or_null(TEXT), made_at=TIME)
        ),
        history=each(
            shape(
                version=VERSION,
                type=words_of(_EVENTS),
                occurred_at=TIME,
                role=or_null(words(Role)),
                changed=OBJECT,
            )
        ),
        stated=shape(
            industry_section=or_null(TEXT),
            trade=or_null(words(Trade)),
            staff=or_null(WHOLE),
            revenue_wan=or_null(WHOLE),
            assets_wan=or_null(WHOLE),
        ),
        documents=shape(brings=each(words(DocumentKind)), missing=each(words(DocumentKind))),
        steps=each(
            shape(
                command=words_of(_COMMANDS),
                variant=or_null(TEXT),
                possible=FLAG,
                reason=or_null(words(Reason)),
                needs=each(TEXT),
                roles=each(words(Role)),
            )
        ),
    ),
    "Notice": shape(("objections", "may_work", "version"), **_NOTICE),
    "NoticeShown": shape(("objections", "may_work", "version"), **_NOTICE, stream=STREAM),
    "Document": shape(**_DOCUMENT),
    "DocumentOpened": shape(**_DOCUMENT, file_name=or_null(TEXT), opening=ID),
    "Objection": shape(**_OBJECTION),
    "ObjectionOpened": shape(
        **_OBJECTION,
        **_AT,
        facts=or_null(TEXT),
        contact_name=or_null(TEXT),
        contact_phone=or_null(TEXT),
        reasons=or_null(TEXT),
    ),
    **reviews.SCHEMAS,
    **answers_points.SCHEMAS,
    **answers_clues.SCHEMAS,
    "Task": shape(
        kind=words(TaskKind),
        id=ID,
        batch_id=or_null(ID),
        batch_title=or_null(TEXT),
        since=DAY,
        due_on=or_null(DAY),
        provisional=FLAG,
        number=POSITIVE,
        name=or_null(TEXT),
        unit_kind=or_null(words(UnitKind)),
        division=or_null(DIVISION),
        industry_group=or_null(words(IndustryGroup)),
        size=or_null(words(Size)),
        findings=or_null(by_word(Check, words(Finding))),
    ),
    "ResponsibleLeader": shape(
        appointment_id=ID,
        division=DIVISION,
        leader_name=TEXT,
        office=TEXT,
        since=DAY,
        ended_on=or_null(DAY),
        **_AT,
    ),
    "PartnerBody": shape(
        partner_id=ID,
        division=DIVISION,
        name=TEXT,
        kind=words(PartnerKind),
        duties=TEXT,
        registered_on=DAY,
        ended_on=or_null(DAY),
        **_AT,
    ),
    "CoordinationMeeting": shape(**_MEETING),
    "CoordinationMeetingOpened": shape(
        **_MEETING, minutes=or_null(TEXT), tasks=each(shape(**_MEETING_TASK))
    ),
    "MeetingTask": shape(**_MEETING_TASK, meeting_id=ID, division=DIVISION, subject=TEXT),
    "Correction": shape(
        version=WHOLE,
        corrects=WHOLE,
        corrected_at=TIME,
        wrong=or_null(TEXT),
        right=or_null(TEXT),
        reason=or_null(TEXT),
    ),
    "Settings": shape(
        day=DAY,
        stream=STREAM,
        version=COUNT,
        figures=each(
            shape(
                name=TEXT,
                zh=TEXT,
                value=WHOLE,
                default=WHOLE,
                least=WHOLE,
                most=WHOLE,
                since=or_null(DAY),
                to_come=each(shape(since=DAY, value=WHOLE)),
            )
        ),
        size_limits=each(
            shape(
                trade=words(Trade),
                since=or_null(DAY),
                limits=_SIZE_LIMITS,
                to_come=each(shape(since=DAY, limits=_SIZE_LIMITS)),
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
        division=DIVISION,
        year=or_null(WHOLE),
        points=COUNT,
        districts=each(
            shape(
                division=DIVISION,
                points=COUNT,
                points_share=or_null(SHARE),
                market_entities=or_null(COUNT),
                entities_share=or_null(SHARE),
                output_wan=or_null(COUNT),
            )
        ),
        by_industry_group=by_word(IndustryGroup, COUNT),
        by_size=by_word(Size, COUNT),
        by_channel=by_word(Channel, COUNT),
    ),
    "Grant": shape(
        ("revoked",),
        grant_id=ID,
        role=words(Role),
        division=or_null(DIVISION),
        unit=or_null(TEXT),
        revoked=FLAG,
    ),
    "Account": shape(**_ACCOUNT),
    "Reviewer": shape(account_id=ID, display_name=or_null(TEXT)),
    "AccountShown": shape(**_ACCOUNT, stream=STREAM),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    registry.ListBatches: ref("Batch"),
    registry.ShowBatch: ref("BatchShown"),
    registry.ProposeSpread: ref("Spread"),
    registry.RankCandidates: ref("Ranking"),
    registry.ShowDistrictFigures: ref("DistrictFigures"),
    registry.ListApplications: ref("Application"),
    registry.OpenApplication: ref("ApplicationOpened"),
    registry.OpenApplications: ref("ApplicationNamed"),
    registry.ListDocuments: ref("Document"),
    registry.OpenDocument: ref("DocumentOpened"),
    registry.ListNotices: ref("Notice"),
    registry.ShowNotice: ref("NoticeShown"),
    registry.ListObjections: ref("Objection"),
    registry.OpenObjection: ref("ObjectionOpened"),
    **reviews.ANSWERS,
    **answers_points.ANSWERS,
    **answers_clues.ANSWERS,
    registry.ListTasks: ref("Task"),
    registry.ListResponsibleLeaders: ref("ResponsibleLeader"),
    registry.ListPartnerBodies: ref("PartnerBody"),
    registry.ListCoordinationMeetings: ref("CoordinationMeeting"),
    registry.OpenCoordinationMeeting: ref("CoordinationMeetingOpened"),
    registry.ListMeetingTasks: ref("MeetingTask"),
    registry.OpenCorrections: ref("Correction"),
    registry.ShowSettings: ref("Settings"),
    registry.ListSettingsChanges: ref("SettingsChange"),
    registry.ListWorkingDays: ref("WorkingDays"),
    assessment.ShowCoverage: ref("Coverage"),
    portal.ListAccounts: ref("Account"),
    portal.ListReviewers: ref("Reviewer"),
    portal.ShowAccount: ref("AccountShown"),
}
"""What each query is answered with; of a list, one of its items."""
