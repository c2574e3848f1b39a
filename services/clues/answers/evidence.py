"""Evidence: which files a case has, and the key of one that is opened.

The body complained of gets none of it, nor does an auditor; a point and a reporter get what they
brought themselves.
"""

from __future__ import annotations

from typing import Any

from services.clues.answers.reporter import refuse_unrecorded
from services.clues.answers.reporters import reported_stream
from services.clues.answers.seeing import BUREAU, may_see, refuse_recused
from services.clues.handlers.aggregates import CLUE, EVIDENCE
from services.clues.views import SOURCE
from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import EvidenceSource
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.stored import timestamp
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute

_TYPE = "EvidenceAttached"
_FILES = """
SELECT occurred_at, body FROM eventlog.event
WHERE stream = %s AND type = %s AND (%s::text IS NULL OR body->'internal'->'file_id'->>'value' = %s)
ORDER BY version
"""
_SHOWN = ("file_id", "brought_by", "payment_id", "media_type", "size", "traces_kept")


def list_evidence(asked: Asked) -> Any:
    """`{items: [{file_id, brought_by, payment_id, media_type, size, traces_kept, attached_at}]}`.

    In the order in which they came; their names are opened with the file alone.
    """
    _refuse_hidden(asked)
    return {"items": [_shown(row) for row in _files(asked)]}


def open_evidence(asked: Asked) -> Any:
    """The item, with `file_name`, `file_key`, and `ciphertext_sha256` of what the store holds."""
    case = _refuse_hidden(asked)
    found = _files(asked, asked.query.file_id)
    if not found:
        raise NotFound("evidence", asked.query.file_id)
    if case is not None:  # of reporters no record says what they read when
        refuse_unrecorded(asked, case)
        asked.note_opening(f"clue:{asked.query.clue_id}", asked.query.purpose)
    (row,) = found
    stream, kept = EVIDENCE.stream(asked.query.clue_id), row["body"]["sealed"]
    opened = {
        name: asked.personal(SOURCE, stream, _TYPE, name, kept[name])
        for name in ("file_key", "file_name")
    }
    if opened["file_key"] is None:
        raise Refused(Reason.SUBJECT_ERASED, "the case's texts and files have been erased")
    sha256 = row["body"]["internal"]["ciphertext_sha256"]["value"]
    return {**_shown(row), **opened, "ciphertext_sha256": sha256}


def _refuse_hidden(asked: Asked) -> Row | None:
    """The case's row, none for its reporter.

    Raises NotFound for a case that the asker may not see, Refused for who stays out of it.
    """
    clue_id = asked.query.clue_id
    if asked.actor.role is Role.REPORTER:
        if reported_stream(asked) != CLUE.stream(clue_id):
            raise NotFound(CLUE.prefix, clue_id)
        return None
    rows = asked.rows("SELECT * FROM readmodel.clues_clues WHERE clue_id = %s", clue_id)
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound("clue", clue_id)
    refuse_recused(asked, rows[0])
    return rows[0]


def _files(asked: Asked, file_id: str | None = None) -> list[Row]:
    """Those of the case that the asker may open, or the one of that id."""
    stream = EVIDENCE.stream(asked.query.clue_id)
    rows = asked.rows(_FILES, stream, _TYPE, file_id, file_id)
    own = _OWN.get(asked.actor.role)
    return [row for row in rows if own is None or _value(row, "brought_by") == own]


_OWN = {Role.POINT: EvidenceSource.POINT, Role.REPORTER: EvidenceSource.REPORTER}
"""Who gets their own files alone."""


def _shown(row: Row) -> Row:
    told = {name: _value(row, name) for name in _SHOWN}
    return {**told, "attached_at": timestamp(row["occurred_at"])}


def _value(row: Row, name: str) -> Any:
    return row["body"]["internal"][name]["value"]


_READING = BUREAU | {Role.POINT, Role.REPORTER}

QUERIES: dict[type, QueryRoute] = {
    queries.ListEvidence: QueryRoute(_READING, ("clues",), list_evidence),
    queries.OpenEvidence: QueryRoute(_READING, ("clues",), open_evidence),
}
