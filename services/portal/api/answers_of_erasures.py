"""What queries about erasures are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DAY,
    DIVISION,
    FLAG,
    ID,
    POSITIVE,
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
from shared.contracts.erasure import queries
from shared.contracts.erasure.vocabulary import (
    ErasureGround,
    ErasureScope,
    ErasureStatus,
    LockGround,
)

_ERASURE: Schema = {
    "erasure_id": ID,
    "stream": STREAM,
    "scope": words(ErasureScope),
    "division": DIVISION,
    "ground": words(ErasureGround),
    "status": words(ErasureStatus),
    "requested_by": or_null(TEXT),
    "requested_at": TIME,
    "approved_by": each(TEXT),
    "refused_by": or_null(TEXT),
    "lock_ground": or_null(words(LockGround)),
    "locked_until": or_null(DAY),
    "locked_by": or_null(TEXT),
    "lock_ended": FLAG,
    "allowed_by": or_null(TEXT),
    "readers": each(TEXT),
    "reading_until": or_null(TIME),
    "subjects": each(TEXT),
    "erased_at": or_null(TIME),
    "erased_in": or_null(POSITIVE),
    "version": VERSION,
    "changed_at": TIME,
}

SCHEMAS: dict[str, Schema] = {
    "Erasure": shape(**_ERASURE),
    "ErasureShown": shape(
        **_ERASURE,
        reason=or_null(TEXT),
        refusal=or_null(TEXT),
        lock_reasons=or_null(TEXT),
        reading_purpose=or_null(TEXT),
        keys_destroyed=FLAG,
        unreadable_from=or_null(TIME),
        backups_until=or_null(TIME),
        may_decide=FLAG,
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    queries.ListErasures: ref("Erasure"),
    queries.ShowErasure: ref("ErasureShown"),
}
"""What each query is answered with; of a list, one of its items."""
