"""What queries about openings of a reporter's identity are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DIVISION,
    ID,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.clues import queries as clues
from shared.contracts.clues.vocabulary import OpeningState
from shared.contracts.roles import Role

_OPENING: Schema = {
    "opening_id": ID,
    "clue_id": ID,
    "division": DIVISION,
    "state": words(OpeningState),
    "requested_by": TEXT,
    "requested_at": TIME,
    "approved_by": each(TEXT),
    "refused_by": or_null(TEXT),
    "opened_at": or_null(TIME),
    "until": or_null(TIME),
    "version": VERSION,
    "changed_at": TIME,
}

SCHEMAS: dict[str, Schema] = {
    "IdentityOpening": shape(**_OPENING),
    "IdentityOpeningShown": shape(
        **_OPENING, stream=STREAM, reason=or_null(TEXT), reasons=or_null(TEXT)
    ),
    "ReporterShown": shape(
        clue_id=ID,
        opening_id=ID,
        until=TIME,
        reporter_name=or_null(TEXT),
        reporter_phone=or_null(TEXT),
    ),
    "CaseReader": shape(
        read={"type": "string", "enum": ["case", "identity"]},
        read_by=TEXT,
        role=words(Role),
        read_at=TIME,
        purpose=or_null(TEXT),
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    clues.ListIdentityOpenings: ref("IdentityOpening"),
    clues.ShowIdentityOpening: ref("IdentityOpeningShown"),
    clues.ShowReporter: ref("ReporterShown"),
    clues.ListCaseReaders: ref("CaseReader"),
}
"""What each query is answered with; of a list, one of its items."""
