"""What queries about the supervision picture are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    POSITIVE,
    SHARE,
    STREAM,
    TEXT,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.assessment import queries
from shared.contracts.clues.vocabulary import ClueFinding, ClueKind

_STEP = shape(cases=COUNT, median=or_null(COUNT), p90=or_null(COUNT))
_COUNTED: Schema = dict.fromkeys(
    (
        *("accepted", "declined", "joined", "substantiated", "partly_substantiated"),
        *("unsubstantiated", "closed", "told", "overdue", "reopened", "satisfied"),
        *("partly_satisfied", "not_solved", "ordered_fen", "paid_fen"),
    ),
    COUNT,
)
_MEASURES: Schema = {
    "complaints": or_null(COUNT),
    **_COUNTED,
    "substantiated_rate": or_null(SHARE),
    "steps": shape(accepting=_STEP, verifying=_STEP, closing=_STEP, telling=_STEP, paying=_STEP),
}
_FOR_THE_BUREAU = (*_COUNTED, "substantiated_rate", "steps")
"""What nobody else is told."""

SCHEMAS: dict[str, Schema] = {
    "Supervision": shape(
        rows=each(
            shape(
                (*_FOR_THE_BUREAU, "before", "themes", "rank"),
                key=TEXT,
                **_MEASURES,
                share=or_null(SHARE),
                before=COUNT,
                themes=COUNT,
                rank=or_null(POSITIVE),
            )
        ),
        total=shape(_FOR_THE_BUREAU, **_MEASURES),
        hidden=FLAG,
        totals_of_years=each(
            shape(
                division=DIVISION,
                year=POSITIVE,
                complaints=COUNT,
                source=TEXT,
                shares=each(shape(name=TEXT, number=COUNT, share=or_null(SHARE))),
            )
        ),
    ),
    "CaseBehind": shape(
        clue_id=ID,
        stream=STREAM,
        filed_on=DAY,
        division=DIVISION,
        body=TEXT,
        kinds=each(words(ClueKind)),
        finding=or_null(words(ClueFinding)),
        overdue=COUNT,
        ordered_fen=COUNT,
        paid_fen=COUNT,
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    queries.ShowSupervision: ref("Supervision"),
    queries.ListCasesBehind: ref("CaseBehind"),
}
