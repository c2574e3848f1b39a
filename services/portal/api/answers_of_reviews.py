"""What queries about reviews, deliberation and objections are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DAY,
    FLAG,
    ID,
    OBJECT,
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
    words_of,
)
from shared.contracts.registry import queries as registry
from shared.contracts.registry.events import EVENTS
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    FlagResolution,
    ObjectionOutcome,
    OpinionSource,
    OpinionView,
    RecusalGround,
    UnitKind,
)

_AT: Schema = {"stream": TEXT, "version": WHOLE}
_OPINION: Schema = {
    "opinion_id": ID,
    "application_id": ID,
    "source": words(OpinionSource),
    "body": TEXT,
    "body_unit": or_null(TEXT),
    "asked_on": DAY,
    "due_on": DAY,
    "provisional": FLAG,
    "overdue": FLAG,
    "view": or_null(words(OpinionView)),
    "by_body": or_null(FLAG),
    "answered_on": or_null(DAY),
    "late": or_null(FLAG),
    "document": or_null(ID),
    "taken_back_on": or_null(DAY),
    "division": TEXT,
    "unit_kind": words(UnitKind),
    "status": words(ApplicationStatus),
}

HAPPENED: Schema = each(shape(version=VERSION, type=words_of(EVENTS), occurred_at=TIME))
"""What has happened to a thing, in its order."""

SCHEMAS: dict[str, Schema] = {
    "ObjectionFollowed": shape(
        objection_id=ID,
        notice_id=ID,
        unit_name=TEXT,
        raised_on=DAY,
        due_on=or_null(DAY),
        extended=FLAG,
        outcome=or_null(words(ObjectionOutcome)),
        decided_on=or_null(DAY),
        reasons=or_null(TEXT),
    ),
    "ReviewGroup": shape(
        batch_id=ID,
        division=TEXT,
        members=each(TEXT),
        chair=TEXT,
        appointed_on=DAY,
        declared={"type": "object", "additionalProperties": DAY},
        events=HAPPENED,
        **_AT,
    ),
    "ReviewOpened": shape(
        application_id=ID,
        members=each(TEXT),
        recused={"type": "object", "additionalProperties": words(RecusalGround)},
        ties={"type": "object", "additionalProperties": words(RecusalGround)},
        resolutions={"type": "object", "additionalProperties": words(FlagResolution)},
        votes={"type": "object", "additionalProperties": FLAG},
        opinions=each(ref("Opinion")),
        records=each(
            shape(type=TEXT, version=WHOLE, occurred_at=TIME, role=or_null(TEXT), values=OBJECT)
        ),
        **_AT,
    ),
    "Opinion": shape(("unit_name",), **_OPINION, unit_name=or_null(TEXT)),
    "OpinionOpened": shape(
        **_OPINION,
        **_AT,
        unit_name=or_null(TEXT),
        credit_code=or_null(TEXT),
        address=or_null(TEXT),
        text=or_null(TEXT),
    ),
    "DeliberationOpened": shape(
        ("listed", "reserves", "left_out", "struck_off"),
        batch_id=ID,
        deliberation_id=ID,
        held_on=DAY,
        decided=FLAG,
        members=WHOLE,
        present=WHOLE,
        minutes=or_null(TEXT),
        listed=each(ID),
        reserves=or_null(each(ID)),
        left_out=or_null(each(ID)),
        struck_off=each(ID),
        units=each(ref("ApplicationDeliberated")),
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    registry.FollowObjection: ref("ObjectionFollowed"),
    registry.ShowReviewGroup: ref("ReviewGroup"),
    registry.OpenReview: ref("ReviewOpened"),
    registry.ListOpinions: ref("Opinion"),
    registry.OpenOpinion: ref("OpinionOpened"),
    registry.OpenDeliberation: ref("DeliberationOpened"),
}
"""What each query is answered with; of a list, one of its items."""
