"""What queries are answered with, as JSON Schema.

Answers are told, not promised to be all: a field more is no break, so objects are open.
"""

from __future__ import annotations

from services.portal.api import (
    answers_assessment,
    answers_clues,
    answers_dialogue,
    answers_duties,
    answers_improving,
    answers_of_accounts,
    answers_of_erasures,
    answers_of_the_office,
    answers_openings,
    answers_points,
)
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
    ObjectionOutcome,
    Recommendation,
    RejectionGround,
    RejectionStage,
    Size,
    TaskKind,
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
_NOTICED: Schema = shape(application_id=ID, unit_name=TEXT, **_UNIT)
_NOTICE: Schema = {
    "notice_id": ID,
    "batch_id": ID,
    "batch_title": TEXT,
    "text": TEXT,
    "published_on": DAY,
    "first_day": DAY,
    "last_day": DAY,
    "runs_from": DAY,
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
    "units": each(_NOTICED),
    "first_shown": {"type": "object", "additionalProperties": _NOTICED},
    "designated": each(ID),
    "departed": {"type": "object", "additionalProperties": DAY},
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
            "events",
            "may_work",
            "version",
            "proposal",
        ),
        **_BATCH,
        stream=STREAM,
        plan=or_null(PLAN),
        papers=shape(
            kinds=each(
                shape(
                    kind=words(DocumentKind),
                    unit_kinds=each(words(UnitKind)),
                    channels=each(words(Channel)),
                )
            ),
            must=FLAG,
            largest_mib=COUNT,
            check_days=COUNT,
        ),
        proposal=or_null(OBJECT),
        events=reviews.HAPPENED,
        deliberations=each(
            shape(
                deliberation_id=ID,
                held_on=DAY,
                decided=FLAG,
                listed=each(ID),
                reserves=each(ID),
                left_out=each(ID),
                struck_off=each(ID),
            )
        ),
        qualified=each(ID),
        reserves=each(ID),
        applications=by_word(ApplicationStatus, COUNT),
        places_left=COUNT,
    ),
    "Spread": SPREAD,
    "Ranking": RANKING,
    "CertificateNumbering": shape(
        division=DIVISION,
        prefix=TEXT,
        usual=FLAG,
        last=each(shape(year=WHOLE, serial=POSITIVE)),
        stream=STREAM,
        version=COUNT,
    ),
    "DistrictFigures": FIGURES,
    "Application": shape(("unit_name",), **_APPLICATION, unit_name=or_null(TEXT)),
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
        reserve_rank=or_null(WHOLE),
        checks=each(
            shape(
                check=words(Check),
                finding=words(Finding),
                evidence=or_null(TEXT),
                documents=each(ID),
                made_at=TIME,
            )
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
        documents=shape(
            brings=each(words(DocumentKind)),
            missing=each(words(DocumentKind)),
            largest_mib=COUNT,
        ),
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
    "NoticeShown": shape(
        ("objections", "may_work", "version", "events", "held_back"),
        **_NOTICE,
        stream=STREAM,
        held_back={"type": "object", "additionalProperties": words(Reason)},
        events=reviews.HAPPENED,
    ),
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
    **answers_of_the_office.SCHEMAS,
    **answers_of_accounts.SCHEMAS,
    **answers_clues.SCHEMAS,
    **answers_duties.SCHEMAS,
    **answers_dialogue.SCHEMAS,
    **answers_improving.SCHEMAS,
    **answers_openings.SCHEMAS,
    **answers_assessment.SCHEMAS,
    **answers_of_erasures.SCHEMAS,
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
        roles=each(words(Role)),
    ),
    "Coverage": shape(
        division=DIVISION,
        year=or_null(WHOLE),
        day=DAY,
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
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    registry.ListBatches: ref("Batch"),
    registry.ShowBatch: ref("BatchShown"),
    registry.ProposeSpread: ref("Spread"),
    registry.RankCandidates: ref("Ranking"),
    registry.ShowCertificateNumbering: ref("CertificateNumbering"),
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
    **answers_of_the_office.ANSWERS,
    **answers_of_accounts.ANSWERS,
    **answers_clues.ANSWERS,
    **answers_dialogue.ANSWERS,
    **answers_improving.ANSWERS,
    **answers_openings.ANSWERS,
    **answers_assessment.ANSWERS,
    **answers_of_erasures.ANSWERS,
    registry.ListTasks: ref("Task"),
    **answers_duties.ANSWERS,
    assessment.ShowCoverage: ref("Coverage"),
    assessment.ShowAssessmentSettings: ref("ServiceSettings"),
}
"""What each query is answered with; of a list, one of its items."""
