"""What queries about conversations with reporters and about follow-ups are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    POSITIVE,
    TEXT,
    TIME,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.clues import queries as clues
from shared.contracts.clues.vocabulary import (
    AlarmStage,
    ClueKind,
    ClueStatus,
    FollowUpMeans,
    FollowUpStatus,
    QuestionStanding,
)

_TONE: Schema = {"type": "string", "enum": ["green", "yellow", "red"]}
_OF_QUESTIONS = ("by", "due_on", "provisional", "standing", "answered_at", "answer")
_ENTRY = shape(
    _OF_QUESTIONS,
    kind={"type": "string", "enum": ["question", "information"]},
    id=ID,
    at=TIME,
    by=TEXT,
    text=or_null(TEXT),
    due_on=DAY,
    provisional=FLAG,
    standing=words(QuestionStanding),
    answered_at=or_null(TIME),
    answer=or_null(TEXT),
    is_new=FLAG,
)
_FOLLOW_UPS = shape(
    status=words(FollowUpStatus),
    number=POSITIVE,
    due_on=or_null(DAY),
    tone=or_null(_TONE),
    records=each(
        shape(
            number=POSITIVE,
            done_on=DAY,
            means=words(FollowUpMeans),
            suffering=or_null(FLAG),
            done=FLAG,
            by=TEXT,
            text=or_null(TEXT),
        )
    ),
)
_CASE: Schema = {
    "clue_id": ID,
    "kinds": each(words(ClueKind)),
    "body": TEXT,
    "division": DIVISION,
    "status": words(ClueStatus),
    "handlers": each(TEXT),
}

SCHEMAS: dict[str, Schema] = {
    "Dialogue": shape(
        clue_id=ID,
        reachable=FLAG,
        news=COUNT,
        read=COUNT,
        entries=each(_ENTRY),
        notes=each(shape(id=ID, at=TIME, by=TEXT, text=or_null(TEXT))),
        follow_ups=or_null(_FOLLOW_UPS),
    ),
    "UnreadDialogue": shape(**_CASE, unread=POSITIVE, asked=COUNT, unread_since=TIME),
    "FollowUpDue": shape(**_CASE, due_on=DAY, raised=or_null(words(AlarmStage)), tone=_TONE),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    clues.OpenDialogue: ref("Dialogue"),
    clues.ListDialogues: ref("UnreadDialogue"),
    clues.ListFollowUps: ref("FollowUpDue"),
}
"""What each query is answered with; of a list, one of its items."""
