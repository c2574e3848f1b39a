"""What queries about the organisation, corrections and settings are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    OBJECT,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    WHOLE,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.figures import Basis
from shared.contracts.registry import queries as registry
from shared.contracts.registry.vocabulary import (
    Measure,
    PartnerKind,
    TaskStanding,
    Trade,
)

_AT: Schema = {"stream": STREAM, "version": VERSION}
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
                about=TEXT,
                basis=or_null(words(Basis)),
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
}

ANSWERS: dict[type, Schema] = {
    registry.ListResponsibleLeaders: ref("ResponsibleLeader"),
    registry.ListPartnerBodies: ref("PartnerBody"),
    registry.ListCoordinationMeetings: ref("CoordinationMeeting"),
    registry.OpenCoordinationMeeting: ref("CoordinationMeetingOpened"),
    registry.ListMeetingTasks: ref("MeetingTask"),
    registry.OpenCorrections: ref("Correction"),
    registry.ShowSettings: ref("Settings"),
    registry.ListSettingsChanges: ref("SettingsChange"),
    registry.ListWorkingDays: ref("WorkingDays"),
}
"""What each query is answered with; of a list, one of its items."""
