"""What queries about duties of points are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    OBJECT,
    POSITIVE,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    Schema,
    by_word,
    each,
    or_null,
    ref,
    shape,
    words,
    words_of,
)
from shared.contracts.assessment import queries
from shared.contracts.assessment.events import EVENTS
from shared.contracts.assessment.vocabulary.duties import (
    DutyKind,
    PointQuestionStatus,
    PublicityForm,
    PublicityStatus,
    ReportStatus,
    TrainingStatus,
)
from shared.contracts.roles import Role

_FEN: Schema = {**COUNT, "description": "金额，单位为分"}
_OF_POINT: Schema = {"point_id": ID, "division": DIVISION, "unit_name": or_null(TEXT)}
_CHANGES: Schema = {"version": VERSION, "changed_at": TIME}
_LIMIT = shape(counted_from=DAY, working_days=POSITIVE, due_on=DAY, provisional=FLAG)
_RECORDS: Schema = {
    "stream": STREAM,
    "records": each(
        shape(
            type=words_of(EVENTS),
            version=VERSION,
            occurred_at=TIME,
            role=words(Role),
            values=OBJECT,
        )
    ),
}
_PUBLICITY: Schema = {
    "publicity_id": ID,
    "status": words(PublicityStatus),
    **_OF_POINT,
    "held_on": DAY,
    "form": words(PublicityForm),
    "subject": TEXT,
    "audience": POSITIVE,
    "reasons": or_null(TEXT),
    **_CHANGES,
}
_REPORT: Schema = {
    "report_id": TEXT,
    "status": words(ReportStatus),
    **_OF_POINT,
    "year": POSITIVE,
    "quarter": POSITIVE,
    "handed_in_on": DAY,
    "due": _LIMIT,
    "in_time": FLAG,
    "reasons": or_null(TEXT),
    **_CHANGES,
}
_QUESTION: Schema = {
    "question_id": ID,
    "status": words(PointQuestionStatus),
    **_OF_POINT,
    "asked_on": DAY,
    "due_on": DAY,
    "provisional": FLAG,
    "tone": {"type": "string", "enum": ["green", "red"]},
    "answered_on": or_null(DAY),
    "in_time": or_null(FLAG),
    **_CHANGES,
}

SCHEMAS: dict[str, Schema] = {
    "DutyRecords": shape(
        point_id=ID,
        unit_name=TEXT,
        division=DIVISION,
        first_day=DAY,
        last_day=DAY,
        counts=by_word(DutyKind, COUNT),
        items=each(
            shape(
                source={"type": "string", "enum": ["assessment", "clues", "registry"]},
                stream=STREAM,
                version=VERSION,
                point_id=ID,
                kind=words(DutyKind),
                happened_on=DAY,
                in_time=or_null(FLAG),
                outcome=or_null(TEXT),
                about=or_null(STREAM),
            )
        ),
    ),
    "Publicity": shape(**_PUBLICITY),
    "PublicityOpened": shape(**_PUBLICITY, **_RECORDS),
    "Training": shape(
        training_id=ID,
        status=words(TrainingStatus),
        division=DIVISION,
        title=TEXT,
        planned_on=DAY,
        place=TEXT,
        held_on=or_null(DAY),
        attended=each(ID),
        absent=each(ID),
        reasons=or_null(TEXT),
        **_CHANGES,
    ),
    "QuarterlyReport": shape(**_REPORT),
    "QuarterlyReportOpened": shape(**_REPORT, **_RECORDS),
    "PointQuestion": shape(**_QUESTION),
    "PointQuestionOpened": shape(**_QUESTION, **_RECORDS),
    "Funding": shape(
        year=POSITIVE,
        allocated=_FEN,
        spent=_FEN,
        items=each(
            shape(
                funding_id=TEXT,
                **_OF_POINT,
                year=POSITIVE,
                allocated=_FEN,
                spent=_FEN,
                entries=each(
                    shape(
                        entry_id=ID,
                        what={"type": "string", "enum": ["allocated", "taken_back", "spent"]},
                        amount=_FEN,
                        on=or_null(DAY),
                        words=TEXT,
                        proof=or_null(TEXT),
                        version=VERSION,
                    )
                ),
                **_CHANGES,
            )
        ),
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    queries.ShowDutyRecords: ref("DutyRecords"),
    queries.ListPublicity: ref("Publicity"),
    queries.OpenPublicity: ref("PublicityOpened"),
    queries.ListTrainings: ref("Training"),
    queries.ListQuarterlyReports: ref("QuarterlyReport"),
    queries.OpenQuarterlyReport: ref("QuarterlyReportOpened"),
    queries.ListPointQuestions: ref("PointQuestion"),
    queries.OpenPointQuestion: ref("PointQuestionOpened"),
    queries.ShowFunding: ref("Funding"),
}
"""What each query is answered with; of a list, one of its items."""
